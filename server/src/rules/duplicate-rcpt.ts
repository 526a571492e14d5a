import { exampleSession } from "./lib/example.js";
import { isPositive, isShownCommand, type ShownCommand } from "./support.js";
import type { Rule } from "./types.js";

/** The same recipient twice. */
export const duplicateRcpt: Rule = {
  id: "duplicate-rcpt",
  severity: "hint",
  party: "client",
  level: "practice",
  references: [{ document: "RFC 5321", section: "4.1.1.3" }],
  topic: "order",
  fixable: false,
  title: "The same recipient twice in one transaction",
  messages: {
    default: "This recipient was given before in the same transaction. Most servers deliver once, some twice.",
    first: "First given here.",
  },
  why: "Whether the recipient gets one or two copies depends on the server.",
  fix: "Take duplicates out of the list of recipients before sending.",
  wrong: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 250 2.1.5 Ok",
    "C: RCPT TO:<bob@EXAMPLE.com>",
    "S: 250 2.1.5 Ok",
  ),
  right: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 250 2.1.5 Ok",
  ),
  check(session, context) {
    for (const { recipients } of session.transactions) {
      if (recipients.length < 2) continue;
      const seen = new Map<string, ShownCommand>();
      for (const { exchange, forwardPath } of recipients) {
        if (!isShownCommand(exchange) || !forwardPath || !isPositive(exchange.reply)) continue;
        const at = forwardPath.lastIndexOf("@");
        const key = forwardPath.slice(0, at) + forwardPath.slice(at).toLowerCase();
        const first = seen.get(key);
        if (!first) seen.set(key, exchange);
        else if (!context.isConsequence(exchange)) {
          context.report({ at: { wire: exchange.wire }, related: [{ at: { wire: first.wire }, message: "first" }] });
        }
      }
    }
  },
};
