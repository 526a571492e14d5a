import type { Exchange, MailData, Recipient, Reply, Transaction } from "./model.js";
import { decide, queueIdIn, recipientOutcome, verdict } from "./outcome.js";
import type { Progress } from "./progress.js";

/** Follows the mail transactions of a session (RFC 5321 §3.3, §4.1.4): what belongs to which, and how each ended. */
export class Transactions {
  readonly #all: Transaction[] = [];
  /** Recipients by their RCPT: a batch may hold thousands. */
  readonly #recipients = new Map<Exchange, Recipient>();
  /** The transaction of the newest MAIL, as the client sees it before the reply is read. */
  #sending: Transaction | undefined;

  /** @param shutdown the 421 that ended the connection, if there was one by now. */
  constructor(
    readonly progress: Progress,
    readonly shutdown: () => Reply | undefined,
  ) {}

  /** The transaction that a command sent now belongs to. */
  get current(): Transaction | undefined {
    return this.#sending ?? this.progress.state.transaction;
  }

  // ---- what the client sent

  /** MAIL left. */
  sendMail(exchange: Exchange): void {
    const transaction: Transaction = {
      mail: exchange,
      reversePath: pathOf(exchange),
      recipients: [],
      data: undefined,
      outcome: "incomplete",
      decidedBy: undefined,
      queueId: null,
    };
    exchange.transaction = transaction;
    this.#all.push(transaction);
    this.#sending = transaction;
  }

  /** RCPT left. */
  sendRcpt(exchange: Exchange): void {
    const transaction = this.current;
    exchange.transaction = transaction;
    if (!transaction) return;
    const recipient: Recipient = { exchange, forwardPath: pathOf(exchange), outcome: "unknown", reply: undefined };
    transaction.recipients.push(recipient);
    this.#recipients.set(exchange, recipient);
  }

  /** DATA, BDAT or BURL left. */
  sendData(exchange: Exchange): void {
    const transaction = this.current;
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

  /** The message data that lines read now belong to. */
  dataOf(exchanges: readonly Exchange[]): MailData {
    const transaction = this.current;
    if (transaction?.data && !transaction.data.end) return transaction.data;
    const opener = exchanges.findLast((exchange) => exchange.verb === "DATA" || exchange.verb === "BDAT");
    const data = newData(opener ?? (exchanges[exchanges.length - 1] as Exchange));
    if (transaction && !transaction.data) transaction.data = data;
    return data;
  }

  /** The end of the data left (or is implied). */
  dataEnded(exchange: Exchange, data: MailData): void {
    exchange.transaction = data.exchange.transaction ?? this.current;
    this.#sending = undefined;
  }

  // ---- what the server answered

  /** MAIL was answered. */
  mailAnswered(exchange: Exchange, reply: Reply): void {
    const transaction = exchange.transaction as Transaction;
    if (verdict(reply) === "positive") {
      if (this.progress.state.transaction !== transaction) this.close(this.progress.state.transaction, true);
      this.progress.set({ transaction });
    } else if (reply.code === 503) {
      this.#withdraw(transaction);
    } else if (verdict(reply) !== "none") {
      settle(transaction, false, undefined);
    }
    if (this.#sending === transaction) this.#sending = undefined;
  }

  /** MAIL out of order opens nothing: what was sent along with it belongs to the transaction before. */
  #withdraw(transaction: Transaction): void {
    this.#all.splice(this.#all.indexOf(transaction), 1);
    const before = this.progress.state.transaction;
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

  /** RCPT was answered. */
  rcptAnswered(exchange: Exchange, reply: Reply): void {
    const recipient = this.#recipients.get(exchange);
    if (recipient) Object.assign(recipient, { outcome: recipientOutcome(reply), reply });
  }

  /** The end of the data was answered; `more` if further replies to it are due (LMTP). */
  dataAnswered(exchange: Exchange, reply: Reply, more: boolean): void {
    const transaction = exchange.transaction;
    if (!transaction) return;
    if (this.progress.state.lmtp) this.#recipientAnswered(transaction, exchange, reply);
    if (!more) this.close(transaction, false);
    transaction.queueId ??= verdict(reply) === "positive" ? queueIdIn(reply.text) : null;
  }

  /** A further reply came to an end of data that was answered before: what was read as SMTP is LMTP. */
  dataAnsweredAgain(exchange: Exchange, reply: Reply): void {
    const first = exchange.replies[0];
    if (exchange.transaction && first) this.#recipientAnswered(exchange.transaction, exchange, first);
    this.dataAnswered(exchange, reply, false);
  }

  /** LMTP: one reply for each recipient that was accepted before, in order (RFC 2033 §4.2). */
  #recipientAnswered(transaction: Transaction, exchange: Exchange, reply: Reply): void {
    const taken = transaction.recipients.filter((recipient) => verdict(recipient.exchange.reply) === "positive");
    const recipient = taken[exchange.replies.indexOf(reply)];
    if (recipient) Object.assign(recipient, { outcome: recipientOutcome(reply), reply });
  }

  // ---- the end

  /** Ends a transaction and decides it; `abandoned` if the client gave it up (RSET, EHLO, a new MAIL). */
  close(transaction: Transaction | undefined, abandoned: boolean): void {
    if (!transaction) return;
    settle(transaction, abandoned, this.shutdown());
    if (this.progress.state.transaction === transaction) this.progress.set({ transaction: undefined });
    if (this.#sending === transaction) this.#sending = undefined;
  }

  /** MAIL commands that the server never read: sent along with STARTTLS, or to a server that refused the connection. */
  forgetUnanswered(): void {
    const answered = this.#all.filter(({ mail }) => mail.reply !== undefined);
    this.#all.splice(0, this.#all.length, ...answered);
    this.#sending = undefined;
  }

  /** Decides what is still open; `abandoned` if the client ended the session. Gives all transactions. */
  finish(abandoned: boolean, refused: boolean): readonly Transaction[] {
    for (const transaction of this.#all) {
      if (transaction.outcome === "incomplete" && !transaction.decidedBy) this.close(transaction, abandoned);
    }
    if (refused) this.forgetUnanswered();
    return this.#all.filter((transaction) => !isGuess(transaction));
  }
}

function settle(transaction: Transaction, abandoned: boolean, shutdown: Reply | undefined): void {
  const { outcome, reply } = decide(transaction, { abandoned, shutdown });
  Object.assign(transaction, { outcome, decidedBy: reply });
}

function pathOf(exchange: Exchange): string | null {
  return exchange.command?.path?.path?.content ?? exchange.told?.path ?? null;
}

/** A MAIL that was only guessed from a reply and that nothing followed may have been a NOOP as well. */
function isGuess({ mail, recipients, data }: Transaction): boolean {
  return mail.told?.guess === true && recipients.length === 0 && data === undefined;
}

function newData(exchange: Exchange): MailData {
  const kind = exchange.verb === "BDAT" || exchange.verb === "BURL" ? exchange.verb : "DATA";
  return { kind, exchange, chunks: [], lines: [], end: undefined, shown: false, octetsStated: undefined };
}
