import { exampleSession } from "./lib/example.js";
import type { Rule } from "./types.js";

/** Different enhanced codes in one reply. */
export const enhancedInconsistent: Rule = {
  id: "enhanced-inconsistent",
  severity: "warning",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 2034", section: "4" }],
  topic: "replies",
  fixable: false,
  title: "Different enhanced status codes in one reply",
  messages: {
    default:
      "This line says {enhanced}, the reply began with {first}. All lines of a reply must have the same enhanced code.",
    first: "The reply began with {first}.",
  },
  why: "Clients take the first or the last one: nobody can say what the reason is.",
  fix: "Server: give one code, and put further reasons in the text.",
  wrong: exampleSession(
    ["ENHANCEDSTATUSCODES"],
    "C: MAIL FROM:<alice@example.org>",
    "S: 550-5.1.1 Unknown sender",
    "S: 550 5.7.1 Refused",
  ),
  right: exampleSession(
    ["ENHANCEDSTATUSCODES"],
    "C: MAIL FROM:<alice@example.org>",
    "S: 550-5.7.1 Unknown sender",
    "S: 550 5.7.1 Refused",
  ),
  check(session, context) {
    if (!session.traits.repliesWhole) return;
    for (const reply of session.replies) {
      const { enhanced, lines } = reply;
      if (!enhanced || lines.length < 2 || context.isConsequence(reply)) continue;
      const origin = lines.find((line) => line.enhanced === enhanced);
      const other = lines.find((line) => line.enhanced && line.enhanced.value !== enhanced.value);
      if (!other?.enhanced || !origin || other.code !== reply.code) continue;
      const data = { enhanced: other.enhanced.value, first: enhanced.value };
      context.report({
        at: { wire: other.wire, from: other.enhanced.from, to: other.enhanced.to },
        data,
        related: [{ at: { wire: origin.wire, from: enhanced.from, to: enhanced.to }, message: "first", data }],
      });
    }
  },
};
