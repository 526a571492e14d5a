import type { DialectTraits, WireLine } from "../dialects/types.js";
import type { CommandParts } from "../protocol/command.js";
import type { EnhancedCode, ReplyLineParts } from "../protocol/reply.js";

/** One line of a reply, with the wire line it stands on. */
export interface ReplyLine extends ReplyLineParts {
  readonly wire: WireLine;
}

/** A reply of the server: one code, one or more lines (RFC 5321 §4.2.1). Malformed lines are part of the reply they stand in. */
export interface Reply {
  /** Position in the order of all items of the session. */
  readonly order: number;
  /** Code of the first line; null where it has none. */
  readonly code: number | null;
  readonly lines: readonly ReplyLine[];
  /** First enhanced code found in its lines. */
  readonly enhanced: EnhancedCode | null;
  /** Text of all lines, enhanced codes left out, joined by blanks. */
  readonly text: string;
  /** False where the last line still announces another one. */
  readonly complete: boolean;
  /** The exchange that this reply answers; undefined for a reply nobody asked for. */
  exchange: Exchange | undefined;
}

/** What the client knows and may do at a point of the session; shared between exchanges while nothing changes. */
export interface State {
  /** A 220 greeting was seen, or the transcript starts behind it. */
  readonly greeted: boolean;
  /** The last accepted EHLO, HELO or LHLO; undefined before any (also again behind STARTTLS). */
  readonly hello: Exchange | undefined;
  /** Service extensions of the last accepted EHLO/LHLO in this TLS state; undefined where no list was seen. */
  readonly extensions: Extensions | undefined;
  readonly tls: boolean;
  readonly authenticated: boolean;
  /** The mail transaction that is open here. */
  readonly transaction: Transaction | undefined;
  readonly lmtp: boolean;
  /** QUIT was answered, 421 was said, or the connection ended. */
  readonly closed: boolean;
}

/** One keyword of an EHLO reply with its place. */
export interface Extension {
  /** Keyword in upper case; the old form `AUTH=LOGIN` counts as AUTH. */
  readonly keyword: string;
  readonly parameters: readonly string[];
  readonly line: ReplyLine;
}

/** The service extensions of one EHLO reply (RFC 5321 §4.1.1.1). */
export interface Extensions {
  /** The EHLO or LHLO whose reply this is. */
  readonly exchange: Exchange;
  readonly list: readonly Extension[];
  /** False where the reply is cut, so that a missing keyword means nothing. */
  readonly complete: boolean;
  get(keyword: string): Extension | undefined;
  has(keyword: string): boolean;
}

/** What an exchange is about. */
export type ExchangeKind =
  /** The connection opens; the reply is the greeting. */
  | "greeting"
  /** A command and its reply. */
  | "command"
  /** A SASL response inside an AUTH exchange, and the next challenge or the outcome. */
  | "auth-response"
  /** The end of the mail data (final dot), and its reply; in LMTP one reply a recipient. */
  | "end-of-data"
  /** TLS handshake, without a reply of SMTP. */
  | "tls";

/** Something the client did (or the opening of the connection), tied to what the server answered. */
export interface Exchange {
  /** Position in the order of all items of the session. */
  readonly order: number;
  readonly kind: ExchangeKind;
  /** The client's line; undefined for the greeting, for hidden lines and where only the server is shown. */
  readonly wire: WireLine | undefined;
  /** Set for kind "command" where the line is shown. */
  readonly command: CommandParts | undefined;
  /** Verb in upper case, also where it was inferred from the reply; "" for the other kinds. */
  readonly verb: string;
  /** True where the line is not shown and the verb was inferred. */
  readonly inferred: boolean;
  /** What the reply, or the tool, tells of a command that is not shown: its path, and for BDAT whether it was the last. */
  readonly told?: { readonly path?: string; readonly last?: boolean; readonly guess?: boolean };
  /** The state in which it was sent, as far as replies had been read (a pipelined command sees the state of its batch's start). */
  readonly before: State;
  /** Replies in order; empty where none is seen. */
  replies: readonly Reply[];
  /** First reply, for everything but LMTP's end of data and PRDR. */
  readonly reply: Reply | undefined;
  /** The batch: exchanges with equal numbers were sent without a reply read in between (RFC 2920). */
  readonly batch: number;
  /** The transaction this exchange belongs to. */
  transaction: Transaction | undefined;
  /** Set for AUTH and its responses. */
  auth: AuthAttempt | undefined;
}

