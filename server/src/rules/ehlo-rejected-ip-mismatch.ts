import { exampleSession } from "./lib/example.js";
import { isRefusal, replyWire } from "./support.js";
import type { Rule } from "./types.js";

/** Mail refused only because the client's name does not match its address. */
export const ehloRejectedIpMismatch: Rule = {
  id: "ehlo-rejected-ip-mismatch",
  severity: "hint",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.1.4" }],
  topic: "opening",
  fixable: false,
  title: "Mail refused because the EHLO name does not match the address",
  messages: {
    default:
      "The server refuses because the EHLO name does not match the client's address. RFC 5321 tells servers not to, but the sender's remedy is a matching name.",
  },
  why: "A server must not refuse mail for this alone, yet many do. The sender can only adapt.",
  fix: "Sender: use the name that the reverse DNS record of the address gives. Server: use it for scoring, not for refusing.",
  wrong: exampleSession([], "C: MAIL FROM:<alice@example.org>", "S: 550 5.7.1 HELO name does not match IP address"),
  right: exampleSession([], "C: MAIL FROM:<alice@example.org>", "S: 250 2.1.0 Ok"),
  check(session, context) {
    for (const reply of session.replies) {
      if (!isRefusal(reply) || context.isConsequence(reply)) continue;
      if (!/\b(?:HELO|EHLO)\b/i.test(reply.text) || !/\b(?:mismatch|not match|doesn't match)\b/i.test(reply.text))
        continue;
      const wire = replyWire(reply);
      if (wire) context.report({ at: { wire } });
    }
  },
};
