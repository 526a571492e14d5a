import { pathsUsed } from "./lib/address.js";
import { exampleSession } from "./lib/example.js";
import { replyWire } from "./support.js";
import type { Rule } from "./types.js";

/** Postmaster refused. */
export const postmasterRejected: Rule = {
  id: "postmaster-rejected",
  severity: "information",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.5.1" }],
  topic: "replies",
  about: "refusal",
  fixable: false,
  title: "Mail to Postmaster is refused",
  messages: {
    default: "Every server that takes mail must take it for Postmaster. Here it is answered {code}.",
  },
  why: "Postmaster is the address for reporting mail problems. Without it nobody can tell the site what is wrong.",
  fix: "Server: make postmaster an alias of a mailbox that is read, and exempt it from filters.",
  wrong: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<postmaster@example.com>",
    "S: 550 5.1.1 No such user",
  ),
  right: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<postmaster@example.com>",
    "S: 250 2.1.5 Ok",
  ),
  check(session, context) {
    for (const { exchange, path } of pathsUsed(session, context, "RCPT")) {
      const { reply } = exchange;
      if (!/^postmaster$/i.test(path.localPart) || !reply || reply.code === null || reply.code < 550) continue;
      // Domains that are not served here, and refusals of the sender, say nothing about Postmaster.
      if (/relay|not (?:local|hosted|our)|spf|blocked|black|dnsbl|reputation|sender/i.test(reply.text)) continue;
      const wire = replyWire(reply);
      if (wire) context.report({ at: { wire }, data: { code: reply.code } });
    }
  },
};
