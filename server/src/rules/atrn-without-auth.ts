import { exampleSession } from "./lib/example.js";
import { commandsWith, isRefusal, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** ATRN before a login. */
export const atrnWithoutAuth: Rule = {
  id: "atrn-without-auth",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 2645", section: "5.2.1" }],
  topic: "order",
  title: "ATRN before AUTH",
  messages: {
    default:
      "ATRN hands over a domain's mail, so the client must log in first. The server answers 530: send AUTH, then ATRN.",
    reply: "The server's answer: {code}",
  },
  why: "The server must know that the client may have this mail before it turns the session around (RFC 2645 §5.2.1).",
  fix: "Log in with AUTH before ATRN.",
  wrong: exampleSession(["AUTH CRAM-MD5", "ATRN"], "C: ATRN example.org", "S: 530 5.7.0 Authentication required"),
  right: exampleSession(
    ["AUTH CRAM-MD5", "ATRN"],
    "C: AUTH CRAM-MD5",
    "S: 334 PDEyMzRAbXguZXhhbXBsZS5jb20+",
    "C: ****",
    "S: 235 2.7.0 Authentication successful",
    "C: ATRN example.org",
    "S: 453 You have no mail",
  ),
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const exchange of commandsWith(session, "ATRN")) {
      if (exchange.before.authenticated || context.isConsequence(exchange)) continue;
      // A paste may begin behind the login; only a refusal or a session seen from its start proves it.
      if (!session.greeting && !isRefusal(exchange.reply)) continue;
      context.report({
        at: { wire: exchange.wire },
        severity: isRefusal(exchange.reply) ? "error" : "warning",
        related: relatedReply(exchange.reply, "reply"),
      });
    }
  },
};
