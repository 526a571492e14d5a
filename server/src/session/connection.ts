import type { ToolNote } from "../dialects/types.js";
import type { Exchange, Reply, Session } from "./model.js";
import { verdict } from "./outcome.js";
import type { Progress } from "./progress.js";

/** What `Connection.finish` contributes to a session. */
type ConnectionFacts = Pick<Session, "greeting" | "tls" | "tlsDetail" | "remote" | "closedBy">;

/** Follows the connection under a session: the greeting, TLS, the other side's address, and who ended it. */
export class Connection {
  #greeting: Reply | undefined;
  #tls: "none" | "started" | "implicit" | "refused" = "none";
  #startTlsAnswered = false;
  #offered = false;
  #tlsDetail: Session["tlsDetail"] = null;
  /** The tool said that TLS came about. */
  #tlsSeen = false;
  #remote: Session["remote"] = null;
  #closedBy: Session["closedBy"] = "unknown";
  #quit = false;
  #shutdown: Reply | undefined;

  constructor(readonly progress: Progress) {}

  /** The 421 that ended the connection, wherever it came (RFC 5321 §3.8). */
  get shutdown(): Reply | undefined {
    return this.#shutdown;
  }

  /** The client said QUIT. */
  get quit(): boolean {
    return this.#quit;
  }

  /** The server refused the whole connection: 5yz in place of a greeting (RFC 5321 §3.1). */
  get refused(): boolean {
    return verdict(this.#greeting) === "permanent";
  }

  /** The greeting arrived. */
  greeted(reply: Reply): void {
    this.#greeting = reply;
    this.progress.set({ greeted: true });
    if (reply.code !== 421 && verdict(reply) !== "positive") this.#closedBy = "server";
  }

  /** QUIT left. */
  quitSent(): void {
    this.#quit = true;
    if (this.#closedBy === "unknown") this.#closedBy = "quit";
  }

  /** QUIT was answered. */
  quitAnswered(positive: boolean): void {
    if (positive) this.#closedBy = "quit";
    this.progress.set({ closed: true });
  }

  /** A 421 arrived. */
  shutDown(reply: Reply): void {
    this.#shutdown = reply;
    if (!this.#quit) this.#closedBy = "server";
    this.progress.set({ closed: true });
  }

  /** A reply arrived that nobody asked for. */
  unsolicited(reply: Reply): void {
    if (reply.code === 421) this.shutDown(reply);
    else if (/\btoo many\b.{0,60}\berrors\b/i.test(reply.text)) this.#closedBy = "server";
    else if (reply.code === 221) this.#closedBy = "quit";
    this.progress.set({ greeted: true });
  }

  /** The server offers STARTTLS. */
  tlsOffered(): void {
    this.#offered = true;
  }

  /** STARTTLS was refused. */
  tlsRefused(): void {
    this.#tls = "refused";
  }

  /** STARTTLS was taken: what was negotiated before holds no more (RFC 3207 §4.2). */
  tlsStarted(): void {
    this.#startTlsAnswered = true;
    this.#tls = "started";
    this.progress.set({ tls: true, hello: undefined, extensions: undefined, authenticated: false });
  }

  /** A line is marked as sent under TLS. */
  sawTls(atGreeting: boolean): void {
    if (!this.#startTlsAnswered && this.#tls === "none" && atGreeting) this.#tls = "implicit";
    if (!this.progress.state.tls) this.progress.set({ tls: true });
  }

  /** What a tool says of the connection. */
  note(note: ToolNote, beforeGreeting: boolean): void {
    if (note.kind === "connect") {
      const known = this.#remote;
      this.#remote = {
        host: note.host ?? known?.host ?? null,
        ip: note.ip ?? known?.ip ?? null,
        port: note.port ?? known?.port ?? null,
      };
    } else if (note.kind === "tls-started" || note.kind === "tls-detail") {
      this.#describeTls(note);
      if (note.kind === "tls-started") this.#tlsNoted(note.implicit ?? (beforeGreeting && !this.#startTlsAnswered));
    } else if (note.kind === "tls-failed") {
      if (this.#tls !== "implicit") this.#tls = "refused";
      this.progress.set({ tls: false });
    } else if (note.kind === "close") {
      if (this.#closedBy === "unknown") this.#closedBy = note.by;
      this.progress.set({ closed: true });
    }
  }

  #describeTls(note: { readonly version?: string; readonly cipher?: string; readonly verified?: boolean }): void {
    if (note.version === undefined && note.cipher === undefined && note.verified === undefined) return;
    const known = this.#tlsDetail;
    this.#tlsDetail = {
      version: note.version ?? known?.version ?? null,
      cipher: note.cipher ?? known?.cipher ?? null,
      verified: note.verified ?? known?.verified ?? null,
    };
  }

  #tlsNoted(implicit: boolean): void {
    this.#tlsSeen = true;
    this.#tls = implicit && !this.#startTlsAnswered ? "implicit" : "started";
    if (!this.progress.state.tls) this.progress.set({ tls: true, hello: undefined, extensions: undefined });
  }

  /** Ends the session. */
  finish(exchanges: readonly Exchange[], replies: readonly Reply[]): ConnectionFacts {
    const goodbye = this.#closedBy === "unknown" ? replies.find((reply) => reply.code === 221) : undefined;
    if (goodbye) this.#closedBy = goodbye.exchange && goodbye.exchange.verb !== "QUIT" ? "server" : "quit";
    const last = exchanges.findLast((exchange) => exchange.reply !== undefined);
    // STARTTLS was answered 220, but nothing followed: the handshake did not come about as far as the file shows.
    const stalled = this.#tls === "started" && last?.verb === "STARTTLS" && this.#tlsDetail === null && !this.#tlsSeen;
    return {
      greeting: this.#greeting,
      tls: stalled ? "refused" : this.#tls !== "none" ? this.#tls : this.#offered ? "offered" : "none",
      tlsDetail: this.#tlsDetail,
      remote: this.#remote,
      closedBy: this.#closedBy,
    };
  }
}
