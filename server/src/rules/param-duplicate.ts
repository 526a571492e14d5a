import { exampleSession } from "./lib/example.js";
import { parametersOf, withoutParameter } from "./lib/parameters.js";
import { envelopeCommands, relatedReply, severityByOutcome } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** The same parameter twice in one command. */
export const paramDuplicate: Rule = {
  id: "param-duplicate",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 1870", section: "6" },
    { document: "RFC 3461", section: "4" },
  ],
  topic: "parameters",
  title: "The same parameter twice",
  messages: {
    default: "{parameter} stands twice in this command. Servers refuse it or take one of the two by chance: keep one.",
    first: "The first one.",
    reply: "The server's answer: {code}",
    fix: "Remove the second {parameter}",
  },
  why: "A parameter may be given once a command. Which of two values a server takes is not defined, and strict servers answer 501.",
  fix: "Keep the one that is meant.",
  wrong: exampleSession(
    ["SIZE 10240000"],
    "C: MAIL FROM:<alice@example.org> SIZE=1200 SIZE=2400",
    "S: 501 5.5.4 Duplicate parameter",
  ),
  right: exampleSession(["SIZE 10240000"], "C: MAIL FROM:<alice@example.org> SIZE=2400", "S: 250 2.1.0 Ok"),
  about: "parameters",
  fixable: true,
  check(session: Session, context: RuleContext): void {
    for (const exchange of envelopeCommands(session)) {
      const parameters = parametersOf(exchange);
      if (parameters.length < 2 || context.isConsequence(exchange)) continue;
      for (const [k, parameter] of parameters.entries()) {
        const first = parameters.slice(0, k).find(({ keyword }) => keyword === parameter.keyword);
        if (!first || parameter.keyword === "") continue;
        context.report({
          at: { wire: exchange.wire, from: parameter.from, to: parameter.to },
          data: { parameter: parameter.keyword },
          severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "error" }),
          related: [
            { at: { wire: exchange.wire, from: first.from, to: first.to }, message: "first" },
            ...relatedReply(exchange.reply, "reply"),
          ],
          fix: {
            title: "fix",
            data: { parameter: parameter.keyword },
            kind: "structure",
            edits: withoutParameter({ exchange, parameter }),
          },
        });
      }
    }
  },
};
