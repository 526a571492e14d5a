import { exampleSession } from "./lib/example.js";
import { commandsOf, fixIn, relatedReply, severityByOutcome } from "./support.js";
import type { Rule } from "./types.js";
import { takesNoArgument } from "./verbs.js";

/** An argument where none is allowed. */
export const commandArgsForbidden: Rule = {
  id: "command-args-forbidden",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "4.1.1" },
    { document: "RFC 5321", section: "4.3.2" },
  ],
  topic: "commands",
  fixable: true,
  title: "An argument to a command that takes none",
  messages: {
    default: "{verb} takes no argument. Strict servers answer 501: delete what follows it.",
    reply: "The server's answer: {code}.",
    fix: "Delete the argument",
  },
  why: "DATA, RSET, QUIT and STARTTLS stand alone. A server that refuses them leaves the session in a state that the client does not expect.",
  fix: "Send the command alone on its line.",
  wrong: exampleSession([], "C: RSET now", "S: 501 5.5.4 Syntax: RSET"),
  right: exampleSession([], "C: RSET", "S: 250 2.0.0 Ok"),
  check(session, context) {
    for (const exchange of commandsOf(session)) {
      const { command, verb, wire } = exchange;
      if (!takesNoArgument(verb) || command.argument === "" || context.isConsequence(exchange)) continue;
      const end = wire.text.length;
      context.report({
        at: { wire, from: command.argumentFrom, to: command.argumentFrom + command.argument.length },
        severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "warning" }),
        data: { verb },
        related: relatedReply(exchange.reply, "reply"),
        fix: fixIn(context, wire, "fix", [[command.verbTo, end, ""]]),
      });
    }
  },
};
