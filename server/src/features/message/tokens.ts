import type { Field } from "../../message/header.js";
import { hasReportFields, readBlocks } from "../../message/report.js";
import type { Message, Part } from "../../message/tree.js";
import { firstWhere } from "../../text/search.js";
import { ownSecrets } from "../redact/credentials.js";
import type { TokenType } from "../tokenTypes.js";
import { fieldTokens } from "./fieldTokens.js";
import type { AddToken } from "./paint.js";

/** Longer lines of a body get no colours inside. */
const LONGEST_LINE = 20_000;
/** Reports of more lines are no reports: they would be read anew for each stretch of the screen. */
const LONGEST_REPORT = 5_000;

/**
 * Colours of the lines `[from, to)` of a message: header fields by their syntax, delimiters, and bodies by their kind, which
 * no grammar can know: base64 and what stands around the parts as noise, escapes of quoted-printable, tags of HTML,
 * quoted text, fields of reports. Costs what these lines hold, and a glance at each part.
 */
export function messageTokens(message: Message, from: number, to: number, add: AddToken): void {
  if (message.mboxLine !== undefined) whole(message, message.mboxLine, message.mboxLine + 1, from, to, add);
  for (const part of message.parts) {
    if (part.line >= to) break;
    if (part.endLine <= from) continue;
    headerTokens(part.header.fields, from, to, add);
    if (part.multipart !== undefined) around(message, part, from, to, add);
    else if (part.kind === "leaf") body(message, part, from, to, add);
  }
}

function headerTokens(fields: readonly Field[], from: number, to: number, add: AddToken, report = false): void {
  for (let k = firstEnding(fields, from); k < fields.length; k++) {
    const field = fields[k] as Field;
    if (field.line >= to) break;
    fieldTokens(field, report, from, to, add);
  }
}

/** Index of the first field that ends behind a line. */
function firstEnding(fields: readonly Field[], line: number): number {
  return firstWhere(0, fields.length, (at) => (fields[at] as Field).endLine > line);
}

/** Delimiters, and as noise what readers do not show: preamble and epilogue (RFC 2046 §5.1.1). */
function around(message: Message, part: Part, from: number, to: number, add: AddToken): void {
  const { multipart } = part;
  if (multipart === undefined) return;
  const { preamble, epilogue, delimiters } = multipart;
  if (delimiters.length > 0) whole(message, preamble.from, preamble.to, from, to, add);
  for (const { line } of delimiters)
    if (line >= from && line < to) add(line, 0, message.lines.text(line).trimEnd().length, "mailBoundary");
  if (multipart.closed) whole(message, epilogue.from, epilogue.to, from, to, add);
}

/** The lines `[first, end)` as noise, as far as they are asked for. */
function whole(message: Message, first: number, end: number, from: number, to: number, add: AddToken): void {
  for (let line = Math.max(first, from); line < Math.min(end, to); line++)
    add(line, 0, message.lines.text(line).length, "smtpNoise");
}

function body(message: Message, part: Part, from: number, to: number, add: AddToken): void {
  const first = Math.max(part.bodyLine, from);
  const end = Math.min(part.endLine, to);
  if (first >= end) return;
  if (part.encoding === "base64" || part.type === "application/pgp-signature") {
    whole(message, part.bodyLine, part.endLine, from, to, add);
  } else if (hasReportFields(part) && part.endLine - part.bodyLine <= LONGEST_REPORT) {
    for (const block of readBlocks(message.lines, part)) headerTokens(block.fields, from, to, add, true);
  } else {
    const kind = { html: part.type === "text/html", quoted: part.encoding === "quoted-printable" };
    const text = part.type === "text/plain" || part.type === "text";
    for (let line = first; line < end; line++) {
      const content = message.lines.text(line);
      if (content.length > LONGEST_LINE) continue;
      const secrets = part.type.startsWith("text") ? ownSecrets(content) : [];
      for (const { at, text: stand } of secrets) add(line, at, at + stand.length, "smtpSecret");
      const beside: Beside = (start, stop, type) => outside(secrets, start, stop, (x, y) => add(line, x, y, type));
      if (text && content.charCodeAt(0) === 62) beside(0, content.length, "smtpNoise");
      else bodyLine(content, kind, beside);
    }
  }
}

/** Takes a stretch of a line that may hold secrets, which keep their own colour. */
type Beside = (from: number, to: number, type: TokenType) => void;

/** The pieces of a stretch that lie outside of secrets, in order. */
function outside(
  secrets: readonly { readonly at: number; readonly text: string }[],
  from: number,
  to: number,
  give: (from: number, to: number) => void,
): void {
  let start = from;
  for (const { at, text } of [...secrets].sort((a, b) => a.at - b.at)) {
    if (at >= to || at + text.length <= start) continue;
    if (at > start) give(start, at);
    start = at + text.length;
  }
  if (start < to) give(start, to);
}

const TAG = /<\/?[A-Za-z][A-Za-z0-9:-]{0,40}/g;
const ESCAPE = /=[0-9A-Fa-f]{2}|=[ \t]*$/g;
const BOTH = new RegExp(`${TAG.source}|${ESCAPE.source}`, "g");

function bodyLine(content: string, kind: { readonly html: boolean; readonly quoted: boolean }, beside: Beside): void {
  const pattern = kind.html ? (kind.quoted ? BOTH : TAG) : kind.quoted ? ESCAPE : undefined;
  if (pattern === undefined) return;
  for (const { 0: found, index } of content.matchAll(pattern))
    beside(index, index + found.length, found.startsWith("<") ? "mailMarkup" : "mailEncoded");
}
