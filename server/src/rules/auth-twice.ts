import { attemptsOf } from "./lib/auth.js";
import { exampleSession } from "./lib/example.js";
import { isPositive, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** AUTH after a successful AUTH. */
export const authTwice: Rule = {
  id: "auth-twice",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 4954", section: "4" }],
  topic: "auth",
  title: "AUTH after a successful login",
  messages: {
    default:
      "This session is logged in already, and AUTH may succeed only once. The server answers 503: open a new connection to log in as somebody else.",
    first: "Logged in here: {code}",
    reply: "The server's answer: {code}",
  },
  why: "After an AUTH that succeeded no other AUTH may be given in the same session (RFC 4954 §4); the server must refuse it with 503.",
  fix: "Log in once a connection. To change the user, send QUIT and connect again.",
  elsewhere: "Postfix: already authenticated",
  wrong: exampleSession(
    ["AUTH PLAIN"],
    "C: AUTH PLAIN ****",
    "S: 235 2.7.0 Authentication successful",
    "C: AUTH PLAIN ****",
    "S: 503 5.5.1 Error: already authenticated",
  ),
  right: exampleSession(["AUTH PLAIN"], "C: AUTH PLAIN ****", "S: 235 2.7.0 Authentication successful"),
  about: "auth",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const attempt of attemptsOf(session, context)) {
      const { exchange } = attempt;
      if (!exchange.wire || !exchange.before.authenticated) continue;
      const before = session.auth.find((other) => other.outcome === "success" && other.exchange.order < exchange.order);
      const success = before && (before.responses[before.responses.length - 1] ?? before.exchange).reply;
      context.report({
        at: { wire: exchange.wire },
        severity: isPositive(exchange.reply) ? "warning" : "error",
        related: [...relatedReply(success, "first"), ...relatedReply(exchange.reply, "reply")],
      });
    }
  },
};
