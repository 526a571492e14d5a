import type { TextView } from "../text/view.js";

/** Who says a wire line: one of the two parties, or the tool that printed the transcript. */
export type Speaker = "client" | "server" | "tool";

/** How a line ended on the wire, where the dialect shows it (escapes, captures); never guessed from the file's own line ends. */
export type WireEnd = "crlf" | "lf" | "cr" | "none";

/** What a tool says of the session in its own words; knowledge that is not on the wire. */
export type ToolNote =
  | { readonly kind: "connect"; readonly host?: string; readonly ip?: string; readonly port?: number }
  | { readonly kind: "connect-failed"; readonly text: string }
  | {
      readonly kind: "tls-started";
      /** True where the tool shows TLS from the first octet, without STARTTLS. */
      readonly implicit?: boolean;
      readonly version?: string;
      readonly cipher?: string;
      readonly verified?: boolean;
    }
  | { readonly kind: "tls-detail"; readonly version?: string; readonly cipher?: string; readonly verified?: boolean }
  | { readonly kind: "tls-failed"; readonly text: string }
  /** The end of the connection, and who ended it as far as the tool says so. */
  | { readonly kind: "close"; readonly by: "client" | "server" | "unknown" }
  /** The message (or a part of it) was sent here and is not printed. The end of data is part of it unless `open`. */
  | { readonly kind: "data-hidden"; readonly octets?: number; readonly open?: boolean }
  /** An AUTH exchange took place here and is not printed. */
  | { readonly kind: "auth-hidden"; readonly mechanism?: string; readonly outcome?: "success" | "failure" | "unknown" }
  /** A SASL response or a command of the client that is masked or left out. */
  | { readonly kind: "client-hidden" }
  /** Commands that were sent here and are not printed, known from what the tool says of them elsewhere. */
  | {
      readonly kind: "commands-hidden";
      /** `silent`: the reply is not printed either. */
      readonly commands: readonly { readonly verb: string; readonly path?: string; readonly silent?: boolean }[];
    }
  /** The lines that follow belong to a new connection, also where the dialect prints no greeting. */
  | { readonly kind: "session-start" };

/**
 * One line as it was on the wire, with its place in the file. The content excludes prefixes (`S: `, ` -> `, a log head)
 * and the line end. Lines count from 0, offsets are UTF-16 code units of the source.
 */
export interface WireLine {
  readonly speaker: Speaker;
  /** Content as it was on the wire, unescaped, without line end. For a tool line: what the tool printed. */
  readonly text: string;
  /** Source line where the content begins. */
  readonly line: number;
  /** Source span of the content. */
  readonly start: number;
  readonly end: number;
  /** True where the content does not stand in the source as it is: unescaped, joined, freed of colours. */
  readonly mapped: boolean;
  /** Source offset of character `index` of `text`; of its end where `index` is the length of the text or more. */
  offsetAt(index: number): number;
  /** Which of several interleaved sessions this line belongs to (process id, session id, ports). */
  readonly channel?: string;
  /** Milliseconds on one scale for the file (since the epoch, or since the first stamp). */
  readonly time?: number;
  readonly wireEnd?: WireEnd;
  /** True where the line went through TLS as far as the dialect shows it (swaks `~>`, curl after the handshake). */
  readonly tls?: boolean;
  /** The tool masked part of the content (passwords, `[credentials hidden]`): do not judge its syntax. */
  readonly masked?: boolean;
  /** Number of the write or segment this line was in: equal numbers of one speaker left in one go. */
  readonly segment?: number;
  /** For a tool line: what it tells of the session. */
  readonly note?: ToolNote;
}

/** What a dialect shows and hides: no rule speaks about what is hidden. */
export interface DialectTraits {
  /**
   * How the message appears: "stuffed" as on the wire, "unstuffed" without the dots that the client adds (a body line `.`
   * prints like the end of data), "hidden" not at all.
   */
  readonly body: "stuffed" | "unstuffed" | "hidden";
  /** Which parties' lines are printed. */
  readonly sides: "both" | "client" | "server";
  /** False where the final dot is not printed even though the exchange took place. */
  readonly endOfDataShown: boolean;
  /**
   * "wire": client and server lines stand in the order in which they passed, so batches and early talkers can be judged.
   * "loose": buffering or pipes changed it.
   */
  readonly order: "wire" | "loose";
  /** True if the tool prints how the connection ends (QUIT included), so that its absence means something. */
  readonly closeShown: boolean;
  /** "handwritten": text that people write and edit, where a fix in place is welcome; "recorded": evidence. */
  readonly origin: "handwritten" | "recorded";
  /** True if the transcript shows the start of a connection, so that a missing greeting means something. */
  readonly startShown: boolean;
  /** True if the tool is known to alter credentials or commands (masks), so that their syntax is not judged. */
  readonly masksCredentials?: boolean;
  /** True if the tool prints a dot for each octet that is no printable ASCII, so that a dot may stand for a letter. */
  readonly printsDots?: boolean;
  /** True if replies are shown whole and one by one (false: summarised, joined, only the first line). */
  readonly repliesWhole: boolean;
}

