import { envelopeBefore } from "./envelope.js";
import { exampleSession } from "./lib/example.js";
import { helloCommands, isRefusal, relatedReply } from "./support.js";
import type { Exchange, Rule } from "./types.js";

/** EHLO or HELO inside a transaction, and the client goes on as if it were still open. */
export const ehloResetsTransaction: Rule = {
  id: "ehlo-resets-transaction",
  severity: "information",
  party: "client",
  level: "practice",
  references: [{ document: "RFC 5321", section: "4.1.4" }],
  topic: "opening",
  fixable: false,
  title: "EHLO or HELO inside a transaction drops it",
  messages: {
    default:
      "{verb} ends the open transaction like RSET: sender and recipients given so far are gone. Begin again with MAIL.",
    later: "Refused with {code}, since the transaction is gone.",
  },
  why: "A second EHLO starts anew. RCPT or DATA after it are refused, though MAIL was accepted before.",
  fix: "Send EHLO only at the start and after STARTTLS. After it send MAIL and RCPT again.",
  wrong: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: EHLO client.example.org",
    "S: 250 mx.example.com",
    "C: RCPT TO:<bob@example.com>",
    "S: 503 5.5.1 Error: need MAIL command",
  ),
  right: exampleSession([], "C: MAIL FROM:<alice@example.org>", "S: 250 2.1.0 Ok"),
  check(session, context) {
    for (const exchange of helloCommands(session)) {
      if (isRefusal(exchange.reply) || context.isConsequence(exchange)) continue;
      if (!envelopeBefore(session, exchange).mail) continue;
      const next = session.exchanges.find(({ order, kind }) => order > exchange.order && kind === "command");
      if (!next || !goesOn(next)) continue;
      context.report({
        at: { wire: exchange.wire, from: exchange.command.verbFrom, to: exchange.command.verbTo },
        data: { verb: exchange.verb },
        related: relatedReply(next.reply, "later"),
      });
    }
  },
};

function goesOn(next: Exchange): boolean {
  return (next.verb === "RCPT" || next.verb === "DATA" || next.verb === "BDAT") && isRefusal(next.reply);
}
