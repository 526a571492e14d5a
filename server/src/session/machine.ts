import { lexReplyLine } from "../protocol/reply.js";

/** What a line of the client is, by the state of the session. */
export type ClientLineKind = "command" | "data" | "end-of-data" | "auth-response";

/** Something the client said that still waits for its reply. */
interface Pending {
  readonly verb: string;
  /** Replies still due: one, or in LMTP (and with PRDR) one a recipient after the data. */
  due: number;
  /** The end of the data: how many replies are due is known when the recipients are answered (they may be in its batch). */
  readonly afterData?: boolean;
  answered?: boolean;
}

/** Verbs after which a following line without a reply in between is no message text. */
const VERBS =
  /^(?:EHLO|HELO|LHLO|MAIL|RCPT|DATA|BDAT|BURL|RSET|NOOP|QUIT|VRFY|EXPN|HELP|AUTH|STARTTLS|ETRN|ATRN|TURN|SEND|SOML|SAML|XCLIENT|XFORWARD)(?:[ \t:]|$)/i;

const HELLO = new Set(["EHLO", "HELO", "LHLO"]);
/** Commands whose reply can be 220; XCLIENT is Postfix's. */
const ANSWERED_220 = new Set(["STARTTLS", "XCLIENT"]);

/** True if a client line begins with a verb of SMTP. */
export function startsWithVerb(text: string): boolean {
  return VERBS.test(text.trimStart());
}

/**
 * The state table of SMTP as an observer needs it (RFC 5321 §4.1.4, RFC 4954 §4, RFC 3030 §2, RFC 2033 §4.2): which client
 * line is a command, message text or a SASL response, and which reply answers what. Knows verbs and codes, no addresses.
 * Used by the session's fold and, for transcripts without speaker marks, by the dialects through the `Expecting` hook.
 */
export class Machine {
  /** "data": message lines follow. "auth": a SASL response follows. */
  mode: "greeting" | "command" | "data" | "auth" | "closed" = "greeting";
  readonly pending: Pending[] = [];
  lmtp = false;
  /** Recipients accepted in the open transaction: how many replies LMTP owes after the data. */
  accepted = 0;
  /** Octets of the current BDAT chunk still to come; 0 outside a chunk. */
  chunk = 0;
  /** True while a message is read although DATA is not answered yet (batches, transcripts without the server's side). */
  ahead = false;
  #prdr = false;

  /** Tells what a client line is. Does not change the state. */
  classify(text: string): ClientLineKind {
    if (this.chunk > 0) return "data";
    if (this.mode === "data") return text === "." ? "end-of-data" : "data";
    if (this.mode === "auth") return "auth-response";
    if (this.dataPending() && !startsWithVerb(text)) return text === "." ? "end-of-data" : "data";
    return "command";
  }

  /** Takes a client line that `classify` called a command. */
  command(verb: string, argument: string): void {
    if (verb === "LHLO") this.lmtp = true;
    if (verb === "EHLO" || verb === "HELO") this.lmtp = false;
    if (verb === "MAIL") this.#prdr = / PRDR(?: |$)/i.test(argument);
    if (verb === "BDAT") {
      const size = /^(\d{1,15})([ \t]+LAST)?/i.exec(argument);
      this.chunk = size ? Number(size[1]) : 0;
      this.pending.push({ verb, due: 1, afterData: size?.[2] !== undefined });
      return;
    }
    this.pending.push({ verb, due: 1 });
  }

  /** Takes a line of the message. `octets`: its length on the wire, line end included; only counted inside a BDAT chunk. */
  data(octets: number): void {
    if (this.chunk > 0) this.chunk = Math.max(0, this.chunk - octets);
    else if (this.mode !== "data") {
      this.mode = "data";
      this.ahead = true;
    }
  }

  /** Takes the end of the mail data, shown or implied. */
  endOfData(): void {
    this.mode = "command";
    this.ahead = false;
    this.pending.push({ verb: ".", due: 1, afterData: true });
  }

