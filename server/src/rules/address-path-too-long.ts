import { octetLength } from "../text/octets.js";
import { pathsUsed } from "./lib/address.js";
import { exampleSession } from "./lib/example.js";
import { relatedReply, severityByOutcome } from "./support.js";
import type { Rule } from "./types.js";

/** Octets of a path with its brackets (RFC 5321 §4.5.3.1.3). */
const LIMIT = 256;

/** A path over the limit. */
export const addressPathTooLong: Rule = {
  id: "address-path-too-long",
  severity: "warning",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.5.3.1.3" }],
  topic: "addresses",
  fixable: false,
  title: "A path over 256 octets",
  messages: {
    default: "The path has {length} octets with its brackets, {limit} are allowed. Servers may refuse it.",
    reply: "The server's answer: {code}.",
  },
  why: "Servers need not keep longer paths; they answer 501 or 553.",
  fix: "Use a shorter address, and no source route.",
  wrong: exampleSession(
    [],
    `C: MAIL FROM:<alice@${"a".repeat(60)}.${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.example>`,
    "S: 501 5.1.7 Path too long",
  ),
  right: exampleSession([], "C: MAIL FROM:<alice@example.org>", "S: 250 2.1.0 Ok"),
  check(session, context) {
    for (const { exchange, path } of pathsUsed(session, context)) {
      const length = octetLength(path.content) + 2;
      if (length <= LIMIT) continue;
      context.report({
        at: { wire: exchange.wire, from: path.from, to: path.to },
        severity: severityByOutcome(exchange.reply, { accepted: "information", refused: "error", unseen: "warning" }),
        data: { length, limit: LIMIT },
        related: relatedReply(exchange.reply, "reply"),
      });
    }
  },
};
