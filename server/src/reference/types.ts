/**
 * Shapes of the reference data (`data/*.json`, checked by `schema/*.schema.json`) and of the texts in each language
 * (`locales/<language>/*.json`). Data holds what is true in every language; texts hold what a person reads.
 */

/** Where in a session a reply comes. `any`: at another command or unasked. */
export type Stage = "greeting" | "ehlo" | "starttls" | "auth" | "mail" | "rcpt" | "data" | "end-of-data" | "any";

/**
 * Whether sending again can help. `none`: nothing failed; `yes`: at once; `later`: unchanged, after a while;
 * `fix-first`: after a change; `no`: never, not even after a while.
 */
export type RetryKind = "none" | "yes" | "later" | "fix-first" | "no";

/** Who can do something about it. */
export type Actor = "sender" | "sender-admin" | "recipient" | "recipient-admin";

/**
 * What kind of thing a code or keyword is: `standard` (RFC 5321, 7504), `extension` (an extension's RFC), `registry`
 * (only named in an IANA registry), `vendor` (one product or provider), `folklore` (lists of codes, not the wire),
 * `experimental` (drafts and experimental RFCs), `obsolete`.
 */
export type Status = "standard" | "extension" | "registry" | "vendor" | "folklore" | "experimental" | "obsolete";

/** What is better known at one stage than in general. */
export interface Override {
  readonly retry?: RetryKind;
  readonly actors?: readonly Actor[];
}

/** A basic reply code (RFC 5321 §4.2). */
export interface ReplyData {
  readonly code: number;
  readonly status: Status;
  /** Commands it answers; `CONNECT` is the greeting, `DATA-END` the final dot, `ANY` every verb. */
  readonly commands: readonly string[];
  /** Stages that the texts speak of, in the order of a session. */
  readonly stages: readonly Stage[];
  readonly retry: RetryKind;
  /** Who must act, first first; empty where nobody must. */
  readonly actors: readonly Actor[];
  readonly byStage?: Readonly<Partial<Record<Stage, Override>>>;
  /** It has many unlike causes: what is said of it in general need not fit once the cause is known. */
  readonly many?: boolean;
  /** Codes that are easily taken for this one. */
  readonly neighbours: readonly number[];
  /** Enhanced codes often seen with it. */
  readonly enhanced: readonly string[];
  readonly rfc: readonly string[];
  readonly sources: readonly string[];
}

/**
 * Texts of a basic reply code. All texts are plain sentences; what stands between backticks is a code, command, address
 * or setting. Nothing else is markup.
 */
export interface ReplyText {
  readonly name: string;
  /** One or two sentences; the first says what it means. */
  readonly meaning: string;
  readonly when?: Readonly<Partial<Record<Stage, string>>>;
  readonly retry: string;
  readonly retryAt?: Readonly<Partial<Record<Stage, string>>>;
  /** Most likely first. */
  readonly causes?: readonly string[];
  /** What the sending side does. */
  readonly sender?: readonly string[];
  /** What the side of the server does. */
  readonly server?: readonly string[];
  /** What does not help. */
  readonly not?: readonly string[];
  /** Neighbour code → the difference. */
  readonly near?: Readonly<Record<string, string>>;
  /** When a server should say it. */
  readonly use?: string;
  /** Words by which people look for it. */
  readonly words?: readonly string[];
}

/** An enhanced status code of the IANA registry, for all its classes (RFC 3463, RFC 5248). */
export interface EnhancedData {
  /** `X.1.1`: subject and detail. */
  readonly code: string;
  /** Classes with which it has a meaning. */
  readonly classes: readonly string[];
  /** Basic reply codes that the registry pairs with it. */
  readonly basic: readonly number[];
  readonly status: Status;
  /** Where it differs from what its class says (4: later; 5: fix first). */
  readonly retry?: Readonly<Partial<Record<string, RetryKind>>>;
  readonly actors: readonly Actor[];
  readonly rfc: readonly string[];
  readonly sources: readonly string[];
}

/** Name and explanation of anything but a basic reply code. */
export interface ItemText {
  readonly name: string;
  readonly meaning: string;
  /** What to do. */
  readonly fix?: string;
  /** What else is worth knowing, such as another use of the same code. */
  readonly note?: string;
  readonly words?: readonly string[];
}

