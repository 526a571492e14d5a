import { exampleSession } from "./lib/example.js";
import { commandsOf, fixIn, relatedReply, severityByOutcome } from "./support.js";
import type { Rule } from "./types.js";
import { isKnownVerb } from "./verbs.js";

/** White space before a verb. */
export const leadingSpace: Rule = {
  id: "leading-space",
  severity: "warning",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.1" }],
  topic: "commands",
  fixable: true,
  title: "White space before a command",
  messages: {
    default: "A command begins with its verb; white space stands before {verb}. Strict servers answer 500: delete it.",
    reply: "The server's answer: {code}.",
    fix: "Delete the white space",
  },
  why: "Some servers skip the space, others read an empty verb and refuse.",
  fix: "Send the verb as the first character of the line. In pasted text, delete the indentation.",
  wrong: exampleSession([], "C:  NOOP", "S: 500 5.5.2 Error: bad syntax"),
  right: exampleSession([], "C: NOOP", "S: 250 2.0.0 Ok"),
  check(session, context) {
    for (const exchange of commandsOf(session)) {
      const { verbFrom } = exchange.command;
      if (verbFrom === 0 || !isKnownVerb(exchange.verb) || context.isConsequence(exchange)) continue;
      context.report({
        at: { wire: exchange.wire, from: 0, to: verbFrom },
        severity: severityByOutcome(exchange.reply, { accepted: "information", refused: "error", unseen: "warning" }),
        data: { verb: exchange.verb },
        related: relatedReply(exchange.reply, "reply"),
        fix: fixIn(context, exchange.wire, "fix", [[0, verbFrom, ""]]),
      });
    }
  },
};
