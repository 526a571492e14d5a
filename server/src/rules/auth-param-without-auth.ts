import { exampleSession } from "./lib/example.js";
import { parametersUsed, withoutParameter } from "./lib/parameters.js";
import { isSyntaxRefusal, offered, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** AUTH= on MAIL though the server does not offer AUTH. */
export const authParamWithoutAuth: Rule = {
  id: "auth-param-without-auth",
  severity: "information",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 4954", section: "5" }],
  topic: "auth",
  title: "AUTH= to a server that does not offer AUTH",
  messages: {
    default:
      "AUTH= names who submitted the message, and this server does not offer AUTH. It may answer 555 and refuse the sender: leave the parameter out.",
    reply: "The server's answer: {code}",
    fix: "Remove AUTH=",
  },
  why: "The parameter belongs to the extension AUTH (RFC 4954 §5). Other servers do not know it.",
  fix: "Send AUTH= only to servers that list AUTH.",
  wrong: exampleSession(
    ["SIZE 10240000"],
    "C: MAIL FROM:<alice@example.org> AUTH=<>",
    "S: 555 5.5.4 Unsupported option: AUTH=<>",
  ),
  right: exampleSession(["AUTH PLAIN"], "C: MAIL FROM:<alice@example.org> AUTH=<>", "S: 250 2.1.0 Ok"),
  about: "parameters",
  fixable: true,
  check(session: Session, context: RuleContext): void {
    for (const used of parametersUsed(session, context, ["MAIL"], "AUTH")) {
      const { exchange, parameter } = used;
      const extensions = offered(exchange);
      if (!extensions || extensions.has("AUTH")) continue;
      context.report({
        at: { wire: exchange.wire, from: parameter.from, to: parameter.to },
        severity: isSyntaxRefusal(exchange.reply) ? "error" : "information",
        related: relatedReply(exchange.reply, "reply"),
        fix: { title: "fix", kind: "structure", edits: withoutParameter(used) },
      });
    }
  },
};
