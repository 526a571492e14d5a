import { exampleSession, transcriptOf } from "./lib/example.js";
import { parametersOf } from "./lib/parameters.js";
import { envelopeCommands, isPositive, relatedReply, replaceIn } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** Parameters in a session that began with HELO. */
export const paramAfterHelo: Rule = {
  id: "param-after-helo",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "2.2.1" },
    { document: "RFC 5321", section: "4.1.1.1" },
  ],
  topic: "parameters",
  title: "Parameters need EHLO, the session began with HELO",
  messages: {
    default:
      "{parameter} is a service extension, and this session began with HELO, which has none. The server may refuse the command: begin with EHLO or leave the parameter out.",
    helo: "HELO gives a session without extensions.",
    reply: "The server's answer: {code}",
    fix: "Remove the parameters",
  },
  why: "Parameters of MAIL and RCPT belong to extensions, and extensions exist only after EHLO (RFC 5321 §2.2.1). After HELO a server takes them for a syntax error.",
  fix: "Say EHLO instead of HELO and use what the reply lists.",
  wrong: transcriptOf(
    "S: 220 mx.example.com ESMTP",
    "C: HELO client.example.org",
    "S: 250 mx.example.com",
    "C: MAIL FROM:<alice@example.org> SIZE=1200",
    "S: 555 5.5.4 Unsupported option: SIZE=1200",
    "C: QUIT",
    "S: 221 2.0.0 Bye",
  ),
  right: exampleSession(["SIZE 10240000"], "C: MAIL FROM:<alice@example.org> SIZE=1200", "S: 250 2.1.0 Ok"),
  about: "parameters",
  fixable: true,
  check(session: Session, context: RuleContext): void {
    for (const exchange of envelopeCommands(session)) {
      const hello = exchange.before.hello;
      if (hello?.verb !== "HELO" || !hello.wire) continue;
      const parameters = parametersOf(exchange).filter(({ keyword }) => /^[A-Z0-9][A-Z0-9-]*$/.test(keyword));
      const first = parameters[0];
      const last = parameters[parameters.length - 1];
      if (!first || !last || context.isConsequence(exchange)) continue;
      const behindPath = exchange.command.path?.path?.to ?? first.from;
      context.report({
        at: { wire: exchange.wire, from: first.from, to: last.to },
        data: { parameter: parameters.map(({ keyword }) => keyword).join(", ") },
        severity: isPositive(exchange.reply) ? "hint" : "error",
        related: [{ at: { wire: hello.wire }, message: "helo" }, ...relatedReply(exchange.reply, "reply")],
        fix: { title: "fix", kind: "structure", edits: [replaceIn(exchange.wire, behindPath, last.to, "")] },
      });
    }
  },
};
