import { attemptsOf } from "./lib/auth.js";
import { exampleSession } from "./lib/example.js";
import { relatedReply, severityByOutcome } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** AUTH between MAIL and the end of the message. */
export const authInTransaction: Rule = {
  id: "auth-in-transaction",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 4954", section: "4" }],
  topic: "auth",
  title: "AUTH in the middle of a transaction",
  messages: {
    default:
      "AUTH comes after MAIL, where it is not allowed. The server answers 503: log in before MAIL, or send RSET first.",
    mail: "The transaction was opened here.",
    reply: "The server's answer: {code}",
  },
  why: "AUTH is not permitted during a mail transaction (RFC 4954 §4): the server has judged the sender as somebody who is not logged in.",
  fix: "Send AUTH right after EHLO (under TLS).",
  wrong: exampleSession(
    ["AUTH PLAIN"],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: AUTH PLAIN ****",
    "S: 503 5.5.1 Error: MAIL transaction in progress",
  ),
  right: exampleSession(
    ["AUTH PLAIN"],
    "C: AUTH PLAIN ****",
    "S: 235 2.7.0 Authentication successful",
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
  ),
  about: "auth",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const { exchange } of attemptsOf(session, context)) {
      const mail = exchange.before.transaction?.mail;
      if (!exchange.wire || !mail || exchange.before.authenticated) continue;
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
