import { exampleSession } from "./lib/example.js";
import { parametersUsed, withValue } from "./lib/parameters.js";
import { relatedReply, severityByOutcome } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** NOTIFY=NEVER together with other words. */
export const dsnNotifyNever: Rule = {
  id: "dsn-notify-never",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 3461", section: "4.1" }],
  topic: "parameters",
  title: "NOTIFY=NEVER must stand alone",
  messages: {
    default:
      "NEVER forbids every report, so it must not be combined with other words. The server refuses this or guesses: write NOTIFY=NEVER, or leave NEVER out.",
    reply: "The server's answer: {code}",
    fix: "Keep the other words and drop NEVER",
  },
  why: "NOTIFY says when the sender wants a delivery report; NEVER excludes all others (RFC 3461 §4.1). Servers answer a mixture with 501, and the recipient is not taken.",
  fix: "Decide: NOTIFY=NEVER, or a list of SUCCESS, FAILURE and DELAY.",
  wrong: exampleSession(
    ["DSN"],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com> NOTIFY=NEVER,DELAY",
    "S: 501 5.5.4 Error: Bad NOTIFY parameter syntax",
  ),
  right: exampleSession(
    ["DSN"],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com> NOTIFY=NEVER",
    "S: 250 2.1.5 Ok",
  ),
  about: "parameters",
  fixable: true,
  check(session: Session, context: RuleContext): void {
    for (const used of parametersUsed(session, context, ["RCPT"], "NOTIFY")) {
      const { exchange, parameter } = used;
      const words = (parameter.value ?? "").split(",");
      const others = words.filter((word) => word.toUpperCase() !== "NEVER");
      if (others.length === words.length || words.length === 1) continue;
      const rest = [...new Set(others.filter((word) => word !== ""))].join(",");
      context.report({
        at: { wire: exchange.wire, from: parameter.valueFrom, to: parameter.to },
        severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "error" }),
        related: relatedReply(exchange.reply, "reply"),
        fix: { title: "fix", kind: "structure", edits: withValue(used, rest === "" ? "NEVER" : rest) },
      });
    }
  },
};
