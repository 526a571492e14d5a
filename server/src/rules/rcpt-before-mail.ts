import { envelopeBefore } from "./envelope.js";
import { exampleSession } from "./lib/example.js";
import { commandsWith, isPositive, isRefusal, relatedReply, replyWire, showsStart } from "./support.js";
import type { Rule } from "./types.js";

/** RCPT without an open mail transaction. */
export const rcptBeforeMail: Rule = {
  id: "rcpt-before-mail",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "3.3" },
    { document: "RFC 5321", section: "4.1.4" },
  ],
  topic: "order",
  fixable: false,
  title: "RCPT without an accepted MAIL before it",
  messages: {
    default: "RCPT is sent, but no MAIL opened a transaction. Send MAIL FROM first.",
    refused: "RCPT is sent although MAIL was refused with {code}, so no transaction is open. Settle the refusal first.",
    accepted: "RCPT is sent without MAIL before it. This server took it, others answer 503: send MAIL FROM first.",
    mail: "This MAIL was refused.",
    reply: "The server's answer: {code}.",
  },
  why: "MAIL opens the transaction and names who gets bounces; recipients can only be added to an open one. Servers answer 503, and the DATA that follows fails too.",
  fix: "Send MAIL FROM, read its reply, and send RCPT only after a 250. After a refusal or RSET begin again with MAIL.",
  elsewhere: "Postfix: “503 5.5.1 Error: need MAIL command”.",
  wrong: exampleSession([], "C: RCPT TO:<bob@example.com>", "S: 503 5.5.1 Error: need MAIL command"),
  right: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 250 2.1.5 Ok",
  ),
  check(session, context) {
    let reported: number | undefined;
    for (const exchange of commandsWith(session, "RCPT")) {
      const envelope = envelopeBefore(session, exchange);
      if (envelope.mail || envelope.inData || !envelope.known || !showsStart(session)) continue;
      if (context.isConsequence(exchange)) continue;
      if (
        !exchange.before.hello &&
        blamedOnHello(
          exchange.reply?.text,
          envelope.refusedMail?.before.hello !== undefined,
          envelope.refusedMail !== undefined,
        )
      )
        continue;
      // Recipients in a row share one cause.
      const cause = envelope.refusedMail?.order ?? -1;
      if (envelope.refusedRecipient && reported === cause) continue;
      reported = cause;
      const { refusedMail } = envelope;
      const accepted = isPositive(exchange.reply);
      const mailWire = refusedMail?.reply && replyWire(refusedMail.reply);
      context.report({
        at: { wire: exchange.wire, from: exchange.command.verbFrom, to: exchange.command.verbTo },
        message: accepted ? "accepted" : refusedMail ? "refused" : "default",
        severity: accepted || !isRefusal(exchange.reply) ? "warning" : "error",
        data: { code: refusedMail?.reply?.code ?? "?" },
        related: [
          ...(mailWire ? [{ at: { wire: mailWire }, message: "mail" }] : []),
          ...relatedReply(exchange.reply, "reply"),
        ],
      });
    }
  },
};

/** Without EHLO the missing greeting is the cause where MAIL already failed for it, or where the reply says so. */
function blamedOnHello(reply: string | undefined, helloBeforeMail: boolean, mailRefused: boolean): boolean {
  return (mailRefused && !helloBeforeMail) || /\b(?:EHLO|HELO|LHLO|hello)\b/i.test(reply ?? "");
}
