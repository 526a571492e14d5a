import { attemptsOf } from "./lib/auth.js";
import { exampleSession } from "./lib/example.js";
import { tlsStep } from "./lib/starttls.js";
import { isRefusal, offered, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** AUTH in clear where it is offered only under TLS. */
export const authBeforeTls: Rule = {
  id: "auth-before-tls",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 4954", section: "4" },
    { document: "RFC 3207", section: "4" },
  ],
  topic: "auth",
  title: "Login before TLS, where it is possible only under TLS",
  messages: {
    default:
      "The server offers STARTTLS but no AUTH on the open connection, so the login is refused whatever the password is. Start TLS and send EHLO first; AUTH is in the list that comes then.",
    offer: "STARTTLS is offered, AUTH is not.",
    reply: "The server's answer: {code}",
    fix: "Insert STARTTLS and EHLO before it",
  },
  why: "Most servers list AUTH only under TLS, so that no password travels in clear. The refusal (503, 502 or 538) then looks like a broken server.",
  fix: "Switch on STARTTLS in the client, or use port 465.",
  elsewhere: "Postfix 504 5.5.4, 538 Encryption required",
  wrong: exampleSession(["STARTTLS"], "C: AUTH PLAIN ****", "S: 503 5.5.1 Error: authentication not enabled"),
  right: exampleSession(
    ["STARTTLS"],
    "C: STARTTLS",
    "S: 220 2.0.0 Ready to start TLS",
    "C: EHLO client.example.org",
    "S: 250-mx.example.com",
    "S: 250 AUTH PLAIN",
    "C: AUTH PLAIN ****",
    "S: 235 2.7.0 Authentication successful",
  ),
  about: "auth",
  fixable: true,
  check(session: Session, context: RuleContext): void {
    for (const { exchange, mechanism } of attemptsOf(session, context)) {
      const list = offered(exchange);
      const offer = list?.get("STARTTLS");
      if (!exchange.wire || !list || !offer || list.has("AUTH") || exchange.before.tls) continue;
      // An AUTH that was taken shows an incomplete list, nothing more.
      if (!isRefusal(exchange.reply)) continue;
      const edits = tlsStep(session, context, exchange, `AUTH ${mechanism ?? "PLAIN"}`);
      context.report({
        at: { wire: exchange.wire },
        related: [{ at: { wire: offer.line.wire }, message: "offer" }, ...relatedReply(exchange.reply, "reply")],
        fix: edits && { title: "fix", kind: "structure", edits },
      });
    }
  },
};
