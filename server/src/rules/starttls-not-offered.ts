import { exampleSession } from "./lib/example.js";
import { commandsWith, isRefusal, offered, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** STARTTLS to a server that did not list it. */
export const starttlsNotOffered: Rule = {
  id: "starttls-not-offered",
  severity: "warning",
  party: "client",
  level: "practice",
  references: [
    { document: "RFC 5321", section: "2.2.1" },
    { document: "RFC 3207", section: "2" },
  ],
  topic: "starttls",
  title: "STARTTLS to a server that does not offer it",
  messages: {
    default:
      "The server did not list STARTTLS here. It refuses the command, or a device on the way has removed the keyword: look at the EHLO reply on another network.",
    list: "What the server offers; STARTTLS is not among it.",
    reply: "The server's answer: {code}",
  },
  why: "Extensions may only be used after the server offered them (RFC 5321 §2.2.1). If this server is known to support TLS, a firewall or an attacker has changed its reply.",
  fix: "Client: try the submission ports 587 or 465. Server: enable TLS (a certificate is missing, or TLS is switched off for this port).",
  wrong: exampleSession(["SIZE 10240000"], "C: STARTTLS", "S: 502 5.5.1 Error: command not implemented"),
  right: exampleSession(
    ["STARTTLS"],
    "C: STARTTLS",
    "S: 220 2.0.0 Ready to start TLS",
    "C: EHLO client.example.org",
    "S: 250 mx.example.com",
  ),
  about: "starttls",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const exchange of commandsWith(session, "STARTTLS")) {
      const list = offered(exchange);
      if (!list || list.has("STARTTLS") || exchange.before.tls || context.isConsequence(exchange)) continue;
      // A masked keyword is the better explanation (tls-stripping-suspect).
      if (list.list.some(({ keyword }) => /^X{4,}[A-Z]?$/.test(keyword))) continue;
      const head = list.exchange.reply?.lines[0]?.wire;
      context.report({
        at: { wire: exchange.wire },
        severity: isRefusal(exchange.reply) ? "error" : "information",
        related: [...(head ? [{ at: { wire: head }, message: "list" }] : []), ...relatedReply(exchange.reply, "reply")],
      });
    }
  },
};
