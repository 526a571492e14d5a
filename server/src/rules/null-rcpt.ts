import { pathsUsed } from "./lib/address.js";
import { exampleSession } from "./lib/example.js";
import { isPositive, relatedReply } from "./support.js";
import type { Rule } from "./types.js";

/** RCPT TO:<>. */
export const nullRcpt: Rule = {
  id: "null-rcpt",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.1.1.3" }],
  topic: "addresses",
  fixable: false,
  title: "An empty recipient",
  messages: {
    default: "RCPT TO:<> names nobody. Only the sender may be empty; look why the recipient is missing.",
    reply: "The server's answer: {code}.",
  },
  why: "The server refuses it. Often a bounce is being sent to the empty sender of another bounce, which must not happen.",
  fix: "Fill in the recipient. Do not answer messages whose sender is <>.",
  wrong: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<>",
    "S: 501 5.1.3 Bad recipient address syntax",
  ),
  right: exampleSession([], "C: MAIL FROM:<>", "S: 250 2.1.0 Ok", "C: RCPT TO:<bob@example.com>", "S: 250 2.1.5 Ok"),
  check(session, context) {
    for (const { exchange, path } of pathsUsed(session, context, "RCPT")) {
      if (path.content !== "" || !path.opened || !path.closed) continue;
      context.report({
        at: { wire: exchange.wire, from: path.from, to: path.to },
        severity: isPositive(exchange.reply) ? "warning" : "error",
        related: relatedReply(exchange.reply, "reply"),
      });
    }
  },
};
