import type { DialectTraits, ToolNote } from "../dialects/types.js";
import { Authentication } from "./authentication.js";
import { Connection } from "./connection.js";
import { readExtensions } from "./extensions.js";
import type { AuthAttempt, Exchange, MailData, Reply, Session, State } from "./model.js";
import { verdict } from "./outcome.js";
import { Progress } from "./progress.js";
import { Transactions } from "./transactions.js";

/** What `SessionFacts.finish` contributes to a session. */
type Facts = Pick<
  Session,
  "transactions" | "auth" | "greeting" | "protocol" | "tls" | "tlsDetail" | "remote" | "closedBy" | "end"
>;

/**
 * What follows from the exchanges of a session. Tells each part (transactions, authentication, the connection) what was
 * sent and what was answered; nothing here looks at lines.
 */
export class SessionFacts {
  readonly #progress = new Progress();
  readonly #connection = new Connection(this.#progress);
  readonly #transactions = new Transactions(this.#progress, () => this.#connection.shutdown);
  readonly #auth = new Authentication(this.#progress);
  #protocol: Session["protocol"] = null;

  constructor(readonly traits: DialectTraits) {}

  /** The state after everything that was told so far. */
  get state(): State {
    return this.#progress.state;
  }

  // ---- what the client sent

  /** A command or a SASL response left. */
  sent(exchange: Exchange): void {
    if (exchange.kind === "auth-response") {
      this.#auth.respond(exchange);
      return;
    }
    switch (exchange.verb) {
      case "MAIL":
        this.#transactions.sendMail(exchange);
        break;
      case "RCPT":
        this.#transactions.sendRcpt(exchange);
        break;
      case "DATA":
      case "BDAT":
      case "BURL":
        this.#transactions.sendData(exchange);
        break;
      case "AUTH":
        this.#auth.start(exchange);
        break;
      case "QUIT":
        this.#connection.quitSent();
        break;
      default:
        exchange.transaction = this.#transactions.current;
    }
    if (this.traits.sides === "client") this.#assumeAccepted(exchange);
  }

  /** The server's side is hidden: what the client went on with was taken. */
  #assumeAccepted(exchange: Exchange): void {
    const { verb } = exchange;
    if (verb === "EHLO" || verb === "HELO" || verb === "LHLO") this.#greeted(exchange);
    else if (verb === "STARTTLS") this.#startTls();
    else if (verb === "MAIL") this.#progress.set({ transaction: exchange.transaction });
    else if (verb === "RSET") this.#abandon();
  }

  /** The message data that lines read now belong to. */
  dataOf(exchanges: readonly Exchange[]): MailData {
    return this.#transactions.dataOf(exchanges);
  }

  /** The end of the data left (or is implied). */
  dataEnded(exchange: Exchange, data: MailData): void {
    this.#transactions.dataEnded(exchange, data);
    if (this.traits.sides === "client") this.#transactions.close(exchange.transaction, false);
  }

  /** An AUTH exchange that the dialect does not print. */
  hiddenAuth(exchange: Exchange, mechanism: string | undefined, outcome: AuthAttempt["outcome"] | undefined): void {
    this.#auth.hidden(exchange, mechanism, outcome);
  }

  // ---- what the server answered

  /** A reply arrived for an exchange; `more` if further replies to the same exchange are due (LMTP). */
  answered(exchange: Exchange, reply: Reply, more: boolean): void {
    if (exchange.kind === "greeting") this.#connection.greeted(reply);
    else if (exchange.kind === "end-of-data") this.#transactions.dataAnswered(exchange, reply, more);
    else if (exchange.auth) this.#auth.answered(exchange.auth, exchange, reply);
    else this.#commandAnswered(exchange, reply, more);
    if (reply.code === 421) this.#connection.shutDown(reply);
  }

  /** A further reply to an end of data that was answered before: the session is LMTP (RFC 2033 §4.2). */
  answeredAgain(exchange: Exchange, reply: Reply): void {
    this.#protocol = "LMTP";
    this.#progress.set({ lmtp: true });
    this.#transactions.dataAnsweredAgain(exchange, reply);
  }

  /** A reply nobody asked for. */
  unsolicited(reply: Reply): void {
    this.#connection.unsolicited(reply);
  }

  #commandAnswered(exchange: Exchange, reply: Reply, more: boolean): void {
    const positive = verdict(reply) === "positive";
    switch (exchange.verb) {
      case "EHLO":
      case "LHLO":
      case "HELO":
        if (positive) this.#greeted(exchange, reply);
        break;
      case "MAIL":
        this.#transactions.mailAnswered(exchange, reply);
        break;
      case "RCPT":
        this.#transactions.rcptAnswered(exchange, reply);
        break;
      case "BDAT":
      case "BURL":
        if (exchange.transaction?.data?.end === exchange) this.#transactions.dataAnswered(exchange, reply, more);
        break;
      case "STARTTLS":
        if (reply.code === 220) this.#startTls();
        else this.#connection.tlsRefused();
        break;
      case "RSET":
        if (positive) this.#abandon();
        break;
      case "XCLIENT":
        if (positive) this.#progress.set({ hello: undefined, extensions: undefined, transaction: undefined });
        break;
      case "QUIT":
        this.#connection.quitAnswered(positive);
        break;
      default:
    }
  }

  #greeted(exchange: Exchange, reply?: Reply): void {
    this.#abandon();
    const extensions = exchange.verb === "HELO" || !reply ? undefined : readExtensions(exchange, reply);
    if (extensions?.has("STARTTLS")) this.#connection.tlsOffered();
    const lmtp = exchange.verb === "LHLO";
    this.#protocol = lmtp ? "LMTP" : exchange.verb === "EHLO" ? "ESMTP" : (this.#protocol ?? "SMTP");
    this.#progress.set({ greeted: true, hello: exchange, extensions, lmtp });
  }

  #startTls(): void {
    this.#abandon();
    if (this.traits.order === "wire" && this.traits.sides !== "client") this.#transactions.forgetUnanswered();
    this.#connection.tlsStarted();
  }

  #abandon(): void {
    this.#transactions.close(this.state.transaction, true);
  }

  // ---- notes, the end

  /** A line is marked as sent under TLS. */
  sawTls(atGreeting: boolean): void {
    this.#connection.sawTls(atGreeting);
  }

  /** What a tool says of the connection. */
  note(note: ToolNote, beforeGreeting: boolean): void {
    this.#connection.note(note, beforeGreeting);
  }

  /** Ends the session. */
  finish(exchanges: readonly Exchange[], replies: readonly Reply[]): Facts {
    const connection = this.#connection;
    const transactions = this.#transactions.finish(connection.quit && !connection.shutdown, connection.refused);
    // Only the client is shown, and it said nothing that needs an accepted EHLO.
    const idle = this.traits.sides === "client" && exchanges.every(({ verb }) => /^(?:|EHLO|HELO|QUIT)$/.test(verb));
    return {
      transactions,
      auth: this.#auth.finish(),
      protocol: idle ? null : this.#protocol,
      ...connection.finish(exchanges, replies),
      end: this.state,
    };
  }
}
