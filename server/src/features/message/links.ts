import type { Location, LocationLink, Position, Range, WorkspaceEdit } from "vscode-languageserver-types";
import { firstField } from "../../message/header.js";
import { lineSpan } from "../../message/lines.js";
import { decodeText } from "../../message/transfer.js";
import type { Message } from "../../message/tree.js";
import type { Span } from "../../text/span.js";
import { touches } from "../../text/span.js";
import { rangeOf } from "../ranges.js";
import type { Feature, ParsedDocument } from "../types.js";
import { messageAt } from "./bodies.js";
import { lineAt, partAt, placeAt } from "./locate.js";
import { dkimTargets } from "./signed.js";

/** Something that is named in several places of a message. */
interface Linked {
  /** Where the cursor is. */
  readonly origin: Span;
  readonly definition: Span;
  readonly all: readonly Span[];
  readonly name: string;
  /** True for names that may be changed everywhere at once. */
  readonly renamable: boolean;
}

/** Definition: boundary, Content-ID, the field that a signature covers, and Message-IDs in other open messages. */
export const messageDefinition: Feature<{ position: Position }, LocationLink[] | Location[]> = {
  method: "textDocument/definition",
  languages: ["eml-message", "smtp-transcript"],
  run({ document, open }, { position }) {
    const offset = document.source.offsetAt(position);
    const message = messageAt(document, offset);
    if (message === undefined) return null;
    const linked = linkedAt(message, offset);
    if (linked !== undefined) {
      const targetRange = rangeOf(document.source, linked.definition);
      return [
        {
          originSelectionRange: rangeOf(document.source, linked.origin),
          targetUri: document.uri,
          targetRange,
          targetSelectionRange: targetRange,
        },
      ];
    }
    const signed = dkimTargets(message, offset);
    if (signed !== undefined)
      return signed.map((span) => ({ uri: document.uri, range: rangeOf(document.source, span) }));
    return messageIdTargets(message, open, offset);
  },
};

/** All places of a boundary or a Content-ID. */
export const messageReferences: Feature<{ position: Position }, Location[]> = {
  method: "textDocument/references",
  languages: ["eml-message", "smtp-transcript"],
  run({ document }, { position }) {
    const linked = linkedIn(document, position);
    return linked === undefined
      ? null
      : linked.all.map((span) => ({ uri: document.uri, range: rangeOf(document.source, span) }));
  },
};

