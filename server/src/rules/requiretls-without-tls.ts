import { exampleSession } from "./lib/example.js";
import { parametersUsed, withoutParameter } from "./lib/parameters.js";
import { offered, relatedReply, severityByOutcome } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** REQUIRETLS asked for in clear text. */
export const requiretlsWithoutTls: Rule = {
  id: "requiretls-without-tls",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 8689", section: "2" }],
  topic: "starttls",
  title: "REQUIRETLS on an open connection",
  messages: {
    default:
      "REQUIRETLS asks every hop to use TLS, but this hop does not. The message must not be sent here in this way: use STARTTLS first.",
    reply: "The server's answer: {code}",
    fix: "Remove REQUIRETLS",
  },
  why: "The parameter may only be used over TLS (RFC 8689 §2): the promise would be broken by the session that makes it.",
  fix: "Send STARTTLS and EHLO first, and use REQUIRETLS where the second list offers it.",
  wrong: exampleSession(
    ["STARTTLS", "REQUIRETLS"],
    "C: MAIL FROM:<alice@example.org> REQUIRETLS",
    "S: 530 5.7.0 Must issue a STARTTLS command first",
  ),
  right: exampleSession(
    ["STARTTLS"],
    "C: STARTTLS",
    "S: 220 2.0.0 Ready to start TLS",
    "C: EHLO client.example.org",
    "S: 250-mx.example.com",
    "S: 250 REQUIRETLS",
    "C: MAIL FROM:<alice@example.org> REQUIRETLS",
    "S: 250 2.1.0 Ok",
  ),
  about: "parameters",
  fixable: true,
  check(session: Session, context: RuleContext): void {
    if (session.tls === "implicit" || !session.greeting) return;
    for (const used of parametersUsed(session, context, ["MAIL"], "REQUIRETLS")) {
      const { exchange, parameter } = used;
      if (exchange.before.tls || exchange.wire.tls) continue;
      // Where the server does not offer it here, that is what is wrong (param-not-advertised).
      if (offered(exchange)?.has("REQUIRETLS") === false) continue;
      context.report({
        at: { wire: exchange.wire, from: parameter.from, to: parameter.to },
        severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "error" }),
        related: relatedReply(exchange.reply, "reply"),
        fix: { title: "fix", kind: "structure", edits: withoutParameter(used) },
      });
    }
  },
};
