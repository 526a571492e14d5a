import { dialectById, dialects } from "./dialects/index.js";
import { sourceSpan } from "./dialects/wire.js";
import { type Inspection, inspectTranscript } from "./features/inspect.js";
import { fixEdits } from "./features/lint.js";
import { secretSpans } from "./features/secrets.js";
import { type DialectEntry, dialectEntry } from "./features/status.js";
import type { DocumentLanguage, ParsedDocument } from "./features/types.js";
import { type InspectedMessage, inspectMessage } from "./message/inspect.js";
import { messageLinesOf } from "./message/lines.js";
import { type Message, parseMessage } from "./message/model.js";
import { applyEdits } from "./rules/apply.js";
import type { RuleSettings } from "./rules/configure.js";
import type { SourceText } from "./text/source.js";
import type { Span } from "./text/span.js";
import { parseTranscript, type Transcript } from "./transcript.js";

export { convertToRfc } from "./features/convert.js";
export { type ExtractedMessage, extractMessages } from "./features/extract.js";
export type { Inspection } from "./features/inspect.js";
export { type LintOptions, lintDocument, moreFindings, type Problem } from "./features/lint.js";
export { comparePage, explainQuery, type Found, lookUp } from "./features/lookup.js";
export { type PageContext, pageText } from "./features/pages.js";
export { redactDocument } from "./features/redact/message.js";
export { type RedactOptions, redactEverything } from "./features/redact/options.js";
export { statusOf } from "./features/status.js";
export { type MadeText, makeText } from "./features/texts/index.js";
export type { DocumentLanguage, Locale, ParsedDocument } from "./features/types.js";
export { directed, localeOf } from "./reference/index.js";
export { dialectById };

/** What has to be known of a document to read it. */
export interface DocumentInput {
  readonly uri: string;
  readonly version: number;
  readonly language: DocumentLanguage;
  readonly source: SourceText;
  /** Dialect to read it in; undefined for detection. */
  readonly dialect?: string | undefined;
}

/**
 * Reads a document; its transcript and message are read when first asked for, and kept. Never throws.
 * @param previous the document before an edit: what the edit did not touch is taken over from its transcript, so that it
 *   must not be used any more.
 */
export function parseDocument(input: DocumentInput, previous?: ParsedDocument): ParsedDocument {
  let transcript: Transcript | undefined;
  let before = previous?.wasRead === true ? previous.transcript : undefined;
  let message: { readonly read: Message | undefined } | undefined;
  return {
    uri: input.uri,
    version: input.version,
    language: input.language,
    source: input.source,
    get transcript() {
      transcript ??= parseTranscript(input.source, input.dialect, before);
      before = undefined;
      return transcript;
    },
    get wasRead() {
      return transcript !== undefined;
    },
    get message() {
      if (input.language !== "eml-message") return undefined;
      message ??= { read: parseMessage(messageLinesOf(input.source)) };
      return message.read;
    },
  };
}

/** What `inspect` gives of a document; `message` only for a mail message. */
export interface DocumentInspection extends Inspection {
  readonly message?: InspectedMessage;
}

/** Gives a document as data: sessions and deliveries, and the structure of a message. Lines count from 1. */
export function inspectDocument(document: ParsedDocument): DocumentInspection {
  const { message, source } = document;
  const inspection = inspectTranscript(document.transcript);
  return message ? { ...inspection, message: inspectMessage(message, source) } : inspection;
}

/** Source spans of passwords, tokens and proofs, for whoever prints lines of a document. */
export function secretsOf(document: ParsedDocument): readonly Span[] {
  return document.transcript.sessions.flatMap((session) =>
    session.auth.flatMap((attempt) =>
      [attempt.exchange, ...attempt.responses].flatMap((exchange) =>
        secretSpans(exchange).flatMap(({ from, to }) => (exchange.wire ? [sourceSpan(exchange.wire, from, to)] : [])),
      ),
    ),
  );
}

/** Every dialect that can be read, in the order of the list. */
export function dialectList(): DialectEntry[] {
  return dialects.map(dialectEntry);
}

/** The text of a document with the fixes of a rule applied, or with null every fix there is; until nothing more changes. */
export function correctedText(document: ParsedDocument, settings: RuleSettings, rule: string | null): string {
  return applyEdits(document.source.text, fixEdits(document, settings, rule));
}