/** Renames a boundary or a Content-ID in all places. */
export const messageRename: Feature<{ position: Position; newName: string }, WorkspaceEdit> = {
  method: "textDocument/rename",
  languages: ["eml-message", "smtp-transcript"],
  run({ document }, { position, newName }) {
    const linked = linkedIn(document, position);
    if (linked === undefined || !linked.renamable || !/^[A-Za-z0-9'()+_,./:=?@$!#-]{1,70}$/.test(newName)) return null;
    // An apostrophe would end the literals in which some tools print a session.
    if (document.language === "smtp-transcript" && newName.includes("'")) return null;
    return {
      changes: {
        [document.uri]: linked.all.map((span) => ({ range: rangeOf(document.source, span), newText: newName })),
      },
    };
  },
};

/** Tells what would be renamed. */
export const messagePrepareRename: Feature<{ position: Position }, { range: Range; placeholder: string }> = {
  method: "textDocument/prepareRename",
  languages: ["eml-message", "smtp-transcript"],
  run({ document }, { position }) {
    const linked = linkedIn(document, position);
    return linked?.renamable ? { range: rangeOf(document.source, linked.origin), placeholder: linked.name } : null;
  },
};

function linkedIn(document: ParsedDocument, position: Position): Linked | undefined {
  const offset = document.source.offsetAt(position);
  const message = messageAt(document, offset);
  const linked = message === undefined ? undefined : linkedAt(message, offset);
  if (linked === undefined) return undefined;
  // Where a tool escapes, wraps or dumps what was said, the name does not stand there as it is.
  const plain = linked.all.every((span) => document.source.slice(span) === linked.name);
  return plain ? linked : { ...linked, renamable: false };
}

function linkedAt(message: Message, offset: number): Linked | undefined {
  return boundaryAt(message, offset) ?? contentIdAt(message, offset);
}

/** The boundary at an offset: its parameter, and each delimiter line. */
function boundaryAt(message: Message, offset: number): Linked | undefined {
  for (const part of message.parts) {
    const { multipart, contentTypeField } = part;
    const parameter = part.contentType?.find("boundary");
    if (
      multipart === undefined ||
      multipart.boundary === "" ||
      parameter === undefined ||
      contentTypeField === undefined
    )
      continue;
    const quote = parameter.quoted ? 1 : 0;
    const definition = contentTypeField.value.span(parameter.valueRange.from + quote, parameter.valueRange.to - quote);
    const uses = multipart.delimiters.map(({ line }) =>
      lineSpan(message.lines, line, 2, 2 + multipart.boundary.length),
    );
    const all = [definition, ...uses];
    const origin = all.find((span) => touches(span, offset));
    // Backslashes inside the quotes make the value another text than what stands there.
    const plain = definition.end - definition.start === multipart.boundary.length;
    if (origin !== undefined) return { origin, definition, all, name: multipart.boundary, renamable: plain };
  }
  return undefined;
}

/** Lines of HTML that are searched for `cid:`. */
const MOST_LINES = 20_000;

function contentIdAt(message: Message, offset: number): Linked | undefined {
  const place = placeAt(message, offset);
  const id =
    place?.kind === "field" && place.field.key === "content-id" ? bareId(place.field.text) : cidAt(message, offset);
  if (id === undefined || id === "") return undefined;
  const part = message.parts.find((one) => bareId(firstField(one.header, "content-id")?.text ?? "") === id);
  const field = part === undefined ? undefined : firstField(part.header, "content-id");
  if (field === undefined) return undefined;
  const at = field.value.text.indexOf(id);
  const definition = field.value.span(at, at + id.length);
  const all = [definition, ...cidUses(message, id)];
  const origin = all.find((span) => touches(span, offset));
  const renamable = all.length - 1 === decodedUses(message, id);
  return origin === undefined ? undefined : { origin, definition, all, name: id, renamable };
}

function bareId(text: string): string {
  return text.replace(/^<|>$/g, "");
}

const CID = /\bcid:([^\s"'<>)]{1,300})/gi;

function cidAt(message: Message, offset: number): string | undefined {
  const part = partAt(message, offset);
  if (part === undefined || part.kind !== "leaf" || part.encoding === "base64") return undefined;
  const line = lineAt(message, offset);
  const column = offset - message.lines.offset(line, 0);
  for (const match of message.lines.text(line).matchAll(CID))
    if (match.index <= column && column <= match.index + match[0].length) return match[1];
  return undefined;
}

/** Octets of one HTML part that are decoded to count. */
const MOST_HTML = 2 * 1024 * 1024;

/**
 * How often HTML names a Content-ID once it is decoded: more often than it stands in the text where a line break of
 * quoted-printable or base64 hides it, and then it cannot be renamed everywhere.
 */
function decodedUses(message: Message, id: string): number {
  let count = 0;
  for (const part of message.parts) {
    if (part.type !== "text/html" || part.kind !== "leaf") continue;
    for (const match of decodeText(message.lines, part, MOST_HTML).text.matchAll(CID)) if (match[1] === id) count++;
  }
  return count;
}

function cidUses(message: Message, id: string): Span[] {
  const spans: Span[] = [];
  for (const part of message.parts) {
    if (part.type !== "text/html" || part.kind !== "leaf" || part.encoding === "base64") continue;
    for (let line = part.bodyLine; line < Math.min(part.endLine, part.bodyLine + MOST_LINES); line++) {
      for (const match of message.lines.text(line).matchAll(CID)) {
        if (match[1] === id) spans.push(lineSpan(message.lines, line, match.index + 4, match.index + match[0].length));
      }
    }
  }
  return spans;
}

/** Open messages whose Message-ID stands at the offset, in References, In-Reply-To or a report. */
function messageIdTargets(message: Message, open: readonly ParsedDocument[], offset: number): Location[] | null {
  const place = placeAt(message, offset);
  if (place?.kind !== "field" || place.field.key === "message-id") return null;
  const column = place.field.value.columnAt(offset);
  const match = [...place.field.value.text.matchAll(/<[^<>\s]{1,400}>/g)].find(
    (one) => one.index <= column && column <= one.index + one[0].length,
  );
  if (match === undefined) return null;
  const found: Location[] = [];
  for (const other of open) {
    const field = other.message === undefined ? undefined : firstField(other.message.root.header, "message-id");
    if (field?.text === match[0]) found.push({ uri: other.uri, range: rangeOf(other.source, field.valueSpan) });
  }
  return found.length > 0 ? found : null;
}
