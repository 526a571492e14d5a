import { exampleSession } from "./lib/example.js";
import { isPositive, lookupCommands, relatedReply } from "./support.js";
import type { Rule } from "./types.js";

/** VRFY or EXPN without an argument. */
export const vrfyNoArg: Rule = {
  id: "vrfy-no-arg",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "4.1.1.6" },
    { document: "RFC 5321", section: "4.1.1.7" },
  ],
  topic: "commands",
  fixable: false,
  title: "VRFY or EXPN without an argument",
  messages: {
    default: "{verb} needs a name or address to ask about. Add it behind the verb.",
    reply: "The server's answer: {code}.",
  },
  why: "Without an argument there is nothing to look up, and the server answers 501.",
  fix: "Write VRFY user or VRFY user@example.com, and EXPN list.",
  wrong: exampleSession([], "C: VRFY", "S: 501 5.5.4 Syntax: VRFY address"),
  right: exampleSession([], "C: VRFY bob", "S: 252 2.0.0 bob"),
  check(session, context) {
    for (const exchange of lookupCommands(session)) {
      if (exchange.command.argument !== "" || context.isConsequence(exchange)) continue;
      context.report({
        at: { wire: exchange.wire },
        severity: isPositive(exchange.reply) ? "information" : "error",
        data: { verb: exchange.verb },
        related: relatedReply(exchange.reply, "reply"),
      });
    }
  },
};
