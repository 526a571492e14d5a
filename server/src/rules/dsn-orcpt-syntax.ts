import { exampleSession } from "./lib/example.js";
import { parametersUsed, withValue } from "./lib/parameters.js";
import { relatedReply, severityByOutcome } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** ORCPT without its address type. */
export const dsnOrcptSyntax: Rule = {
  id: "dsn-orcpt-syntax",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 3461", section: "4.2" }],
  topic: "parameters",
  title: "ORCPT without the type of the address",
  messages: {
    default:
      "ORCPT is a type and an address, such as rfc822;bob@example.com. Without the type and the semicolon the server refuses the recipient with 501.",
    reply: "The server's answer: {code}",
    fix: "Put rfc822; in front",
  },
  why: "The original recipient is carried through all hops together with the kind of address it is (RFC 3461 §4.2), since it need not be an Internet address.",
  fix: "Write ORCPT=rfc822; and the address in xtext.",
  wrong: exampleSession(
    ["DSN"],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com> ORCPT=bob@example.com",
    "S: 501 5.5.4 Error: Bad ORCPT parameter syntax",
  ),
  right: exampleSession(
    ["DSN"],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com> ORCPT=rfc822;bob@example.com",
    "S: 250 2.1.5 Ok",
  ),
  about: "parameters",
  fixable: true,
  check(session: Session, context: RuleContext): void {
    for (const used of parametersUsed(session, context, ["RCPT"], "ORCPT")) {
      const { exchange, parameter } = used;
      const value = parameter.value ?? "";
      if (/^[A-Za-z0-9-]+;./.test(value)) continue;
      const address = /^[^\s;<>]+@[^\s;<>]+$/.test(value);
      context.report({
        at: { wire: exchange.wire, from: parameter.from, to: parameter.to },
        severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "error" }),
        related: relatedReply(exchange.reply, "reply"),
        fix: address ? { title: "fix", kind: "spelling", edits: withValue(used, `rfc822;${value}`) } : undefined,
      });
    }
  },
};
