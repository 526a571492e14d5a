import { attemptsOf, mechanismColumns } from "./lib/auth.js";
import { exampleSession } from "./lib/example.js";
import { offered, relatedReply, severityByOutcome } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** AUTH with a mechanism that the server did not list. */
export const authMechanismNotOffered: Rule = {
  id: "auth-mechanism-not-offered",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 4954", section: "4" },
    { document: "RFC 4954", section: "3" },
  ],
  topic: "auth",
  title: "Login mechanism that the server does not offer",
  messages: {
    default:
      "The server does not offer {mechanism}; it offers {offered}. It answers 504 to anything else: choose one of these in the client's settings.",
    offer: "Offered here: {offered}",
    reply: "The server's answer: {code}",
  },
  why: "The words behind AUTH in the EHLO reply are the only mechanisms this server takes at this point (RFC 4954 §3). Some are listed only after STARTTLS.",
  fix: "Let the client choose from the list, or start TLS first and look at the list that comes then.",
  wrong: exampleSession(["AUTH PLAIN LOGIN"], "C: AUTH NTLM", "S: 504 5.5.4 Unrecognized authentication type"),
  right: exampleSession(
    ["AUTH CRAM-MD5 PLAIN"],
    "C: AUTH CRAM-MD5",
    "S: 334 PDEyMzRAbXguZXhhbXBsZS5jb20+",
    "C: ****",
    "S: 235 2.7.0 Ok",
  ),
  about: "auth",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const attempt of attemptsOf(session, context)) {
      const { exchange, mechanism } = attempt;
      const list = offered(exchange)?.get("AUTH");
      const { wire } = exchange;
      // Without any AUTH in the list another rule speaks (verb-not-advertised, auth-before-tls).
      if (!wire || wire.masked || mechanism === null || !list || list.parameters.length === 0) continue;
      if (exchange.before.authenticated || !/^[A-Z0-9_-]{1,40}$/.test(mechanism)) continue;
      if (list.parameters.some((name) => name.toUpperCase() === mechanism)) continue;
      const names = list.parameters.join(", ");
      const at = mechanismColumns(exchange);
      context.report({
        at: at ? { wire, ...at } : { wire },
        data: { mechanism, offered: names },
        severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "error" }),
        related: [
          { at: { wire: list.line.wire }, message: "offer", data: { offered: names } },
          ...relatedReply(exchange.reply, "reply"),
        ],
      });
    }
  },
};
