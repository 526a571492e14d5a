import { readFileSync } from "node:fs";
import type { Position, Range } from "vscode-languageserver-types";
import { features } from "../../server/src/features/index.js";
import type { DocumentLanguage, FeatureContext, ParsedDocument } from "../../server/src/features/types.js";
import { readSettings } from "../../server/src/lsp/settings.js";
import { parseDocument } from "../../server/src/service.js";
import { SourceText } from "../../server/src/text/source.js";
import { decodeText } from "./corpus.js";
import { type Form, reprint, type SaidLine, saidLines } from "./reprint.js";

const corpus = new URL("../corpus/", import.meta.url);

/** The recorded files that have a known truth, by path. */
export const recordings: readonly string[] = (
  JSON.parse(readFileSync(new URL("truth.json", corpus), "utf8")) as { path: string }[]
).map(({ path }) => path);

/** The octets of a recorded file. */
export function recordedBytes(path: string): Uint8Array {
  return readFileSync(new URL(path, corpus));
}

/** A recorded file as text. */
export function recorded(path: string): string {
  return decodeText(recordedBytes(path));
}

/** A document as the server holds it. */
export function documentOf(text: string, language: DocumentLanguage = "smtp-transcript", uri = "file:///a.smtp") {
  return parseDocument({ uri, version: 1, language, source: new SourceText(text) });
}

/** Commands that a full client registers. */
export const CLIENT_COMMANDS = [
  "smtpTranscripts.compareReplyCode",
  "smtpTranscripts.openMessage",
  "smtpTranscripts.showDiagram",
  "smtpTranscripts.copyRedacted",
];

/** What a feature gets with a document: every setting on, a client that can everything. */
export function contextOf(document: ParsedDocument, change: Partial<FeatureContext> = {}): FeatureContext {
  const inlayHints = { replyMeaning: true, pipelining: true, timeGaps: true, timeGapThreshold: 1000, authUser: true };
  return {
    document,
    settings: readSettings(
      { language: "en", inlayHints: { ...inlayHints, received: true }, codeLens: true },
      undefined,
    ),
    client: {
      commands: new Set(CLIENT_COMMANDS),
      markdownHover: true,
      textDocumentContent: true,
      customTokenTypes: true,
    },
    open: [document],
    cancelled: () => false,
    ...change,
  };
}

/** The answer to one LSP request; the results of several features that serve it are joined where they are lists. */
export function ask<R>(document: ParsedDocument, method: string, parameters: unknown = {}, change = {}): R {
  const context = contextOf(document, change);
  const answers = features
    .filter((feature) => feature.method === method && feature.languages.includes(document.language))
    .map((feature) => feature.run(context, parameters))
    .filter((answer) => answer !== null);
  return (answers.length > 1 && answers.every(Array.isArray) ? answers.flat() : (answers[0] ?? null)) as R;
}

/** Every method that some feature serves. */
export const methods: readonly string[] = [...new Set(features.map(({ method }) => method))];

/** The text that a range covers. */
export function textIn(document: ParsedDocument, range: Range): string {
  const { source } = document;
  return source.text.slice(source.offsetAt(range.start), source.offsetAt(range.end));
}

/** Where a piece of text begins (`occurrence` from 0), or some characters into it. */
export function placeOf(document: ParsedDocument, piece: string, into = 0, occurrence = 0): Position {
  let at = -1;
  for (let k = 0; k <= occurrence; k++) {
    at = document.source.text.indexOf(piece, at + 1);
    if (at === -1) throw new Error(`"${piece}" is not in the text ${occurrence + 1} times`);
  }
  return document.source.positionAt(at + into);
}

/** The forms of print that features are tried in. */
export const PRINTED = ["rfc", "swaks", "phpmailer", "arrows"] as const;

/** A session of `C: `/`S: ` lines in one of those forms. */
export function printed(text: string, form: (typeof PRINTED)[number]): string {
  if (form === "rfc") return text;
  return reprint(saidLines(text) as SaidLine[], form as Form).text;
}

/** A position is in the text: on a line that there is, at most at its end. */
export function isInside(document: ParsedDocument, { line, character }: Position): boolean {
  const { source } = document;
  if (!Number.isInteger(line) || !Number.isInteger(character) || line < 0 || character < 0) return false;
  return line < source.lineCount && character <= source.lineText(line).length;
}

/** Every range in an answer, however deep. */
export function rangesIn(answer: unknown): Range[] {
  if (typeof answer !== "object" || answer === null) return [];
  if (Array.isArray(answer)) return answer.flatMap(rangesIn);
  const record = answer as Record<string, unknown>;
  const own =
    "start" in record && "end" in record && typeof record.start === "object" ? [record as unknown as Range] : [];
  return [...own, ...Object.values(record).flatMap(rangesIn)];
}
