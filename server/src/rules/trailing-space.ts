import { exampleSession } from "./lib/example.js";
import { commandsOf, fixIn, isRefusal } from "./support.js";
import type { Rule } from "./types.js";

/** White space at the end of a command. */
export const trailingSpace: Rule = {
  id: "trailing-space",
  severity: "hint",
  party: "client",
  level: "practice",
  references: [{ document: "RFC 5321", section: "4.1.1" }],
  topic: "commands",
  fixable: true,
  title: "White space at the end of a command",
  messages: {
    default: "White space follows {verb} at the end of the line. Servers should tolerate it, a few do not.",
    fix: "Delete the white space",
  },
  why: "RFC 5321 asks servers to tolerate it, and clients not to send it.",
  fix: "Trim the line before it is sent.",
  wrong: exampleSession([], "C: RSET ", "S: 250 2.0.0 Ok"),
  right: exampleSession([], "C: RSET", "S: 250 2.0.0 Ok"),
  check(session, context) {
    for (const exchange of commandsOf(session)) {
      const { text } = exchange.wire;
      const end = text.trimEnd().length;
      // A blank behind AUTH and its mechanism may be an empty initial response.
      if (end === text.length || end === 0 || exchange.verb === "AUTH" || context.isConsequence(exchange)) continue;
      if (!/^[ \t]+$/.test(text.slice(end))) continue;
      context.report({
        at: { wire: exchange.wire, from: end, to: text.length },
        severity: isRefusal(exchange.reply) && exchange.reply?.code === 501 ? "information" : "hint",
        data: { verb: exchange.verb.slice(0, 20) },
        fix: fixIn(context, exchange.wire, "fix", [[end, text.length, ""]]),
      });
    }
  },
};
