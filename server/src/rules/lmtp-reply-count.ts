import { transcriptOf } from "./lib/example.js";
import { isPositive, replyWire } from "./support.js";
import type { Exchange, Related, Rule, Session } from "./types.js";

const OPENING = [
  "S: 220 lmtp.example.com LMTP",
  "C: LHLO client.example.org",
  "S: 250 lmtp.example.com",
  "C: MAIL FROM:<alice@example.org>",
  "S: 250 2.1.0 Ok",
  "C: RCPT TO:<bob@example.com>",
  "S: 250 2.1.5 Ok",
  "C: RCPT TO:<carol@example.com>",
  "S: 250 2.1.5 Ok",
  "C: DATA",
  "S: 354 Go ahead",
  "C: Subject: Hello",
  "C: ",
  "C: Hello",
  "C: .",
];

/** In LMTP each accepted recipient gets a reply after the data. */
export const lmtpReplyCount: Rule = {
  id: "lmtp-reply-count",
  severity: "error",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 2033", section: "4.2" }],
  topic: "lmtp",
  fixable: false,
  title: "LMTP: the number of replies after the data is wrong",
  messages: {
    default:
      "{expected} recipients were accepted, but {seen} replies follow the data. LMTP wants one for each recipient, in order.",
    shifted: "This is read as a reply to {verb}, but may be meant for a recipient.",
  },
  why: "Each recipient is delivered or refused on its own. With a wrong count a failure is booked on the wrong person, and all later replies are shifted.",
  fix: "Server: send one reply for each accepted RCPT after the final dot. Client: read that many replies before the next command.",
  wrong: transcriptOf(...OPENING, "S: 250 2.1.5 <bob@example.com> Ok", "C: QUIT", "S: 221 2.0.0 Bye"),
  right: transcriptOf(
    ...OPENING,
    "S: 250 2.1.5 <bob@example.com> Ok",
    "S: 250 2.1.5 <carol@example.com> Ok",
    "C: QUIT",
    "S: 221 2.0.0 Bye",
  ),
  check(session, context) {
    if (session.protocol !== "LMTP" || !session.traits.repliesWhole) return;
    for (const transaction of session.transactions) {
      const end = transaction.data?.end;
      if (!end || end.replies.length === 0 || context.isConsequence(end)) continue;
      const expected = transaction.recipients.filter(({ exchange }) => isPositive(exchange.reply)).length;
      const seen = end.replies.length;
      if (expected === 0 || seen >= expected || !goesOn(session, end)) continue;
      const wire = end.replies[0] && replyWire(end.replies[0]);
      if (wire) context.report({ at: { wire }, data: { expected, seen }, related: shifted(session, end) });
    }
  },
};

/** A file that ends behind the first reply was cut. */
function goesOn(session: Session, end: Exchange): boolean {
  return session.exchanges.some((exchange) => exchange.order > end.order && exchange.kind === "command");
}

function shifted(session: Session, end: Exchange): Related[] {
  const next = session.exchanges.find((exchange) => exchange.order > end.order && exchange.reply);
  const wire = next?.reply && replyWire(next.reply);
  return wire && next ? [{ at: { wire }, message: "shifted", data: { verb: next.verb } }] : [];
}