  /** Takes a SASL response. */
  authResponse(): void {
    this.mode = "command";
    this.pending.push({ verb: "AUTH", due: 1 });
  }

  /** True if this code, as the first reply of all, is the greeting although the client spoke before it. */
  greets(code: number | null): boolean {
    if (this.mode !== "greeting") return false;
    const verb = this.pending[0]?.verb ?? "";
    return code === 220 ? !ANSWERED_220.has(verb) : code === 554 && HELLO.has(verb);
  }

  /**
   * Takes a complete reply and tells which verb it answers: "" for the greeting and for a reply nobody asked for,
   * "." for the end of data.
   */
  reply(code: number | null): string {
    const greets = this.greets(code);
    if (this.mode === "greeting") {
      this.mode = code === 421 ? "closed" : "command";
      if (this.pending.length === 0) return "";
      // The client spoke first: the first reply is still the greeting, unless it cannot be one.
      if (greets) return "";
    }
    const head = this.pending[0];
    if (!head) {
      if (code === 421) this.mode = "closed";
      return "";
    }
    if (head.afterData && !head.answered) {
      head.answered = true;
      head.due = this.#repliesAfterData();
    }
    if (this.#prdr && head.verb === "." && code === 353) head.due = this.accepted + 1;
    else head.due -= 1;
    if (head.due <= 0) this.pending.shift();
    this.#follow(head.verb, code, head.due <= 0);
    return head.verb;
  }

  /**
   * Drops what waits in front of the only verb that a code can answer (354: DATA, 221: QUIT), where a reply is missing
   * before it. Gives how many were dropped.
   */
  resync(code: number | null): number {
    const verb = code === 354 ? "DATA" : code === 221 ? "QUIT" : undefined;
    if (verb === undefined || this.mode === "greeting") return 0;
    const at = this.pending.findIndex((entry) => entry.verb === verb);
    if (at > 0) this.pending.splice(0, at);
    return Math.max(0, at);
  }

  /** Begins again in clear or under TLS: nothing that was negotiated before holds (RFC 3207 §4.2). */
  restart(): void {
    this.mode = "command";
    this.chunk = 0;
    this.ahead = false;
    this.accepted = 0;
  }

  /** True if DATA was sent and is not answered yet. */
  dataPending(): boolean {
    return this.pending.length > 0 && this.pending[this.pending.length - 1]?.verb === "DATA";
  }

  #repliesAfterData(): number {
    return this.lmtp ? Math.max(1, this.accepted) : 1;
  }

  #follow(verb: string, code: number | null, done: boolean): void {
    const positive = code !== null && code >= 200 && code < 300;
    if (code === 421) {
      this.mode = "closed";
      return;
    }
    if (verb === "QUIT" && positive) this.mode = "closed";
    else if (verb === "DATA") this.#dataAnswered(code);
    else if (verb === "AUTH") this.mode = code === 334 ? "auth" : "command";
    else if (verb === "RCPT" && positive) this.accepted++;
    else if (verb === "MAIL" && positive) this.accepted = 0;
    else if (verb === "STARTTLS" && code === 220) this.restart();
    else if ((verb === "." || verb === "RSET" || verb === "EHLO" || verb === "HELO") && positive && done)
      this.accepted = 0;
  }

  #dataAnswered(code: number | null): void {
    if (code === 354) {
      // A batch may already have ended the message (RFC 2920): then the data is behind us.
      const ended = this.pending.some((entry) => entry.verb === ".");
      if (!ended) this.mode = "data";
    } else if (this.ahead) {
      this.mode = "command";
    }
    this.ahead = false;
  }
}

/** Reads a reply line for the machine's sake: its code, and whether more lines of the same reply follow. */
export function replyLineState(text: string): { code: number | null; more: boolean } {
  const parts = lexReplyLine(text);
  return { code: parts.code, more: parts.separator === "-" };
}
