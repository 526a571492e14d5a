import type { Transaction } from "../session/model.js";
import type { Locale } from "./types.js";
import { say } from "./words.js";

/**
 * The outcome of a transaction in words: "2 of 3 recipients accepted, queued as 4F2A". Plain text.
 * @param quote how the queue id is shown: it is the server's text, where markdown is written it must be a code span
 */
export function outcomeInWords(
  locale: Locale,
  transaction: Transaction,
  quote: (id: string) => string = (id) => id,
): string {
  const total = transaction.recipients.length;
  const accepted = transaction.recipients.filter((recipient) => recipient.outcome === "accepted").length;
  const code = transaction.decidedBy?.code;
  const outcome = say(locale, `outcome.${transaction.outcome}`);
  const parts = [code === undefined || code === null ? outcome : say(locale, "outcome.withCode", { outcome, code })];
  if (total > 0 && transaction.outcome !== "uncertain")
    parts.push(say(locale, "outcome.recipients", { accepted, total }));
  if (transaction.queueId !== null) parts.push(say(locale, "outcome.queued", { id: quote(transaction.queueId) }));
  return parts.join(say(locale, "list.separator"));
}
