import { exampleSession } from "./lib/example.js";
import { commandsWith, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** STARTTLS between MAIL and the end of the message. */
export const starttlsInTransaction: Rule = {
  id: "starttls-in-transaction",
  severity: "warning",
  party: "client",
  level: "practice",
  references: [
    { document: "RFC 3207", section: "4" },
    { document: "RFC 3207", section: "4.2" },
  ],
  topic: "starttls",
  title: "STARTTLS in the middle of a transaction",
  messages: {
    default:
      "STARTTLS comes after MAIL, and everything said before TLS is void, the sender too. The server refuses it or forgets the sender: send STARTTLS before MAIL.",
    mail: "The transaction that gets lost.",
    reply: "The server's answer: {code}",
  },
  why: "After the handshake both sides begin anew (RFC 3207 §4.2), so a transaction that was open is lost, and its sender and recipients were already sent in clear.",
  fix: "Send STARTTLS right after the first EHLO.",
  wrong: exampleSession(
    ["STARTTLS"],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: STARTTLS",
    "S: 503 5.5.1 STARTTLS not allowed during a transaction",
  ),
  right: exampleSession(
    ["STARTTLS"],
    "C: STARTTLS",
    "S: 220 2.0.0 Ready to start TLS",
    "C: EHLO client.example.org",
    "S: 250 mx.example.com",
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
  ),
  about: "starttls",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const exchange of commandsWith(session, "STARTTLS")) {
      const mail = exchange.before.transaction?.mail;
      if (!mail || exchange.before.tls || context.isConsequence(exchange)) continue;
      context.report({
        at: { wire: exchange.wire },
        related: [
          ...(mail.wire ? [{ at: { wire: mail.wire }, message: "mail" }] : []),
          ...relatedReply(exchange.reply, "reply"),
        ],
      });
    }
  },
};