/** One AUTH command with its responses (RFC 4954 §4). */
export interface AuthAttempt {
  readonly exchange: Exchange;
  /** SASL mechanism in upper case; null where it is hidden. */
  readonly mechanism: string | null;
  /** User name, where it can be decoded and is no secret; never the password. */
  user: string | null;
  /** Exchanges of kind "auth-response", in order. */
  readonly responses: Exchange[];
  outcome: "success" | "failure" | "cancelled" | "unknown";
}

/** The outcome of one RCPT (truth: RFC 5321 §3.3; LMTP: RFC 2033 §4.2). */
export interface Recipient {
  readonly exchange: Exchange;
  /** As in `inspect`: between the brackets, "" for `<>`, null where hidden. */
  readonly forwardPath: string | null;
  outcome: "accepted" | "rejected" | "deferred" | "unknown";
  /** The reply that decided: to RCPT, or in LMTP the one after the data. */
  reply: Reply | undefined;
}

/** The mail data of a transaction. */
export interface MailData {
  readonly kind: "DATA" | "BDAT" | "BURL";
  /** DATA, or the first BDAT or BURL. */
  readonly exchange: Exchange;
  /** Further BDAT or BURL commands. */
  readonly chunks: Exchange[];
  /** Lines of the message as they were sent (dots still stuffed unless the dialect unstuffs), in order. */
  readonly lines: WireLine[];
  /** The exchange of the final dot, or of the last chunk; undefined where it was not reached. */
  end: Exchange | undefined;
  /** False where the dialect (or this transcript) does not print the message. */
  shown: boolean;
  /** Octets as the tool counted them, where it says so; otherwise undefined. */
  octetsStated: number | undefined;
}

export type TransactionOutcome =
  | "accepted"
  | "rejected"
  | "deferred"
  | "partial"
  | "aborted"
  | "uncertain"
  | "incomplete";

/** A mail transaction (RFC 5321 §3.3), one a MAIL command. */
export interface Transaction {
  readonly mail: Exchange;
  /** As in `inspect`: "" for the null reverse-path, null where hidden. */
  readonly reversePath: string | null;
  readonly recipients: Recipient[];
  data: MailData | undefined;
  outcome: TransactionOutcome;
  /** The reply that decided. */
  decidedBy: Reply | undefined;
  /** Queue id in the reply to the data, where one is recognised. */
  queueId: string | null;
}

/** One item of a session in file order. */
export type Item =
  | { readonly kind: "exchange"; readonly exchange: Exchange }
  | { readonly kind: "reply"; readonly reply: Reply }
  | { readonly kind: "data"; readonly data: MailData }
  | { readonly kind: "note"; readonly wire: WireLine };

/** One SMTP or LMTP connection as the file shows it. */
export interface Session {
  readonly index: number;
  readonly channel: string | undefined;
  readonly traits: DialectTraits;
  /** All of the session in file order; mail data lines are one item. */
  readonly items: readonly Item[];
  readonly exchanges: readonly Exchange[];
  readonly replies: readonly Reply[];
  readonly transactions: readonly Transaction[];
  readonly auth: readonly AuthAttempt[];
  readonly greeting: Reply | undefined;
  readonly protocol: "ESMTP" | "SMTP" | "LMTP" | null;
  readonly tls: "none" | "offered" | "started" | "implicit" | "refused";
  readonly tlsDetail: { version: string | null; cipher: string | null; verified: boolean | null } | null;
  readonly remote: { host: string | null; ip: string | null; port: number | null } | null;
  readonly closedBy: "quit" | "server" | "client" | "unknown";
  /** Wire lines of the session in file order. */
  readonly wire: readonly WireLine[];
  /** First and last source line, from 0. */
  readonly line: number;
  readonly endLine: number;
  /** State at the end. */
  readonly end: State;
  /** Room for what later stages work out of this session and need again. */
  readonly memo: unknown[];
}
