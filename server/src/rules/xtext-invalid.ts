import { repairXtext, xtextFault } from "../protocol/xtext.js";
import { exampleSession } from "./lib/example.js";
import { parametersUsed, type UsedParameter } from "./lib/parameters.js";
import { relatedReply, replaceIn, severityByOutcome } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** A value that must be xtext and is not. */
export const xtextInvalid: Rule = {
  id: "xtext-invalid",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 3461", section: "4" },
    { document: "RFC 4954", section: "5" },
  ],
  topic: "parameters",
  title: "Value that is not encoded as xtext",
  messages: {
    default:
      "In {parameter}, + and = and characters outside ASCII must be written as + and two upper-case hexadecimal digits. The server refuses or misreads the value: encode it.",
    reply: "The server's answer: {code}",
    fix: "Encode it as xtext",
  },
  why: "AUTH, ENVID and ORCPT carry values in xtext (RFC 3461 §4), where + begins an encoded octet and = cannot stand. An address such as bob+lists@example.com must be written bob+2Blists@example.com.",
  fix: "Replace + by +2B, = by +3D, and every octet outside ! to ~ in the same way.",
  wrong: exampleSession(
    ["AUTH PLAIN"],
    "C: MAIL FROM:<alice@example.org> AUTH=e=mc2@example.org",
    "S: 501 5.5.4 Bad AUTH parameter syntax",
  ),
  right: exampleSession(["AUTH PLAIN"], "C: MAIL FROM:<alice@example.org> AUTH=e+3Dmc2@example.org", "S: 250 2.1.0 Ok"),
  about: "parameters",
  fixable: true,
  check(session: Session, context: RuleContext): void {
    for (const used of parametersUsed(session, context, ["MAIL", "RCPT"])) {
      const { exchange, parameter } = used;
      const skip = encodedFrom(used);
      if (skip === undefined || parameter.value === null) continue;
      const value = parameter.value.slice(skip);
      const fault = xtextFault(value);
      if (!fault) continue;
      const from = parameter.valueFrom + skip;
      context.report({
        at: { wire: exchange.wire, from: from + fault.from, to: from + fault.to },
        data: { parameter: parameter.keyword },
        severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "error" }),
        related: relatedReply(exchange.reply, "reply"),
        fix: {
          title: "fix",
          kind: "spelling",
          edits: [replaceIn(exchange.wire, from, parameter.to, repairXtext(value))],
        },
      });
    }
  },
};

/** How much of the value stands before the xtext; undefined where the value is none. */
function encodedFrom({ parameter }: UsedParameter): number | undefined {
  const value = parameter.value ?? "";
  if (parameter.keyword === "ENVID") return 0;
  if (parameter.keyword === "AUTH") return value === "<>" ? undefined : 0;
  if (parameter.keyword !== "ORCPT") return undefined;
  // utf-8 addresses have an encoding of their own (RFC 6533 §3).
  const type = /^([A-Za-z0-9-]+);/.exec(value);
  return type && type[1]?.toLowerCase() !== "utf-8" ? type[0].length : undefined;
}
