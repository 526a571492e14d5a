import { octetLength } from "../text/octets.js";
import { pathsUsed } from "./lib/address.js";
import { exampleSession } from "./lib/example.js";
import { relatedReply, severityByOutcome } from "./support.js";
import type { Rule } from "./types.js";

/** Octets of a local part (RFC 5321 §4.5.3.1.1). */
const LIMIT = 64;

/** A local part over the limit. */
export const addressLocalTooLong: Rule = {
  id: "address-local-too-long",
  severity: "information",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.5.3.1.1" }],
  topic: "addresses",
  fixable: false,
  title: "The part before “@” is over 64 octets",
  messages: {
    default:
      "The part before “@” has {length} octets; only {limit} are sure to be accepted. Bounce addresses often exceed this, and most servers take them.",
    reply: "The server's answer: {code}.",
  },
  why: "A server may refuse what is longer. Generated bounce addresses (VERP, SRS, BATV) come close or exceed it.",
  fix: "Shorten generated addresses if a receiver refuses them.",
  wrong: exampleSession([], `C: MAIL FROM:<${"a".repeat(65)}@example.org>`, "S: 501 5.1.7 Bad sender address syntax"),
  right: exampleSession([], `C: MAIL FROM:<${"a".repeat(64)}@example.org>`, "S: 250 2.1.0 Ok"),
  check(session, context) {
    for (const { exchange, path } of pathsUsed(session, context)) {
      const length = octetLength(path.localPart);
      if (length <= LIMIT || path.domain === null) continue;
      const { mailboxFrom: from } = path;
      context.report({
        at: { wire: exchange.wire, from, to: from + path.localPart.length },
        severity: severityByOutcome(exchange.reply, { accepted: "hint", refused: "warning", unseen: "information" }),
        data: { length, limit: LIMIT },
        related: relatedReply(exchange.reply, "reply"),
      });
    }
  },
};
