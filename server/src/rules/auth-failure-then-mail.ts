import { attemptsOf, authReply } from "./lib/auth.js";
import { exampleSession } from "./lib/example.js";
import { commandsWith, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** The client goes on without being logged in. */
export const authFailureThenMail: Rule = {
  id: "auth-failure-then-mail",
  severity: "information",
  party: "client",
  level: "practice",
  references: [{ document: "RFC 4954", section: "4" }],
  topic: "auth",
  title: "MAIL after a failed login",
  messages: {
    default:
      "The login failed, and the client sends mail all the same. Submission servers refuse it later (530 or 554 relay access denied), and the failed login is the cause.",
    failed: "The login failed: {code}",
    reply: "The server's answer: {code}",
  },
  why: "A client may go on without a login (RFC 4954 §4), but what the server allows then is another matter; the error that is seen in the end hides the wrong password.",
  fix: "Stop after a failed login and show that error.",
  wrong: exampleSession(
    ["AUTH PLAIN"],
    "C: AUTH PLAIN ****",
    "S: 535 5.7.8 Error: authentication failed",
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
  ),
  right: exampleSession(["AUTH PLAIN"], "C: AUTH PLAIN ****", "S: 535 5.7.8 Error: authentication failed"),
  about: "auth",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    const failed = attemptsOf(session, context).find(({ outcome }) => outcome === "failure");
    if (!failed) return;
    const mail = commandsWith(session, "MAIL").find(({ order }) => order > failed.exchange.order);
    if (!mail || mail.before.authenticated || context.isConsequence(mail)) return;
    context.report({
      at: { wire: mail.wire },
      related: [...relatedReply(authReply(failed), "failed"), ...relatedReply(mail.reply, "reply")],
    });
  },
};
