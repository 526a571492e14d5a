import { exampleSession } from "./lib/example.js";
import { parametersUsed } from "./lib/parameters.js";
import { isPositive, relatedReply, severityByOutcome } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** ENVID longer than servers must take. */
export const dsnEnvidLength: Rule = {
  id: "dsn-envid-length",
  severity: "warning",
  party: "client",
  level: "practice",
  references: [{ document: "RFC 3461", section: "4.4" }],
  topic: "parameters",
  title: "The envelope identifier is longer than 100 characters",
  messages: {
    default:
      "ENVID has {count} characters, and a server need not take more than 100. It may refuse the sender: use a shorter identifier.",
    reply: "The server's answer: {code}",
  },
  why: "ENVID comes back in a report so that the sender can find the message; its encoded value may have 100 characters (RFC 3461 §4.4).",
  fix: "Use a short identifier, such as the number of the message in your own database.",
  wrong: exampleSession(
    ["DSN"],
    `C: MAIL FROM:<alice@example.org> ENVID=${"Q".repeat(101)}`,
    "S: 501 5.5.4 Error: Bad ENVID parameter syntax",
  ),
  right: exampleSession(["DSN"], "C: MAIL FROM:<alice@example.org> ENVID=QQ314159", "S: 250 2.1.0 Ok"),
  about: "parameters",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const { exchange, parameter } of parametersUsed(session, context, ["MAIL"], "ENVID")) {
      const count = parameter.value?.length ?? 0;
      if (count <= 100) continue;
      context.report({
        at: { wire: exchange.wire, from: parameter.from, to: parameter.to },
        data: { count },
        severity: isPositive(exchange.reply)
          ? "information"
          : severityByOutcome(exchange.reply, { accepted: "information", refused: "error", unseen: "warning" }),
        related: relatedReply(exchange.reply, "reply"),
      });
    }
  },
};