/** A service extension, by its EHLO keyword (RFC 5321 §2.2.2). */
export interface ExtensionData {
  readonly keyword: string;
  readonly status: Status;
  /** Verbs it adds. */
  readonly verbs: readonly string[];
  /** Parameters it adds to MAIL. */
  readonly mail: readonly string[];
  /** Parameters it adds to RCPT. */
  readonly rcpt: readonly string[];
  /** Octets by which the longest MAIL or RCPT line grows; absent where no source was found. */
  readonly longerLine?: number;
  readonly rfc: readonly string[];
  readonly sources: readonly string[];
}

/** A command verb. */
export interface VerbData {
  readonly verb: string;
  readonly status: Status;
  readonly syntax: string;
  /** The service extension that offers it; absent for verbs of RFC 5321. */
  readonly extension?: string;
  /** May stand before the end of a pipelined group (RFC 2920 §3.1). */
  readonly pipeline: "anywhere" | "last";
  readonly rfc: readonly string[];
  readonly sources: readonly string[];
}

/** A parameter of MAIL or RCPT (RFC 5321 §4.1.2). */
export interface ParameterData {
  readonly name: string;
  readonly commands: readonly ("MAIL" | "RCPT")[];
  readonly extension: string;
  /** As written, values in angle brackets. */
  readonly syntax: string;
  readonly values?: readonly string[];
  readonly rfc: readonly string[];
  readonly sources: readonly string[];
}

/** A SASL mechanism as used with AUTH (RFC 4954). */
export interface AuthData {
  readonly mechanism: string;
  readonly status: Status;
  /** The client may speak first, so an initial response on the AUTH line makes sense (RFC 4954 §4). */
  readonly clientFirst: boolean;
  /** Challenges of the server that carry something, in a login that works. */
  readonly challenges: number;
  /** The password or token itself crosses the connection. */
  readonly clearText: boolean;
  readonly rfc: readonly string[];
  readonly sources: readonly string[];
}

/** A limit, time-out or port. */
export interface LimitData {
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  /** `maximum`, `minimum` (at least so much must be possible), `timeout` (wait at least), `port`, `exact`, `increase`. */
  readonly kind: "maximum" | "minimum" | "timeout" | "port" | "exact" | "increase" | "recommended";
  readonly side: "client" | "server" | "both" | "message";
  readonly rfc: readonly string[];
  readonly sources: readonly string[];
}

/** A reply of one provider or product, found by its wording. */
export interface ProviderData {
  readonly id: string;
  /** Who says so, as shown to a person. */
  readonly provider: string;
  /** Regular expression (linear, no flags but `i`) to be found in the reply text. */
  readonly marker: string;
  /** Reply codes it was seen with; empty where any. */
  readonly reply: readonly number[];
  /** Enhanced codes or ranges `5.7.606-5.7.649`; empty where any. */
  readonly enhanced: readonly string[];
  /** Others use these words too: the provider is named only if something else points to it. */
  readonly generic?: boolean;
  /** Its explanation is true only of this provider: without other evidence it is not used at all. */
  readonly specific?: boolean;
  /** Key of its text; several providers mean the same. */
  readonly text: string;
  /** Absent where the reply code says it. */
  readonly retry?: RetryKind;
  readonly actors: readonly Actor[];
  readonly sources: readonly string[];
}

/** By what a provider is known besides the wording: its host names, greeting, or addresses in the text. */
export interface ProviderSigns {
  readonly name: string;
  /** Found in the host name or greeting; absent for lists that others cite. */
  readonly host?: string;
  /** Found in the reply text. */
  readonly text?: string;
}

/** What a provider's reply means and what to do. */
export interface ProviderText {
  readonly meaning: string;
  readonly fix: string;
  /** What people try and what does not help. */
  readonly not?: string;
  readonly words?: readonly string[];
}

/** Which replies a command may get (RFC 5321 §4.3.2). */
export interface ExpectedReplies {
  /** Verb; also CONNECT, DATA-END, AUTH-RESPONSE, ANY. */
  readonly command: string;
  readonly intermediate: readonly number[];
  readonly success: readonly number[];
  readonly error: readonly number[];
  /** Codes outside the table that healthy, widely used servers send. */
  readonly seen: readonly number[];
  readonly rfc: readonly string[];
  readonly sources: readonly string[];
}

/** A code of a fact list that is not explained, and why. */
export interface LeftOut {
  readonly code: number;
  /** End of the label `leftOut.…` that says it. */
  readonly reason: "unexplained" | "ftp";
}
