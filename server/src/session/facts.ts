import type { DialectTraits, ToolNote } from "../dialects/types.js";
import { readExtensions } from "./extensions.js";
import type { AuthAttempt, Exchange, MailData, Recipient, Reply, Session, State, Transaction } from "./model.js";
import { decide, queueIdIn, recipientOutcome, verdict } from "./outcome.js";
import { userOf } from "./sasl.js";

/** What `SessionFacts.finish` contributes to a session. */
type Facts = Pick<
  Session,
  "transactions" | "auth" | "greeting" | "protocol" | "tls" | "tlsDetail" | "remote" | "closedBy" | "end"
>;

/**
 * What follows from the exchanges of a session: state, transactions, authentication, TLS, the end. The builder tells what
 * was sent and what was answered; nothing here looks at lines.
 */
export class SessionFacts {
  state: State = {
    greeted: false,
    hello: undefined,
    extensions: undefined,
    tls: false,
    authenticated: false,
    transaction: undefined,
    lmtp: false,
    closed: false,
  };
  readonly #transactions: Transaction[] = [];
  readonly #auth: AuthAttempt[] = [];
  /** Recipients by their RCPT: a batch may hold thousands. */
  readonly #recipients = new Map<Exchange, Recipient>();
  /** The transaction of the newest MAIL, as the client sees it before the reply is read. */
  #sending: Transaction | undefined;
  #greeting: Reply | undefined;
  #protocol: Session["protocol"] = null;
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

  constructor(readonly traits: DialectTraits) {}

  // ---- what the client sent

  /** A command or a SASL response left. */
  sent(exchange: Exchange): void {
    if (exchange.kind === "auth-response") {
      const attempt = this.#auth[this.#auth.length - 1];
      exchange.auth = attempt;
      attempt?.responses.push(exchange);
      return;
    }
    switch (exchange.verb) {
      case "MAIL":
        this.#sendMail(exchange);
        break;
      case "RCPT":
        this.#sendRcpt(exchange);
        break;
      case "DATA":
      case "BDAT":
      case "BURL":
        this.#sendData(exchange);
        break;
      case "AUTH":
        this.#startAuth(exchange);
        break;
      case "QUIT":
        this.#quit = true;
        if (this.#closedBy === "unknown") this.#closedBy = "quit";
        break;
      default:
        exchange.transaction = this.#current();
    }
    if (this.traits.sides === "client") this.#assumeAccepted(exchange);
  }

  #current(): Transaction | undefined {
    return this.#sending ?? this.state.transaction;
  }

