import { dialectById, dialects } from "./dialects/index.js";
import { type Inspection, inspectTranscript } from "./features/inspect.js";
import { fixEdits, type LintOptions, lintDocument as lintEverything, type Problem } from "./features/lint.js";
import { textWithoutSecrets, withoutLogins } from "./features/secrets.js";
import { type DialectEntry, dialectEntry } from "./features/status.js";
import type { DocumentLanguage, ParsedDocument } from "./features/types.js";
import { type InspectedMessage, inspectMessage } from "./message/inspect.js";
import { messageLinesOf } from "./message/lines.js";
import { type Message, parseMessage } from "./message/model.js";
import { applyEdits } from "./rules/apply.js";
import type { RuleSettings } from "./rules/configure.js";
import type { SourceText } from "./text/source.js";
import { parseTranscript, type Transcript } from "./transcript.js";

export { convertToRfc } from "./features/convert.js";
export { type ExtractedMessage, extractMessages } from "./features/extract.js";
export type { Inspection } from "./features/inspect.js";
export { type LintOptions, moreFindings, type Problem } from "./features/lint.js";
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

/** The findings of a document; what they quote of it holds no secret of its logins. */
export function lintDocument(document: ParsedDocument, options?: LintOptions): readonly Problem[] {
  const { transcript } = document;
  const problems = lintEverything(document, options);
  if (!transcript.sessions.some(({ auth }) => auth.length > 0)) return problems;
  return problems.map((problem) => {
    const message = withoutLogins(problem.message, transcript);
    const related = problem.related.map((one) => ({ ...one, message: withoutLogins(one.message, transcript) }));
    const same = message === problem.message && related.every((one, k) => one.message === problem.related[k]?.message);
    return same ? problem : { ...problem, message, related };
  });
}

/** The text of a document with nothing but passwords, tokens and proofs masked, for whoever prints lines of it. */
export function printableText(document: ParsedDocument): string {
  return textWithoutSecrets(document.transcript);
}

/** Every dialect that can be read, in the order of the list. */
export function dialectList(): DialectEntry[] {
  return dialects.map(dialectEntry);
}

/** The text of a document with the fixes of a rule applied, or with null every fix there is; until nothing more changes. */
export function correctedText(document: ParsedDocument, settings: RuleSettings, rule: string | null): string {
  return applyEdits(document.source.text, fixEdits(document, settings, rule));
}
