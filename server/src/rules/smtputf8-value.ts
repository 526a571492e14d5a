import { exampleSession } from "./lib/example.js";
import { parametersUsed } from "./lib/parameters.js";
import { relatedReply, replaceIn, severityByOutcome } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** SMTPUTF8 with a value. */
export const smtputf8Value: Rule = {
  id: "smtputf8-value",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 6531", section: "3.4" }],
  topic: "parameters",
  title: "SMTPUTF8 takes no value",
  messages: {
    default: "SMTPUTF8 is a word without a value. The server refuses the command with 501: write SMTPUTF8 alone.",
    reply: "The server's answer: {code}",
    fix: "Remove the value",
  },
  why: "The parameter only says that addresses or header fields hold UTF-8 (RFC 6531 §3.4); with a value it is a syntax error.",
  fix: "Write the word alone.",
  wrong: exampleSession(
    ["8BITMIME", "SMTPUTF8"],
    "C: MAIL FROM:<alice@example.org> SMTPUTF8=YES",
    "S: 501 5.5.4 Syntax error in parameters",
  ),
  right: exampleSession(["8BITMIME", "SMTPUTF8"], "C: MAIL FROM:<alice@example.org> SMTPUTF8", "S: 250 2.1.0 Ok"),
  about: "parameters",
  fixable: true,
  check(session: Session, context: RuleContext): void {
    for (const used of parametersUsed(session, context, ["MAIL"], "SMTPUTF8")) {
      const { exchange, parameter } = used;
      if (parameter.value === null) continue;
      context.report({
        at: { wire: exchange.wire, from: parameter.from, to: parameter.to },
        severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "error" }),
        related: relatedReply(exchange.reply, "reply"),
        fix: {
          title: "fix",
          kind: "spelling",
          edits: [replaceIn(exchange.wire, parameter.valueFrom - 1, parameter.to, "")],
        },
      });
    }
  },
};
