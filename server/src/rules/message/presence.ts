import { formatDate } from "../../message/date.js";
import type { Fix } from "../types.js";
import { messageRule, rfc, sample } from "./support.js";
import type { MessageContext } from "./types.js";

/** Fields that have to be there. */

const GOOD = sample("");
const without = (name: string): string =>
  GOOD.split("\n")
    .filter((line) => !line.startsWith(`${name}:`))
    .join("\n");

/** First characters of the header section: where a field is missing, this is the place to show. */
function top(context: MessageContext): { start: number; end: number } {
  const field = context.fields[0];
  if (field !== undefined) return field.nameSpan;
  const at = context.lines.count === 0 ? 0 : context.lines.offset(0, 0);
  return { start: at, end: at };
}

/** A fix that adds a field behind the last field of the header section. */
function addField(context: MessageContext, text: string): Fix | undefined {
  const last = context.fields[context.fields.length - 1];
  if (last === undefined) return undefined;
  const at = last.span.end;
  return { title: "fix", kind: "structure", edits: [{ start: at, end: at, text: `${context.eol}${text}` }] };
}

/** A header section that could not be read is one mistake, not five. */
function readable(context: MessageContext): boolean {
  return context.fields.length > 1;
}

export const hdrMissingFrom = messageRule({
  id: "hdr-missing-from",
  severity: "error",
  references: [rfc(5322, "3.6"), rfc(7103, "7.5.2")],
  title: "No From field",
  messages: { default: "There is no From field. Large receivers refuse such mail; add who wrote it." },
  why: "From is one of the two fields every message must have. Gmail and Exchange refuse mail without it, and DMARC cannot be checked.",
  fix: "Add From with the author's address.",
  elsewhere: "Exchange 5.7.512",
  wrong: without("From"),
  right: GOOD,
  check(context) {
    if (readable(context) && context.first("from") === undefined) context.report({ at: top(context) });
  },
});

export const hdrMissingDate = messageRule({
  id: "hdr-missing-date",
  severity: "warning",
  outbound: "error",
  references: [rfc(5322, "3.6.1")],
  title: "No Date field",
  messages: {
    default: "There is no Date field. Readers sort this message by guesswork and spam filters count it; add it.",
    fix: "Add Date from the time the message was received",
  },
  why: "Date is one of the two fields every message must have. Without it readers show the time of arrival, or 1970.",
  fix: "Let the program that makes the message write Date. A submission server may add it (RFC 6409 §8).",
  elsewhere: "SpamAssassin MISSING_DATE",
  wrong: `Received: from a.example by b.example; Mon, 23 Nov 2026 10:00:01 +0000\n${without("Date")}`,
  right: GOOD,
  fixable: true,
  check(context) {
    if (!readable(context) || context.first("date") !== undefined) return;
    const oldest = context.route[context.route.length - 1]?.time;
    const fix = oldest === undefined ? undefined : addField(context, `Date: ${formatDate(oldest)}`);
    context.report({ at: top(context), fix });
  },
});

export const hdrMissingMessageId = messageRule({
  id: "hdr-missing-message-id",
  severity: "information",
  outbound: "warning",
  level: "SHOULD",
  references: [rfc(5322, "3.6.4")],
  title: "No Message-ID field",
  messages: {
    default: "There is no Message-ID. Replies cannot be threaded and duplicates not be found; let the sender add one.",
  },
  why: "Message-ID should be in every message. Some receivers refuse mail without a valid one.",
  fix: "Add a Message-ID that is unique in the world: `<random@your-domain>`.",
  elsewhere: "SpamAssassin MISSING_MID",
  wrong: without("Message-ID"),
  right: GOOD,
  check(context) {
    if (readable(context) && context.first("message-id") === undefined)
      context.report({ at: top(context), severity: context.notice ? "hint" : undefined });
  },
});

export const hdrMissingSubject = messageRule({
  id: "hdr-missing-subject",
  severity: "hint",
  outbound: "information",
  level: "practice",
  references: [rfc(5322, "3.6.5")],
  title: "No Subject field",
  messages: { default: "There is no Subject. It is allowed, but people and filters expect one." },
  why: "Subject is optional. Mail without it is read less and filtered more.",
  fix: "Add a Subject.",
  elsewhere: "SpamAssassin MISSING_SUBJECT",
  wrong: without("Subject"),
  right: GOOD,
  check(context) {
    if (readable(context) && context.first("subject") === undefined) context.report({ at: top(context) });
  },
});

export const hdrMissingTo = messageRule({
  id: "hdr-missing-to",
  severity: "hint",
  outbound: "information",
  level: "practice",
  references: [rfc(5322, "3.6.3")],
  title: "No To, Cc or Bcc field",
  messages: {
    default: "No field names a recipient. It is allowed; `To: undisclosed-recipients:;` says it openly.",
    fix: "Add `To: undisclosed-recipients:;`",
  },
  why: "A message may go without destination fields, but filters count it against the sender.",
  fix: "Add To, or an empty group such as `undisclosed-recipients:;`.",
  elsewhere: "SpamAssassin MISSING_HEADERS",
  wrong: without("To"),
  right: GOOD,
  fixable: true,
  check(context) {
    const named = ["to", "cc", "bcc", "resent-to"].some((key) => context.first(key) !== undefined);
    if (readable(context) && !named)
      context.report({ at: top(context), fix: addField(context, "To: undisclosed-recipients:;") });
  },
});

export const presence = [hdrMissingFrom, hdrMissingDate, hdrMissingMessageId, hdrMissingSubject, hdrMissingTo];