/** What may come next on the wire, by the state of the session; for dialects that print no speaker marks. */
export interface Expecting {
  /**
   * "greeting": nothing was said yet. "command": the client may speak and no reply is due. "reply": a reply is due.
   * "reply-more": the server is in the middle of a multi-line reply. "data": message lines. "auth": a SASL response.
   * "closed": after QUIT was answered or the connection ended.
   */
  readonly next: "greeting" | "command" | "reply" | "reply-more" | "data" | "auth" | "closed";
  /** Tells the state what was said; call it for each line in order, by the speaker that was decided. */
  saw(speaker: "client" | "server", text: string): void;
  /** Starts again, as for a new connection. */
  reset(): void;
}

/** A delivery that a log line or a report tells of, without showing the session (design: `deliveries`). */
export interface Delivery {
  /** Source line, from 0. */
  readonly line: number;
  /** Source span of the reply text, or of the line where there is none. */
  readonly start: number;
  readonly end: number;
  readonly recipient: string | null;
  /** Host and address that answered, as printed. */
  readonly relay: string | null;
  /** The command that the reply answered: "RCPT", "DATA", "end of data", … as far as the line says it. */
  readonly stage: string | null;
  readonly status: "sent" | "deferred" | "bounced" | "expired";
  readonly code: number | null;
  /** Enhanced status code such as "5.1.1". */
  readonly enhanced: string | null;
  readonly text: string | null;
  readonly queueId: string | null;
  readonly time?: number;
}

/** A stretch of a wire line's content, by columns of one line of the view. */
export interface Piece {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** Extra facts of an emitted line. */
export type WireExtras = Partial<
  Pick<WireLine, "channel" | "time" | "wireEnd" | "tls" | "masked" | "segment" | "note">
>;

/** What a reader gets: the text, the state hook, and where to put what it reads. Lines must be emitted in file order. */
export interface ReadContext {
  readonly view: TextView;
  readonly expecting: Expecting;
  /** Emits the columns `from` to `to` of a line as they stand. */
  emit(speaker: Speaker, line: number, from: number, to: number, extras?: WireExtras): void;
  /** Emits content put together from several stretches (wrapped rows, continuation lines), in order, nothing between them. */
  emitPieces(speaker: Speaker, pieces: readonly Piece[], extras?: WireExtras): void;
  /**
   * Emits unescaped content: `text` as on the wire without line end; `columns[k]` is the column of the view's line where
   * character k comes from, with one more entry for the end.
   */
  emitMapped(speaker: Speaker, line: number, text: string, columns: ArrayLike<number>, extras?: WireExtras): void;
  /**
   * Emits content that was put together from several lines and unescaped (hex dumps): `offsets[k]` is the source offset of
   * character k of `text`, with one more entry for the end. `line` is where it begins.
   */
  emitOffsets(speaker: Speaker, line: number, text: string, offsets: ArrayLike<number>, extras?: WireExtras): void;
  /** Emits a tool line that spans the whole source line. */
  tool(line: number, note?: ToolNote, extras?: WireExtras): void;
  delivery(delivery: Delivery): void;
  /** Changes what this file shows, where it differs from the dialect's usual (an option of the tool). */
  traits(patch: Partial<DialectTraits>): void;
}

/** The first lines of a view, for detection: at most some hundred lines, each cut to a sensible length. */
export interface Sample {
  readonly lines: readonly string[];
  /** Share of sampled lines (0..1) that match; empty lines are not counted. */
  share(pattern: RegExp): number;
  /** How many sampled lines match. */
  count(pattern: RegExp): number;
  /** How many empty lines stand between the sampled ones. */
  readonly blanks: number;
  /** Share of sampled lines (0..1) that end in CR LF in the file. */
  readonly crlf: number;
  /** Share of sampled lines (0..1) that end in a lone CR: a terminal adds one to each CR LF of the server. */
  readonly cr: number;
}

/**
 * One form in which a tool prints SMTP sessions. Adding one: a file with this object, a fixture, a line in `index.ts`.
 */
export interface Dialect {
  /** Stable id in kebab-case, as used by `--dialect` and the setting. */
  readonly id: string;
  /** What a person calls it. */
  readonly title: string;
  /** Program and version it was seen with ("swaks 20201014.0"), or the document that describes it. */
  readonly seenWith: string;
  readonly traits: DialectTraits;
  /**
   * True where a few sessions of a file read by themselves as they do in the whole file, so that an edit need not read all of
   * it again: the reader keeps nothing from one session to the next and looks no further than the next reply.
   */
  readonly inParts?: true;
  /** How surely the sample is this dialect: 0 not at all, 1 beyond doubt. Looks at content, never at a file name. */
  detect(sample: Sample): number;
  /** Reads the whole view; must not throw on any input. */
  read(context: ReadContext): void;
}
