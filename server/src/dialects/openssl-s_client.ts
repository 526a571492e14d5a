import type { ReadContext, ToolNote } from "./types.js";
import { nextText, type UnmarkedOptions, unmarkedDialect } from "./unmarked.js";
import { looksLikeCommand, looksLikeServerLine } from "./unmarked-lines.js";

const ERROR = /^[0-9A-F]{8,16}:error:/;
/** Lines that openssl prints while the dialogue goes on. */
const OWN =
  /^(?:---|read R BLOCK|DONE|RENEGOTIATING|KEYUPDATE|closed|depth=\d.*|verify (?:return|error|depth).*|Can't use SSL_get_servername|Connecting to .*|CONNECTED\(.*|read:errno=.*|write:errno=.*|connect:errno=.*|Post-Handshake New Session Ticket arrived:|SSL-Session:|didn't found STARTTLS.*|Didn't find STARTTLS.*|SSL_connect:.*|SSL3 alert .*|(?:read from|write to) 0x.*|[0-9a-f]{4} - .*|(?:<<<|>>>) (?:TLS|SSL|\?\?\?).*| {4}[0-9a-f]{2}(?: [0-9a-f]{2}){0,15} *)$/;
const CIPHER = /^New, ([^,]+), Cipher is (\S+)/;
const LOCAL = /^[RQkK]/;

/**
 * `openssl s_client`, with `-starttls smtp` or on port 465: certificates first, then the dialogue. The greeting, EHLO and
 * STARTTLS of `-starttls` are not printed, but for the last line of that EHLO's reply. Session tickets are printed at any
 * time. A typed line that begins with R or Q is a command to openssl and never reaches the server.
 */
export const opensslSClient = unmarkedDialect(
  {
    id: "openssl-s_client",
    title: "openssl s_client",
    seenWith: "OpenSSL 3.0",
    detect(sample) {
      const own = sample.count(
        /^(?:CONNECTED\([0-9a-fA-F]+\)|verify return:\d|verify error:num=|depth=\d+ |SSL-Session:|New, TLSv\S+, Cipher is|read R BLOCK|Post-Handshake New Session Ticket|SSL handshake has read|[0-9A-F]{8,16}:error:\S+:(?:system library|SSL routines|BIO routines))/,
      );
      return own > 1 ? 0.95 : own === 1 ? 0.7 : 0;
    },
  },
  (context) => new OpensslLines(context),
);

class OpensslLines implements UnmarkedOptions {
  readonly toolInAuth = false;
  /** Inside a block of a session ticket, which runs from `---` to `---`. */
  #ticket = false;
  /** A line of the server was seen in this run. */
  #spoke = false;
  #tls = false;
  #dead = false;
  /** The server said 221. */
  #bye = false;
  #nextServer = -1;
  readonly #hasConnected: boolean;

  constructor(readonly context: ReadContext) {
    this.#hasConnected = context.view.source.text.includes("CONNECTED(");
  }

  isTool(text: string, line: number): boolean {
    if (this.#dead) return true;
    if (this.#ticketLine(text, line)) return true;
    const server = looksLikeServerLine(text);
    if (server) this.#bye = text.startsWith("221");
    if (!this.#spoke) {
      if (!server) return !looksLikeCommand(text);
      this.#spoke = true;
      // The last line of the reply to openssl's own EHLO, sent before the handshake.
      return this.#tls && /^250 /.test(text);
    }
    if (server) return false;
    return this.#ownLine(text, line);
  }

  isToolInData(text: string, line: number): boolean {
    if (this.#dead || this.#ticketLine(text, line) || text === "read R BLOCK") return true;
    // In the text of a message only what cannot be text counts.
    const suspect = /^(?:RENEGOTIATING$|KEYUPDATE$|[RQkK]|(?:<<<|>>>) TLS)/.test(text) || ERROR.test(text);
    return suspect && this.#ownLine(text, line);
  }

  #ownLine(text: string, line: number): boolean {
    if (text === "RENEGOTIATING" && ERROR.test(nextText(this.context, line))) this.#dead = true;
    if (OWN.test(text) || ERROR.test(text)) return true;
    return LOCAL.test(text) && /^(?:RENEGOTIATING|DONE|KEYUPDATE)$/.test(nextText(this.context, line));
  }

  note(text: string, line: number): ToolNote | undefined {
    if (this.#ticket) return undefined;
    if (text.startsWith("CONNECTED(")) {
      this.#spoke = this.#tls = this.#dead = this.#bye = false;
      return { kind: "session-start" };
    }
    if (!this.#hasConnected && this.#bye && text.startsWith("depth=")) {
      // With -quiet the certificates are all that begins another run.
      this.#spoke = this.#tls = this.#dead = this.#bye = false;
      return { kind: "session-start" };
    }
    const cipher = CIPHER.exec(text);
    if (cipher && cipher[2] !== "(NONE)") return this.#tlsStarted(line, cipher[1], cipher[2]);
    const verified = /^Verify return code: (\d+) /.exec(text);
    if (verified) return { kind: "tls-detail", verified: verified[1] === "0" };
    if (!this.#hasConnected && !this.#tls && text.startsWith("verify return:")) return this.#tlsStarted(line);
    if (this.#spoke && (text === "closed" || text.startsWith("read:errno="))) return { kind: "close", by: "server" };
    if (this.#spoke && text === "DONE") return { kind: "close", by: "client" };
    // The server answered in clear: it waits for STARTTLS, or speaks no TLS at all.
    if (!this.#spoke && /:(?:wrong version number|packet length too long):/.test(text))
      return { kind: "tls-failed", text };
    return text.startsWith("connect:errno=") ? { kind: "connect-failed", text } : undefined;
  }

  /** TLS from the start if the greeting is printed; else openssl did STARTTLS by itself. */
  #tlsStarted(line: number, version?: string, cipher?: string): ToolNote {
    this.#tls = true;
    const first = this.#serverLineBehind(line);
    return { kind: "tls-started", implicit: first === undefined ? undefined : !/^250 /.test(first), version, cipher };
  }

  /** The next line that reads as the server's; searched once for all lines before it. */
  #serverLineBehind(line: number): string | undefined {
    const { view } = this.context;
    if (this.#nextServer <= line) {
      let next = line + 1;
      while (next < view.lineCount && !looksLikeServerLine(view.text(next))) next++;
      this.#nextServer = next;
    }
    return this.#nextServer < view.lineCount ? view.text(this.#nextServer) : undefined;
  }

  #ticketLine(text: string, line: number): boolean {
    if (this.#ticket) {
      if (text === "---") this.#ticket = false;
      return true;
    }
    if (text === "---" && nextText(this.context, line).startsWith("Post-Handshake New Session Ticket")) {
      this.#ticket = true;
      return true;
    }
    return false;
  }
}