  #sendMail(exchange: Exchange): void {
    const path = exchange.command?.path?.path;
    const transaction: Transaction = {
      mail: exchange,
      reversePath: path ? path.content : (exchange.told?.path ?? null),
      recipients: [],
      data: undefined,
      outcome: "incomplete",
      decidedBy: undefined,
      queueId: null,
    };
    exchange.transaction = transaction;
    this.#transactions.push(transaction);
    this.#sending = transaction;
  }

  #sendRcpt(exchange: Exchange): void {
    const transaction = this.#current();
    exchange.transaction = transaction;
    const path = exchange.command?.path?.path;
    const recipient: Recipient = {
      exchange,
      forwardPath: path ? path.content : (exchange.told?.path ?? null),
      outcome: "unknown",
      reply: undefined,
    };
    transaction?.recipients.push(recipient);
    if (transaction) this.#recipients.set(exchange, recipient);
  }

  #sendData(exchange: Exchange): void {
    const transaction = this.#current();
    exchange.transaction = transaction;
    if (!transaction) return;
    if (transaction.data && exchange.verb !== "DATA") transaction.data.chunks.push(exchange);
    else transaction.data = newData(exchange);
    const last = exchange.told?.last ?? /\bLAST\b/i.test(exchange.command?.argument ?? "");
    if (exchange.verb !== "DATA" && last) {
      (transaction.data as MailData).end = exchange;
      this.#sending = undefined;
    }
  }

  #startAuth(exchange: Exchange): void {
    const word = exchange.command?.argument.split(/[ \t]/)[0] ?? "";
    const attempt: AuthAttempt = {
      exchange,
      mechanism: word === "" ? null : word.toUpperCase(),
      user: null,
      responses: [],
      outcome: "unknown",
    };
    exchange.auth = attempt;
    this.#auth.push(attempt);
  }

  /** The server's side is hidden: what the client went on with was taken. */
  #assumeAccepted(exchange: Exchange): void {
    const { verb } = exchange;
    if (verb === "EHLO" || verb === "HELO" || verb === "LHLO") this.#greeted(exchange);
    else if (verb === "STARTTLS") this.#startTls();
    else if (verb === "MAIL") this.#set({ transaction: exchange.transaction });
    else if (verb === "RSET") this.#close(this.state.transaction, true);
  }

  // ---- the message

  /** The message data that lines read now belong to. */
  dataOf(exchanges: readonly Exchange[]): MailData {
    const transaction = this.#current();
    if (transaction?.data && !transaction.data.end) return transaction.data;
    const opener = exchanges.findLast((exchange) => exchange.verb === "DATA" || exchange.verb === "BDAT");
    const data = newData(opener ?? (exchanges[exchanges.length - 1] as Exchange));
    if (transaction && !transaction.data) transaction.data = data;
    return data;
  }

  /** The end of the data left (or is implied). */
  dataEnded(exchange: Exchange, data: MailData): void {
    exchange.transaction = data.exchange.transaction ?? this.#current();
    this.#sending = undefined;
    if (this.traits.sides === "client") this.#close(exchange.transaction, false);
  }

  // ---- what the server answered

  /** A reply arrived for an exchange; `more` if further replies to the same exchange are due (LMTP). */
  answered(exchange: Exchange, reply: Reply, more: boolean): void {
    if (exchange.kind === "greeting") {
      this.#greeting = reply;
      this.#set({ greeted: true });
    } else if (exchange.kind === "end-of-data") this.#dataAnswered(exchange, reply, more);
    else if (exchange.auth) this.#authAnswered(exchange.auth, exchange, reply);
    else this.#commandAnswered(exchange, reply, more);
    if (reply.code === 421) this.#shutDown(reply);
    else if (exchange.kind === "greeting" && verdict(reply) !== "positive") this.#closedBy = "server";
  }

  /** A further reply to an end of data that was answered before: the session is LMTP (RFC 2033 §4.2). */
  answeredAgain(exchange: Exchange, reply: Reply): void {
    const transaction = exchange.transaction;
    this.#protocol = "LMTP";
    this.#set({ lmtp: true });
    const first = exchange.replies[0];
    if (transaction && first) this.#recipientAnswered(transaction, exchange, first);
    this.#dataAnswered(exchange, reply, false);
  }

  /** A reply nobody asked for. */
  unsolicited(reply: Reply): void {
    if (reply.code === 421) this.#shutDown(reply);
    else if (/\btoo many\b.{0,60}\berrors\b/i.test(reply.text)) this.#closedBy = "server";
    else if (reply.code === 221) this.#closedBy = "quit";
    this.#set({ greeted: true });
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
        this.#mailAnswered(exchange, reply, positive);
        break;
      case "RCPT": {
        const recipient = this.#recipients.get(exchange);
        if (recipient) Object.assign(recipient, { outcome: recipientOutcome(reply), reply });
        break;
      }
      case "BDAT":
      case "BURL":
        if (exchange.transaction?.data?.end === exchange) this.#dataAnswered(exchange, reply, more);
        break;
      case "STARTTLS":
        if (reply.code === 220) this.#startTls();
        else this.#tls = "refused";
        break;
      case "RSET":
        if (positive) this.#close(this.state.transaction, true);
        break;
      case "XCLIENT":
        if (positive) this.#set({ hello: undefined, extensions: undefined, transaction: undefined });
        break;
      case "QUIT":
        if (positive) this.#closedBy = "quit";
        this.#set({ closed: true });
        break;
      default:
    }
  }

  #greeted(exchange: Exchange, reply?: Reply): void {
    this.#close(this.state.transaction, true);
    const extensions = exchange.verb === "HELO" || !reply ? undefined : readExtensions(exchange, reply);
    if (extensions?.has("STARTTLS")) this.#offered = true;
    const lmtp = exchange.verb === "LHLO";
    this.#protocol = lmtp ? "LMTP" : exchange.verb === "EHLO" ? "ESMTP" : (this.#protocol ?? "SMTP");
    this.#set({ greeted: true, hello: exchange, extensions, lmtp });
  }

  #mailAnswered(exchange: Exchange, reply: Reply, positive: boolean): void {
    const transaction = exchange.transaction as Transaction;
    if (positive) {
      if (this.state.transaction !== transaction) this.#close(this.state.transaction, true);
      this.#set({ transaction });
    } else if (reply.code === 503) {
      this.#withdraw(transaction);
    } else if (verdict(reply) !== "none") {
      Object.assign(transaction, pick(decide(transaction, { abandoned: false, shutdown: undefined })));
    }
    if (this.#sending === transaction) this.#sending = undefined;
  }

  /** MAIL out of order opens nothing: what was sent along with it belongs to the transaction before. */
  #withdraw(transaction: Transaction): void {
    this.#transactions.splice(this.#transactions.indexOf(transaction), 1);
    const before = this.state.transaction;
    transaction.mail.transaction = before;
    for (const recipient of transaction.recipients) {
      recipient.exchange.transaction = before;
      before?.recipients.push(recipient);
    }
    if (transaction.data) {
      transaction.data.exchange.transaction = before;
      if (before && !before.data) before.data = transaction.data;
    }
  }

  #dataAnswered(exchange: Exchange, reply: Reply, more: boolean): void {
    const transaction = exchange.transaction;
    if (!transaction) return;
    if (this.state.lmtp) this.#recipientAnswered(transaction, exchange, reply);
    if (!more) this.#close(transaction, false);
    transaction.queueId ??= verdict(reply) === "positive" ? queueIdIn(reply.text) : null;
  }

  /** LMTP: one reply for each recipient that was accepted before, in order (RFC 2033 §4.2). */
  #recipientAnswered(transaction: Transaction, exchange: Exchange, reply: Reply): void {
    const taken = transaction.recipients.filter((recipient) => verdict(recipient.exchange.reply) === "positive");
    const recipient = taken[exchange.replies.indexOf(reply)];
    if (recipient) Object.assign(recipient, { outcome: recipientOutcome(reply), reply });
  }

  #authAnswered(attempt: AuthAttempt, exchange: Exchange, reply: Reply): void {
    if (reply.code === 334) return;
    if (verdict(reply) === "positive") {
      attempt.outcome = "success";
      this.#set({ authenticated: true });
    } else if (verdict(reply) !== "none") {
      attempt.outcome = exchange.wire?.text.trim() === "*" ? "cancelled" : "failure";
    }
  }

  // ---- TLS, notes, the end

  #startTls(): void {
    this.#startTlsAnswered = true;
    this.#tls = "started";
    this.#close(this.state.transaction, true);
    if (this.traits.order === "wire" && this.traits.sides !== "client") this.#forgetUnanswered();
    this.#set({ tls: true, hello: undefined, extensions: undefined, authenticated: false });
  }

  /** MAIL commands that the server never read: sent along with STARTTLS, or to a server that refused the connection. */
  #forgetUnanswered(): void {
    const answered = this.#transactions.filter(({ mail }) => mail.reply !== undefined);
    this.#transactions.splice(0, this.#transactions.length, ...answered);
    this.#sending = undefined;
  }

  /** A line is marked as sent under TLS. */
  sawTls(atGreeting: boolean): void {
    if (!this.#startTlsAnswered && this.#tls === "none" && atGreeting) this.#tls = "implicit";
    if (!this.state.tls) this.#set({ tls: true });
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
      const known = this.#tlsDetail;
      const tells = note.version !== undefined || note.cipher !== undefined || note.verified !== undefined;
      if (tells)
        this.#tlsDetail = {
          version: note.version ?? known?.version ?? null,
          cipher: note.cipher ?? known?.cipher ?? null,
          verified: note.verified ?? known?.verified ?? null,
        };
      if (note.kind === "tls-started") this.#tlsNoted(note.implicit ?? (beforeGreeting && !this.#startTlsAnswered));
    } else if (note.kind === "tls-failed") {
      if (this.#tls !== "implicit") this.#tls = "refused";
      this.#set({ tls: false });
    } else if (note.kind === "close") {
      if (this.#closedBy === "unknown") this.#closedBy = note.by;
      this.#set({ closed: true });
    }
  }

  #tlsNoted(implicit: boolean): void {
    this.#tlsSeen = true;
    if (this.#startTlsAnswered) this.#tls = "started";
    else this.#tls = implicit ? "implicit" : "started";
    if (!this.state.tls) this.#set({ tls: true, hello: undefined, extensions: undefined });
  }

  /** An AUTH exchange that the dialect does not print. */
  hiddenAuth(
    exchange: Exchange,
    mechanism: string | undefined,
    outcome: "success" | "failure" | "unknown" | undefined,
  ): void {
    const attempt: AuthAttempt = {
      exchange,
      mechanism: mechanism?.toUpperCase() ?? null,
      user: null,
      responses: [],
      outcome: outcome ?? "unknown",
    };
    exchange.auth = attempt;
    this.#auth.push(attempt);
    if (attempt.outcome !== "failure") this.#set({ authenticated: true });
  }

  #shutDown(reply: Reply): void {
    this.#shutdown = reply;
    if (!this.#quit) this.#closedBy = "server";
    this.#set({ closed: true });
  }

  #close(transaction: Transaction | undefined, abandoned: boolean): void {
    if (!transaction) return;
    const { outcome, reply } = decide(transaction, { abandoned, shutdown: this.#shutdown });
    Object.assign(transaction, { outcome, decidedBy: reply });
    if (this.state.transaction === transaction) this.#set({ transaction: undefined });
    if (this.#sending === transaction) this.#sending = undefined;
  }

  #set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
  }

  /** Ends the session. */
  finish(exchanges: readonly Exchange[], replies: readonly Reply[]): Facts {
    for (const transaction of this.#transactions) {
      if (transaction.outcome === "incomplete" && !transaction.decidedBy)
        this.#close(transaction, this.#quit && !this.#shutdown);
    }
    for (const attempt of this.#auth) attempt.user = userOf(attempt);
    if (verdict(this.#greeting) === "permanent") this.#forgetUnanswered();
    const last = exchanges.findLast((exchange) => exchange.reply !== undefined);
    const goodbye = this.#closedBy === "unknown" ? replies.find((reply) => reply.code === 221) : undefined;
    if (goodbye) this.#closedBy = goodbye.exchange && goodbye.exchange.verb !== "QUIT" ? "server" : "quit";
    // Only the client is shown, and it said nothing that needs an accepted EHLO.
    const idle = this.traits.sides === "client" && exchanges.every(({ verb }) => /^(?:|EHLO|HELO|QUIT)$/.test(verb));
    // STARTTLS was answered 220, but nothing followed: the handshake did not come about as far as the file shows.
    const stalled = this.#tls === "started" && last?.verb === "STARTTLS" && this.#tlsDetail === null && !this.#tlsSeen;
    return {
      transactions: this.#transactions.filter((transaction) => !isGuess(transaction)),
      auth: this.#auth,
      greeting: this.#greeting,
      protocol: idle ? null : this.#protocol,
      tls: stalled ? "refused" : this.#tls !== "none" ? this.#tls : this.#offered ? "offered" : "none",
      tlsDetail: this.#tlsDetail,
      remote: this.#remote,
      closedBy: this.#closedBy,
      end: this.state,
    };
  }
}

/** A MAIL that was only guessed from a reply and that nothing followed may have been a NOOP as well. */
function isGuess({ mail, recipients, data }: Transaction): boolean {
  return mail.told?.guess === true && recipients.length === 0 && data === undefined;
}

function newData(exchange: Exchange): MailData {
  const kind = exchange.verb === "BDAT" || exchange.verb === "BURL" ? exchange.verb : "DATA";
  return { kind, exchange, chunks: [], lines: [], end: undefined, shown: false, octetsStated: undefined };
}

function pick(decision: { outcome: Transaction["outcome"]; reply: Reply | undefined }): Partial<Transaction> {
  return { outcome: decision.outcome, decidedBy: decision.reply };
}
