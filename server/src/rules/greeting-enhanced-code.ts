import { exampleSession, transcriptOf } from "./lib/example.js";
import { fixIn, isPositive } from "./support.js";
import type { Rule } from "./types.js";

const OPENING = new Set(["EHLO", "HELO", "LHLO"]);

/** An enhanced code in a positive greeting or EHLO reply. */
export const greetingEnhancedCode: Rule = {
  id: "greeting-enhanced-code",
  severity: "hint",
  party: "server",
  level: "practice",
  references: [{ document: "RFC 2034", section: "4" }],
  topic: "opening",
  fixable: true,
  title: "An enhanced status code in a greeting or EHLO reply",
  messages: {
    default: "{enhanced} stands where the server's name is expected. Greetings and EHLO replies have no enhanced code.",
    fix: "Delete {enhanced}",
  },
  why: "The first word of the greeting and of the EHLO reply is the server's name. A client that shows it shows the code.",
  fix: "Take the code out of the server's greeting text.",
  wrong: transcriptOf("S: 220 2.0.0 mx.example.com ESMTP", "C: EHLO client.example.org", "S: 250 mx.example.com"),
  right: exampleSession([]),
  check(session, context) {
    for (const reply of session.replies) {
      const { exchange } = reply;
      if (!isPositive(reply) || !exchange || exchange.inferred) continue;
      if (exchange.kind !== "greeting" && !OPENING.has(exchange.verb)) continue;
      const line = reply.lines[0];
      if (!line?.enhanced) continue;
      const { from, to, value } = line.enhanced;
      const end = line.wire.text[to] === " " ? to + 1 : to;
      context.report({
        at: { wire: line.wire, from, to },
        data: { enhanced: value },
        fix: fixIn(context, line.wire, "fix", [[from, end, ""]], { enhanced: value }),
      });
    }
  },
};
