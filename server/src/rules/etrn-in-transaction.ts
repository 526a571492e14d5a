import { exampleSession } from "./lib/example.js";
import { commandsWith, relatedReply, severityByOutcome } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** ETRN between MAIL and the end of the message. */
export const etrnInTransaction: Rule = {
  id: "etrn-in-transaction",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 1985", section: "5" }],
  topic: "order",
  title: "ETRN in the middle of a transaction",
  messages: {
    default:
      "ETRN comes after MAIL, where it is not allowed. The server answers 503: send it before MAIL or after the message.",
    mail: "The transaction was opened here.",
    reply: "The server's answer: {code}",
  },
  why: "ETRN asks the server to deliver what waits for a host and must not be given during a transaction (RFC 1985 §5).",
  fix: "Finish the message or send RSET first.",
  wrong: exampleSession(
    ["ETRN"],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: ETRN example.org",
    "S: 503 5.5.1 Error: MAIL transaction in progress",
  ),
  right: exampleSession(["ETRN"], "C: ETRN example.org", "S: 250 2.0.0 Queuing started"),
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const exchange of commandsWith(session, "ETRN")) {
      const mail = exchange.before.transaction?.mail;
      if (!mail || context.isConsequence(exchange)) continue;
      context.report({
        at: { wire: exchange.wire },
        severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "error" }),
        related: [
          ...(mail.wire ? [{ at: { wire: mail.wire }, message: "mail" }] : []),
          ...relatedReply(exchange.reply, "reply"),
        ],
      });
    }
  },
};
