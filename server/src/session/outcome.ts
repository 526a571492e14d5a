import type { Recipient, Reply, Transaction, TransactionOutcome } from "./model.js";

/** What a reply means for the thing it answers, by the first digit of its code. */
export function verdict(reply: Reply | undefined): "positive" | "transient" | "permanent" | "none" {
  const code = reply?.code ?? null;
  if (code === null) return "none";
  if (code >= 500) return "permanent";
  if (code >= 400) return "transient";
  return code >= 200 ? "positive" : "none";
}

/** The outcome of a recipient by the reply to its RCPT, or in LMTP by its reply after the data. */
export function recipientOutcome(reply: Reply | undefined): Recipient["outcome"] {
  switch (verdict(reply)) {
    case "positive":
      return "accepted";
    case "transient":
      return "deferred";
    case "permanent":
      return "rejected";
    default:
      return "unknown";
  }
}

/** How a transaction ended, as far as it is known when it is closed or the session ends. */
export interface Ending {
  /** The client gave it up (RSET, EHLO, QUIT, a new MAIL) though it could have gone on. */
  readonly abandoned: boolean;
  /** A 421 that ended the connection, wherever it came. */
  readonly shutdown: Reply | undefined;
}

/** Decides a transaction (the definitions are those of `inspect`; RFC 5321 §3.3, RFC 2033 §4.2). */
export function decide(
  transaction: Transaction,
  ending: Ending,
): { outcome: TransactionOutcome; reply: Reply | undefined } {
  const { mail, data, recipients } = transaction;
  const opening = verdict(mail.reply);
  if (opening === "permanent") return { outcome: "rejected", reply: mail.reply };
  if (opening === "transient") return { outcome: "deferred", reply: mail.reply };
  const end = data?.end;
  const taken = end?.replies.some((reply) => verdict(reply) === "positive");
  const refused = taken ? undefined : everyRecipientRefused(recipients);
  if (refused) return refused;
  if (data && end) return end.replies.length > 0 ? afterData(transaction) : { outcome: "uncertain", reply: undefined };
  // A 421 inside the data refuses it, unless it only says that the client fell silent.
  const { shutdown } = ending;
  if (shutdown && data && data.lines.length > 0 && !/\btime(?:d ?|-?)out\b/i.test(shutdown.text)) {
    return { outcome: "deferred", reply: shutdown };
  }
  const answered = data ? [data.exchange, ...data.chunks].map((exchange) => exchange.reply).find(isRefusal) : undefined;
  if (answered && !ending.abandoned) {
    return { outcome: verdict(answered) === "permanent" ? "rejected" : "deferred", reply: answered };
  }
  if (ending.abandoned && recipients.every((recipient) => recipient.outcome !== "unknown")) {
    const lone = data && recipients.length === 0 ? answered : undefined;
    return lone
      ? { outcome: verdict(lone) === "permanent" ? "rejected" : "deferred", reply: lone }
      : { outcome: "aborted", reply: undefined };
  }
  return {
    outcome: ending.abandoned ? "aborted" : "incomplete",
    reply: ending.abandoned ? undefined : ending.shutdown,
  };
}

function isRefusal(reply: Reply | undefined): reply is Reply {
  return verdict(reply) === "permanent" || verdict(reply) === "transient";
}

function everyRecipientRefused(
  recipients: readonly Recipient[],
): { outcome: TransactionOutcome; reply: Reply | undefined } | undefined {
  if (recipients.length === 0) return undefined;
  if (!recipients.every((recipient) => recipient.outcome === "rejected" || recipient.outcome === "deferred"))
    return undefined;
  const deferred = recipients.find((recipient) => recipient.outcome === "deferred");
  const decisive = deferred ?? recipients[0];
  return { outcome: deferred ? "deferred" : "rejected", reply: decisive?.reply };
}

function afterData(transaction: Transaction): { outcome: TransactionOutcome; reply: Reply | undefined } {
  const replies = transaction.data?.end?.replies ?? [];
  const accepted = replies.find((reply) => verdict(reply) === "positive");
  if (accepted) {
    const all = transaction.recipients.every(
      (recipient) => recipient.outcome === "accepted" || recipient.outcome === "unknown",
    );
    return { outcome: all ? "accepted" : "partial", reply: accepted };
  }
  const transient = replies.find((reply) => verdict(reply) === "transient");
  const reply = transient ?? replies.find((candidate) => verdict(candidate) === "permanent");
  if (!reply) return { outcome: "uncertain", reply: undefined };
  return { outcome: transient ? "deferred" : "rejected", reply };
}

const QUEUE_IDS = [
  /\bqueued as ([0-9A-Za-z.<>@_-]{4,80})/i,
  /\bid=([0-9A-Za-z.-]{6,80})/i,
  /^(?:Ok:? )?([0-9A-Za-z]{8,20}) Message accepted/i,
  /\bMessage (?:accepted|queued) (?:for delivery )?(?:as|with id) ([0-9A-Za-z.-]{4,80})/i,
  /\bqueued(?: mail)? for delivery.{0,20}\bqueued_as:? ?([0-9A-Za-z.-]{4,80})/i,
  /\bqueue id ([0-9A-Za-z.-]{4,80})/i,
];

/** The queue id that a server names when it takes a message (Postfix "queued as", Exim "id=", sendmail "… Message accepted"). */
export function queueIdIn(text: string): string | null {
  for (const pattern of QUEUE_IDS) {
    const match = pattern.exec(text);
    if (match) return (match[1] as string).replace(/[.>]$/, "");
  }
  return null;
}
