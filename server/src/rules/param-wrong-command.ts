import { exampleSession } from "./lib/example.js";
import { PARAMETER_COMMAND, parametersUsed, withoutParameter } from "./lib/parameters.js";
import { relatedReply, severityByOutcome } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** A parameter of MAIL at RCPT, or the reverse. */
export const paramWrongCommand: Rule = {
  id: "param-wrong-command",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 3461", section: "4" },
    { document: "RFC 5321", section: "4.1.1.11" },
  ],
  topic: "parameters",
  title: "Parameter of the other command",
  messages: {
    default:
      "{parameter} belongs to {right}, not to {verb}. The server refuses the command with 501 or 555: move it to {right}.",
    reply: "The server's answer: {code}",
    fix: "Remove {parameter}",
  },
  why: "What concerns the whole message (SIZE, BODY, RET, ENVID, AUTH, SMTPUTF8) is said with MAIL, what concerns one recipient (NOTIFY, ORCPT) with RCPT.",
  fix: "Put the parameter into the command it belongs to.",
  wrong: exampleSession(
    ["DSN"],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com> RET=FULL",
    "S: 555 5.5.4 Unsupported option: RET=FULL",
  ),
  right: exampleSession(
    ["DSN"],
    "C: MAIL FROM:<alice@example.org> RET=FULL",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 250 2.1.5 Ok",
  ),
  about: "parameters",
  fixable: true,
  check(session: Session, context: RuleContext): void {
    for (const used of parametersUsed(session, context, ["MAIL", "RCPT"])) {
      const { exchange, parameter } = used;
      const right = PARAMETER_COMMAND.get(parameter.keyword);
      if (!right || right === exchange.verb) continue;
      context.report({
        at: { wire: exchange.wire, from: parameter.from, to: parameter.to },
        data: { parameter: parameter.keyword, right, verb: exchange.verb },
        severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "error" }),
        related: relatedReply(exchange.reply, "reply"),
        fix: { title: "fix", data: { parameter: parameter.keyword }, kind: "structure", edits: withoutParameter(used) },
      });
    }
  },
};
