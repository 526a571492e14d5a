import { encodeBase64 } from "../../protocol/base64.js";
import type { Session } from "../../session/model.js";
import { convertToRfc } from "../convert.js";
import { type ExtractedMessage, extractMessages } from "../extract.js";
import { noiseLines } from "../folding.js";
import { redactDocument } from "../redact/message.js";
import { type RedactOptions, redactEverything } from "../redact/options.js";

import type { Locale, ParsedDocument } from "../types.js";
import { commandLines, type Tool } from "./commandLine.js";
import { mermaidOf } from "./diagramMermaid.js";
import { diagramPage } from "./diagramPage.js";
import { svgOf } from "./diagramSvg.js";
import { decodedPart, previewAt, savedPart, sealList, summaryAddress } from "./parts.js";
import { reportOf } from "./report.js";

/** A text made from a document, with the language it is in. */
export interface MadeText {
  readonly language: string;
  readonly text: string;
}

type Options = Readonly<Record<string, unknown>>;
type Make = (document: ParsedDocument, options: Options, locale: Locale) => MadeText | null;

/** The texts that can be made from a document, by name. `options.line` (from 0) chooses a session or a message. */
const texts: Readonly<Record<string, Make>> = {
  redact: (document, options) => ({
    language: document.language,
    text: redactDocument(document, redactOptions(options)),
  }),
  convert: (document) => ({ language: "smtp-transcript", text: convertToRfc(document.transcript) }),
  report: (document, _options, locale) => ({ language: "markdown", text: reportOf(document, locale) }),
  message: (document, options) => {
    const message = messageAt(document, options);
    return message ? { language: "eml-message", text: message.text } : null;
  },
  messageBytes: (document, options) => {
    const message = messageAt(document, options);
    return message ? { language: "base64", text: encodeBase64(message.octets("utf-8")) } : null;
  },
  swaks: (document, options) => commandOf(document, options, "swaks"),
  curl: (document, options) => commandOf(document, options, "curl"),
  openssl: (document, options) => commandOf(document, options, "openssl"),
  mermaid: (document, options, locale) =>
    withSession(document, options, (session) => ({ language: "mermaid", text: mermaidOf(session, locale) })),
  svg: (document, options, locale) =>
    withSession(document, options, (session) => ({ language: "xml", text: svgOf(session, locale) })),
  failures: (document) => ({ language: "json", text: JSON.stringify(failureLines(document)) }),
  folds: (document) => foldsOf(document),
  seals: (document) => sealList(document),
  summaryPage: (document, options) => summaryAddress(document, lineOf(options)),
  preview: (document, options, locale) => previewAt(document, lineOf(options), locale),
  part: (document, options) => decodedPart(document, lineOf(options), pathOf(options)),
  partBytes: (document, options) => savedPart(document, lineOf(options), pathOf(options)),
  diagram: (document, _options, locale) => ({
    language: "html",
    text: diagramPage(document.transcript.sessions, locale),
  }),
};

/** Makes a text by name; null for an unknown name or where the document has nothing of the kind. */
export function makeText(document: ParsedDocument, name: string, options: Options, locale: Locale): MadeText | null {
  return Object.hasOwn(texts, name) ? (texts[name] as Make)(document, options, locale) : null;
}

/** The line (from 0) that a text is about; -1 where none is given. */
function lineOf(options: Options): number {
  return typeof options.line === "number" ? options.line : -1;
}

/** The part that a text is about, as its place in the tree; undefined where none is given. */
function pathOf(options: Options): string | undefined {
  return typeof options.path === "string" ? options.path : undefined;
}

function redactOptions(options: Options): RedactOptions {
  const keep = Array.isArray(options.keep) ? options.keep : [];
  const entries = Object.entries(redactEverything).map(([kind, on]) => [kind, on && !keep.includes(kind)]);
  return Object.fromEntries(entries) as RedactOptions;
}

/** The session at a line, or the first one. */
function withSession(
  document: ParsedDocument,
  options: Options,
  make: (session: Session) => MadeText,
): MadeText | null {
  const { sessions } = document.transcript;
  const line = typeof options.line === "number" ? options.line : -1;
  const session = sessions.find((candidate) => candidate.line <= line && line <= candidate.endLine) ?? sessions[0];
  return session ? make(session) : null;
}

function commandOf(document: ParsedDocument, options: Options, tool: Tool): MadeText | null {
  return withSession(document, options, (session) => ({ language: "shellscript", text: commandLines(session, tool) }));
}

/** The message whose transaction is at a line or nearest above it, or the first one that is shown. */
function messageAt(document: ParsedDocument, options: Options): ExtractedMessage | undefined {
  const line = typeof options.line === "number" ? options.line : -1;
  const messages = extractMessages(document.transcript);
  return messages.findLast((message) => message.line <= line) ?? messages[0];
}

/** First lines of what is not the dialogue, as JSON; null where there is nothing to fold. */
function foldsOf(document: ParsedDocument): MadeText | null {
  const lines = noiseLines(document.transcript);
  return lines.length === 0 ? null : { language: "json", text: JSON.stringify(lines) };
}

/** Source lines of replies that refused something, in order. */
function failureLines(document: ParsedDocument): number[] {
  const replies = document.transcript.sessions.flatMap((session) => session.replies);
  const lines = replies
    .filter(({ code }) => code !== null && code >= 400)
    .map(({ lines: [first] }) => first?.wire.line ?? 0);
  return [
    ...new Set([
      ...lines,
      ...document.transcript.deliveries.filter(({ status }) => status !== "sent").map(({ line }) => line),
    ]),
  ].sort((a, b) => a - b);
}
