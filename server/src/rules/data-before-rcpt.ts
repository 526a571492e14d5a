import { type Envelope, envelopeBefore } from "./envelope.js";
import { exampleSession } from "./lib/example.js";
import { commandsWith, isPositive, isRefusal, relatedReply, type ShownCommand, showsStart } from "./support.js";
import type { Rule, Severity } from "./types.js";

/** DATA without a recipient. */
export const dataBeforeRcpt: Rule = {
  id: "data-before-rcpt",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "3.3" },
    { document: "RFC 5321", section: "4.1.4" },
  ],
  topic: "order",
  fixable: false,
  title: "DATA without an accepted RCPT before it",
  messages: {
    default: "{verb} is sent, but no recipient was named. Send RCPT TO first.",
    noMail: "{verb} is sent, but no transaction is open. Send MAIL FROM and RCPT TO first.",
    allRefused:
      "{verb} is sent although every recipient was refused. Give up this transaction with RSET or QUIT instead.",
    accepted: "{verb} is sent without a recipient. The server takes the message, but it has nobody to deliver it to.",
    recipient: "The last recipient was refused here.",
    reply: "The server's answer: {code}.",
  },
  why: "A message without an accepted recipient goes nowhere: the server answers 503 or 554, or takes a message that it cannot deliver.",
  fix: "Send RCPT TO for each recipient and read the replies; send DATA only if at least one was 250 or 251. A client that pipelines DATA behind RCPT is right, it ends the data with a lone dot if it gets 354 anyway.",
  elsewhere: "Postfix: “503 5.5.1 Error: need RCPT command”, “554 5.5.1 Error: no valid recipients”.",
  wrong: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: DATA",
    "S: 503 5.5.1 Error: need RCPT command",
  ),
  right: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 250 2.1.5 Ok",
  ),
  check(session, context) {
    for (const exchange of commandsWith(session, "DATA")) {
      const envelope = envelopeBefore(session, exchange);
      if (!envelope.known || !showsStart(session) || envelope.inData) continue;
      if (envelope.mail && envelope.accepted + envelope.open > 0) continue;
      if (!envelope.mail && envelope.open > 0) continue;
      // A 354 to DATA behind refused recipients is the server's mistake: data-354-no-rcpt.
      if (isPositive(exchange.reply) && envelope.mail && envelope.refused > 0) continue;
      if (context.isConsequence(exchange) || isBlamedEarlier(exchange, envelope)) continue;
      const { message, severity } = judge(exchange, envelope);
      context.report({
        at: { wire: exchange.wire, from: exchange.command.verbFrom, to: exchange.command.verbTo },
        message,
        severity,
        data: { verb: exchange.verb },
        related: [
          ...relatedReply(envelope.refusedRecipient?.reply, "recipient"),
          ...relatedReply(exchange.reply, "reply"),
        ],
      });
    }
  },
};

/** Without EHLO everything fails, and that is said once. */
function isBlamedEarlier(exchange: ShownCommand, envelope: Envelope): boolean {
  if (exchange.before.hello) return false;
  return envelope.refusedMail !== undefined || /\b(?:EHLO|HELO|LHLO)\b/i.test(exchange.reply?.text ?? "");
}

function judge(exchange: ShownCommand, envelope: Envelope): { message: string; severity: Severity } {
  if (isPositive(exchange.reply)) return { message: "accepted", severity: "warning" };
  // Going on behind refusals is idle, but nothing is lost: the refusals are the news.
  if (envelope.mail && envelope.refused > 0) return { message: "allRefused", severity: "information" };
  const severity = isRefusal(exchange.reply) ? "error" : "warning";
  return { message: envelope.mail ? "default" : "noMail", severity };
}
