import { exampleSession } from "./lib/example.js";
import { parametersUsed, withoutParameter } from "./lib/parameters.js";
import { relatedReply, severityByOutcome } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** SIZE without a number. */
export const sizeDigits: Rule = {
  id: "size-digits",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 1870", section: "3" }],
  topic: "parameters",
  title: "SIZE without a number of octets",
  messages: {
    default:
      "SIZE takes 1 to 20 digits, the size in octets. The server refuses the sender with 501: write SIZE=1234 or leave it out.",
    reply: "The server's answer: {code}",
    fix: "Leave SIZE out",
  },
  why: "The value is a plain decimal number of octets (RFC 1870 §3); units, signs and an empty value are syntax errors.",
  fix: "Give the size in octets, without a unit.",
  wrong: exampleSession(
    ["SIZE 10240000"],
    "C: MAIL FROM:<alice@example.org> SIZE=12kB",
    "S: 501 5.5.4 Bad message size syntax",
  ),
  right: exampleSession(["SIZE 10240000"], "C: MAIL FROM:<alice@example.org> SIZE=12288", "S: 250 2.1.0 Ok"),
  about: "parameters",
  fixable: true,
  check(session: Session, context: RuleContext): void {
    for (const { exchange, parameter } of parametersUsed(session, context, ["MAIL"], "SIZE")) {
      if (/^\d{1,20}$/.test(parameter.value ?? "")) continue;
      // "SIZE = 10" has the blanks as its cause (param-syntax).
      if (/^[ \t]*=|^[ \t]+\d/.test(exchange.wire.text.slice(parameter.to))) continue;
      context.report({
        at: { wire: exchange.wire, from: parameter.from, to: parameter.to },
        severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "error" }),
        related: relatedReply(exchange.reply, "reply"),
        fix: { title: "fix", kind: "spelling", edits: withoutParameter({ exchange, parameter }) },
      });
    }
  },
};
