import type { WireLine } from "../dialects/types.js";
import type { Exchange, Reply, ReplyLine, Session } from "../session/model.js";
import type { ByteFacts } from "../text/bytes.js";
import type { Span } from "../text/span.js";
import type { Transcript } from "../transcript.js";

export type Severity = "error" | "warning" | "information" | "hint";

/** Who has to change something. */
export type Party = "client" | "server" | "network" | "author";

/** How binding the source is: a MUST or SHOULD of an RFC, or practice. */
export type Level = "MUST" | "SHOULD" | "practice";

export type Profile = "relaxed" | "standard" | "strict";

/** What a message is to the person who looks at it: mail that arrived, mail to be sent, mail sent to many. */
export type MailProfile = "received" | "outbound" | "bulk";

/** Where a rule comes from, such as { document: "RFC 5321", section: "4.5.2" }; `section` is absent for practice and CVEs. */
export interface Reference {
  readonly document: string;
  readonly section?: string;
}

/** A replacement in the source text; offsets are UTF-16 code units. */
export interface Edit extends Span {
  readonly text: string;
}

/**
 * A deterministic change that removes a finding and adds none. "spelling" fixes may run on save; "structure" fixes insert
 * or remove commands or lines and only run when a person asks.
 */
export interface Fix {
  /** Key of the title in the rule's `messages`, beginning with "fix". */
  readonly title: string;
  readonly data?: MessageData;
  readonly kind: "spelling" | "structure";
  readonly edits: readonly Edit[];
}

/** Values for the `{name}` places of a message template. Never a secret. */
export type MessageData = Readonly<Record<string, string | number>>;

/** A place that a finding points at: a source span, a wire line (all of its content), or a piece of one (columns of its content). */
export type Anchor = Span | { readonly wire: WireLine; readonly from?: number; readonly to?: number };

export interface Related {
  readonly at: Anchor;
  /** Key in the rule's `messages`. */
  readonly message: string;
  readonly data?: MessageData;
}

/** What a rule says; message keys are resolved in the reader's language when it is shown. */
export interface Report {
  readonly at: Anchor;
  /** Key in the rule's `messages`; "default" where it is left out. */
  readonly message?: string;
  readonly data?: MessageData;
  /** Overrides the rule's severity for this finding, by the outcome (design: severity follows the outcome). */
  readonly severity?: Severity;
  readonly related?: readonly Related[];
  readonly fix?: Fix;
}

/** What a rule may look at besides the session. */
export interface RuleContext {
  readonly transcript: Transcript;
  /** What the file's bytes show and its text does not; absent where nobody has the bytes. */
  readonly facts?: ByteFacts | undefined;
  report(report: Report): void;
  /**
   * True if this exchange or reply is the consequence of another mistake that has its own finding: lines read as commands
   * behind a premature end of data, a pipelined batch behind a refusal, lines behind the close. Such things are not reported.
   */
  isConsequence(of: Exchange | Reply): boolean;
}

/** Knowledge about a rule for its page, in English; translations are data under reference/locales. */
export interface RuleTexts {
  /** One line for lists and the Problems panel's link. */
  readonly title: string;
  /** Templates by key: what is wrong, why it matters, what to do, in at most two short sentences. `{name}` is replaced. */
  readonly messages: Readonly<Record<string, string>>;
  /** Two or three sentences for the page: why it matters. */
  readonly why: string;
  /** What to do, for the person and for the software. */
  readonly fix: string;
  /** How other analysers name it, such as "Suricata smtp.…". */
  readonly elsewhere?: string;
}

/** Everything about a rule but its check; rules about sessions and rules about messages share it. */
export interface RuleInfo extends RuleTexts {
  readonly id: string;
  readonly severity: Severity | "off";
  readonly party: Party;
  readonly level: Level;
  readonly references: readonly Reference[];
  /** Topic for the index of pages. */
  readonly topic: Topic;
  /** What its examples are; a transcript where it is left out. */
  readonly language?: "eml-message";
  /** A transcript (in `C:`/`S:` form unless another dialect is needed) on which the rule speaks, and one on which it is silent. */
  readonly wrong: string;
  readonly right: string;
  /** True if some of its findings carry a fix. */
  readonly fixable: boolean;
}

/**
 * What a session can hold that some rules are about: an AUTH exchange, STARTTLS, BDAT or BURL, parameters of MAIL or RCPT,
 * a reply of 400 or above.
 */
export type About = "auth" | "starttls" | "chunks" | "parameters" | "refusal";

/** A protocol rule. One object a file, named after its id; registered in index.ts. */
export interface Rule extends RuleInfo {
  /**
   * Set where it looks beyond its session, at others or at the bytes of the file: then its findings are not kept when an
   * edit leaves the session as it is.
   */
  readonly scope?: "document";
  /** Set where it has nothing to look at in a session without this; then it is not asked. */
  readonly about?: About;
  /** Checks one session. */
  check(session: Session, context: RuleContext): void;
}

export type Topic =
  | "opening"
  | "replies"
  | "commands"
  | "addresses"
  | "order"
  | "parameters"
  | "pipelining"
  | "starttls"
  | "auth"
  | "data"
  | "chunking"
  | "lmtp"
  | "bytes"
  | "message";

/** A finding with its place in the source, ready to be shown; the message is a key with data until then. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
  readonly data: MessageData;
  readonly related: readonly { readonly span: Span; readonly message: string; readonly data: MessageData }[];
  readonly fix: Fix | undefined;
}

/** Narrow helper types for rule files. */
export type { Exchange, Reply, ReplyLine, Session, WireLine };
