import { exampleSession } from "./lib/example.js";
import { fixIn } from "./support.js";
import type { Rule } from "./types.js";

/** An enhanced code on 334 or 354. */
export const enhancedOn3yz: Rule = {
  id: "enhanced-on-3yz",
  severity: "hint",
  party: "server",
  level: "practice",
  references: [{ document: "RFC 2034", section: "4" }],
  topic: "replies",
  fixable: true,
  title: "An enhanced status code on a 3yz reply",
  messages: {
    default: "{code} asks for more input and has no enhanced code. {enhanced} tells the client nothing.",
    fix: "Delete {enhanced}",
  },
  why: "Enhanced codes have the classes 2, 4 and 5 only. On 334 the text is a challenge, where extra text breaks the login.",
  fix: "Server: answer 354 with a plain text, and 334 with the challenge alone.",
  wrong: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 250 2.1.5 Ok",
    "C: DATA",
    "S: 354 2.0.0 Go ahead",
    "C: Subject: Hello",
    "C: ",
    "C: Hello",
    "C: .",
    "S: 250 2.0.0 Ok",
  ),
  right: exampleSession([], "C: NOOP", "S: 250 2.0.0 Ok"),
  check(session, context) {
    for (const reply of session.replies) {
      if (reply.code === null || reply.code < 300 || reply.code > 399) continue;
      const line = reply.lines[0];
      if (!line?.enhanced || context.isConsequence(reply)) continue;
      const { from, to, value } = line.enhanced;
      const end = line.wire.text[to] === " " ? to + 1 : to;
      context.report({
        at: { wire: line.wire, from, to },
        data: { code: reply.code, enhanced: value },
        fix: fixIn(context, line.wire, "fix", [[from, end, ""]], { enhanced: value }),
      });
    }
  },
};
