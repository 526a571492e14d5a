import { exampleSession } from "./lib/example.js";
import { replyWire } from "./support.js";
import type { Rule } from "./types.js";

const EXEMPT = new Set(["EHLO", "HELO", "LHLO", "STARTTLS", ""]);

/** A reply without the enhanced code that the server promised. */
export const enhancedMissing: Rule = {
  id: "enhanced-missing",
  severity: "hint",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 2034", section: "4" }],
  topic: "replies",
  fixable: false,
  title: "A reply without the enhanced status code that was promised",
  messages: {
    default:
      "The server lists ENHANCEDSTATUSCODES, but {code} has no enhanced code here. A filter or policy service may have written this reply.",
    list: "ENHANCEDSTATUSCODES is listed here.",
  },
  why: "Bounces and reports lack the exact reason then. It often tells that not the server itself, but a filter answered.",
  fix: "Server: let filters and policy services answer with an enhanced code, such as 550 5.7.1.",
  wrong: exampleSession(["ENHANCEDSTATUSCODES"], "C: NOOP", "S: 250 Ok"),
  right: exampleSession(["ENHANCEDSTATUSCODES"], "C: NOOP", "S: 250 2.0.0 Ok"),
  check(session, context) {
    for (const reply of session.replies) {
      const { code, enhanced, exchange } = reply;
      if (enhanced || code === null || !exchange || (code >= 300 && code < 400) || code < 200 || code > 599) continue;
      const listed = exchange.before.extensions?.get("ENHANCEDSTATUSCODES");
      const wire = replyWire(reply);
      if (!listed || !wire || (exchange.kind === "command" && EXEMPT.has(exchange.verb))) continue;
      if (exchange.kind === "greeting" || context.isConsequence(reply)) continue;
      context.report({
        at: { wire },
        data: { code },
        related: [{ at: { wire: listed.line.wire, from: listed.line.textFrom }, message: "list" }],
      });
      // Once a session: the same program writes the others.
      return;
    }
  },
};
