import { exampleSession } from "./lib/example.js";
import { commandsOf, isPositive, relatedReply } from "./support.js";
import type { Rule } from "./types.js";
import { OBSOLETE_VERBS } from "./verbs.js";

/** SEND, SOML, SAML or TURN. */
export const obsoleteCommand: Rule = {
  id: "obsolete-command",
  severity: "warning",
  party: "client",
  level: "SHOULD",
  references: [
    { document: "RFC 5321", section: "F.1" },
    { document: "RFC 5321", section: "F.6" },
  ],
  topic: "commands",
  fixable: false,
  title: "A command that is no longer used",
  messages: {
    default: "{verb} belongs to RFC 821 and must not be relied on. Use {instead}.",
    reply: "The server's answer: {code}.",
  },
  why: "Hardly any server knows these commands today; TURN even lets a stranger fetch mail.",
  fix: "Use MAIL instead of SEND, SOML and SAML; ETRN or ATRN instead of TURN.",
  wrong: exampleSession([], "C: TURN", "S: 502 5.5.1 Not implemented"),
  right: exampleSession(["ETRN"], "C: ETRN example.org", "S: 250 2.0.0 Queuing started"),
  check(session, context) {
    for (const exchange of commandsOf(session)) {
      if (!OBSOLETE_VERBS.has(exchange.verb) || context.isConsequence(exchange)) continue;
      context.report({
        at: { wire: exchange.wire, from: exchange.command.verbFrom, to: exchange.command.verbTo },
        severity: isPositive(exchange.reply) ? "information" : "warning",
        data: { verb: exchange.verb, instead: exchange.verb === "TURN" ? "ETRN or ATRN" : "MAIL" },
        related: relatedReply(exchange.reply, "reply"),
      });
    }
  },
};
