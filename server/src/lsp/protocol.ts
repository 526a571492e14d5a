/**
 * Names and shapes that the server and our own VS Code client agree on, besides LSP itself. Data only: both sides import it.
 */

/** Scheme of the virtual documents: pages of rules, codes and comparisons. */
export const pageScheme = "smtp-transcripts";

/** What the client tells in `initializationOptions`; every field may be missing. */
export interface InitializationOptions {
  /** Client commands that exist (see `clientCommands`); actions that need another one are not offered. */
  readonly commands?: readonly string[];
  /** Display language of the editor, such as "ar" or "pt-br". */
  readonly locale?: string;
  /** The client knows the semantic token types that its package.json declares. */
  readonly customTokenTypes?: boolean;
}

/** Commands of the client that code actions, lenses and hovers may name. */
export const clientCommands = {
  /** [page URI]: shows a page of the scheme `smtp-transcripts`, rendered. */
  openPage: "smtpTranscripts.openPage",
  /** [{ language, text }]: opens an unsaved document beside the active one. */
  openText: "smtpTranscripts.openText",
  /** [code, second code?]: shows the comparison, asks for what is missing. The only command that hovers link to. */
  compare: "smtpTranscripts.compareReplyCode",
  /** [document URI, line]: puts the redacted transcript on the clipboard. */
  copyRedacted: "smtpTranscripts.copyRedacted",
  /** [document URI, line]: opens the message of the transaction at a line beside the transcript. */
  openMessage: "smtpTranscripts.openMessage",
  /** [document URI, line]: shows a message beside its text, with nothing loaded from outside. */
  previewMessage: "smtpTranscripts.previewMessage",
  /** [document URI, line, path?]: opens the part at a line, or at a place in the tree such as "2.1", decoded. */
  openPart: "smtpTranscripts.openPart",
  /** [document URI, line, path?]: saves the part at a line, or at a place in the tree such as "2.1", decoded. */
  savePart: "smtpTranscripts.savePart",
  /** [document URI]: shows the ladder of client and server. */
  showDiagram: "smtpTranscripts.showDiagram",
} as const;

/** Commands that the server runs (`workspace/executeCommand`); a client registers them by itself. */
export const serverCommands = {
  /** [document URI, rule id, line fingerprint]: writes the finding into `.smtptranscripts.json` as put aside. */
  putAside: "smtpTranscripts.server.putAside",
  /** [document URI, rule id]: switches a rule off in `.smtptranscripts.json`. */
  turnOffRule: "smtpTranscripts.server.turnOffRule",
  /** [document URI, rule id | null]: opens a copy with the fixes applied, beside the recorded transcript. */
  openCorrectedCopy: "smtpTranscripts.server.openCorrectedCopy",
  /** [page URI]: shows a page; needs no client command. */
  openPage: "smtpTranscripts.server.openPage",
  /** [document URI, dialect id | null]: reads a document in a chosen dialect, or by detection again. */
  setDialect: "smtpTranscripts.server.setDialect",
} as const;

/** Requests of the client to the server. */
export const requests = {
  /** `PageParams` → `PageResult | null`: the text of a page, for clients without `workspace/textDocumentContent`. */
  page: "smtpTranscripts/page",
  /** `DocumentParams` → `StatusResult | null`: what the language status item shows. */
  status: "smtpTranscripts/status",
  /** `LookUpParams` → `LookUpEntry[]`: codes found by number, words or a pasted line. */
  lookUp: "smtpTranscripts/lookUp",
  /** no parameters → `DialectEntry[]`. */
  dialects: "smtpTranscripts/dialects",
  /** `ServiceParams` → `ServiceResult | null`: a text made from a document (redacted, converted, a report …). */
  service: "smtpTranscripts/service",
} as const;

/** Requests of the server to the client. */
export const clientRequests = {
  /** `DocumentParams` → bytes of the stored file as facts, `ByteFacts | null`, where the server cannot read it itself. */
  bytes: "smtpTranscripts/bytes",
  /** `DocumentParams` → text of a `.smtptranscripts.json` of the workspace, `string | null`, where the server cannot read it. */
  configText: "smtpTranscripts/configText",
  /** `OpenTextParams`: opens an unsaved document beside the active one. */
  openText: "smtpTranscripts/openText",
} as const;

/** Notifications of the server to the client. */
export const notifications = {
  /** `DocumentParams`: the status of a document changed; the client asks again. */
  statusChanged: "smtpTranscripts/statusChanged",
} as const;

export interface DocumentParams {
  readonly uri: string;
}

export interface PageParams {
  readonly uri: string;
}

export interface PageResult {
  readonly text: string;
}

export interface DialectEntry {
  readonly id: string;
  readonly title: string;
  readonly seenWith: string;
}

/** What the status item shows of a document. */
export interface StatusResult {
  readonly dialect: DialectEntry;
  /** True where a person or a setting chose the dialect. */
  readonly chosen: boolean;
  readonly runnerUp: DialectEntry | null;
  readonly sessions: number;
  readonly deliveries: number;
  readonly transactions: number;
  /** Outcome in words, localised; a clear sentence where no SMTP was found. */
  readonly outcome: string;
  readonly severity: "ok" | "warning" | "error";
}

export interface LookUpParams {
  readonly query: string;
}

export interface LookUpEntry {
  /** "451" or "5.1.1". */
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  /** Page to open. */
  readonly page: string;
}

export interface OpenTextParams {
  readonly language: string;
  readonly text: string;
}

/** A signature that holds for a message; the text "seals" is a list of them as JSON. */
export interface Seal {
  readonly kind: "dkim" | "smime" | "pgp";
  /** Domain of a DKIM signature; "" for the others. */
  readonly by: string;
  /** Another value after an edit means that the signature is broken. */
  readonly mark: string;
}

/** What to make of a document; `name` is one of the texts that the server can make. */
export interface ServiceParams {
  readonly uri: string;
  readonly name: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface ServiceResult {
  readonly language: string;
  readonly text: string;
}
