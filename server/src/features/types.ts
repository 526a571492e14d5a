import type { Message } from "../message/model.js";
import type { Aside } from "../rules/fingerprint.js";
import type { Severity } from "../rules/types.js";
import type { SourceText } from "../text/source.js";
import type { Transcript } from "../transcript.js";

/** The languages this software speaks; "en" is the source. */
export type Locale = "en" | "ar" | "de" | "es" | "fr" | "pt-br" | "ja" | "zh-cn";

/** The two languages of documents. */
export type DocumentLanguage = "smtp-transcript" | "eml-message";

/** A document as the features see it: read once per version, lazily. */
export interface ParsedDocument {
  readonly uri: string;
  readonly version: number;
  readonly language: DocumentLanguage;
  readonly source: SourceText;
  /** The document as a transcript; for an `.eml` it holds the SMTP lines that the message quotes. */
  readonly transcript: Transcript;
  /** True once somebody asked for the transcript. */
  readonly wasRead: boolean;
  /** The document as a message; undefined for a transcript and for `.eml` files that are no message (OCaml templates). */
  readonly message: Message | undefined;
}

/** What the user set, read anew for each request. */
export interface FeatureSettings {
  readonly locale: Locale;
  readonly profile: "relaxed" | "standard" | "strict";
  /** What messages are to their reader: mail that arrived, mail to be sent, mail to many. */
  readonly messageProfile?: "received" | "outbound" | "bulk" | undefined;
  readonly rules: Readonly<Record<string, Severity | "off">>;
  /** Findings put aside one by one, in `.smtptranscripts.json`. */
  readonly aside: readonly Aside[];
  readonly inlayHints: {
    readonly replyMeaning: boolean;
    readonly pipelining: boolean;
    readonly timeGaps: boolean;
    /** Gaps of at least this many milliseconds are shown. */
    readonly timeGapThreshold: number;
    readonly authUser: boolean;
    readonly received: boolean;
  };
  readonly codeLens: boolean;
}

/** What the editor at the other end can do, from its `initialize` request. */
export interface ClientAbilities {
  /** Client commands that the extension registered (`initializationOptions.commands`); others are not offered. */
  readonly commands: ReadonlySet<string>;
  readonly markdownHover: boolean;
  /** The client can open virtual documents of the scheme `smtp-transcripts`. */
  readonly textDocumentContent: boolean;
  /** The client knows our own semantic token types (it is our extension); others get standard types only. */
  readonly customTokenTypes: boolean;
}

/** Everything a feature may use besides its parameters. Pure: no I/O, no global state. */
export interface FeatureContext {
  readonly document: ParsedDocument;
  readonly settings: FeatureSettings;
  readonly client: ClientAbilities;
  /** Other open documents, for workspace-wide look-ups. */
  readonly open: readonly ParsedDocument[];
  /** True once the request was cancelled; long features check it and return what they have. */
  cancelled(): boolean;
}

/** One feature of the language server, named by the LSP request it answers. */
export interface Feature<Parameters = unknown, Result = unknown> {
  /** LSP request such as "textDocument/hover". */
  readonly method: string;
  readonly languages: readonly DocumentLanguage[];
  /** Options of the server capability, such as trigger characters, a legend, `resolveProvider`; none where it is left out. */
  options?(client: ClientAbilities): Readonly<Record<string, unknown>>;
  run(context: FeatureContext, parameters: Parameters): Result | null;
}
