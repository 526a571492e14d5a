import { exampleSession } from "./lib/example.js";
import { commandsWith, isRefusal, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** STARTTLS was refused, and the client logs in without TLS. */
export const starttlsRejectedThenAuth: Rule = {
  id: "starttls-rejected-then-auth",
  severity: "warning",
  party: "client",
  level: "practice",
  references: [
    { document: "RFC 3207", section: "4" },
    { document: "RFC 8314", section: "3" },
  ],
  topic: "starttls",
  title: "Login in clear text after STARTTLS was refused",
  messages: {
    default:
      "STARTTLS failed, and the client sends its password over the open connection. Anyone who can make STARTTLS fail gets the password: let the client stop here.",
    refused: "STARTTLS was refused: {code}",
  },
  why: "A client that goes on in clear when TLS fails can be robbed of its password by whoever disturbs the handshake. A client that wanted TLS should give up (RFC 3207 §4, RFC 8314).",
  fix: "Set the client to require TLS. Server: find out why STARTTLS is refused (454 mostly means a missing certificate or key).",
  elsewhere: "Suricata smtp.tls_rejected",
  wrong: exampleSession(
    ["STARTTLS", "AUTH PLAIN"],
    "C: STARTTLS",
    "S: 454 4.7.0 TLS not available due to local problem",
    "C: AUTH PLAIN ****",
    "S: 235 2.7.0 Authentication successful",
  ),
  right: exampleSession(
    ["STARTTLS", "AUTH PLAIN"],
    "C: STARTTLS",
    "S: 454 4.7.0 TLS not available due to local problem",
  ),
  about: "starttls",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const starttls of commandsWith(session, "STARTTLS")) {
      // A typing test with junk behind STARTTLS (501) says nothing about TLS.
      if (!isRefusal(starttls.reply) || starttls.before.tls || starttls.reply?.code === 501) continue;
      const attempt = session.auth.find(({ exchange }) => exchange.order > starttls.order && !exchange.before.tls);
      if (!attempt?.exchange.wire || context.isConsequence(attempt.exchange)) continue;
      context.report({ at: { wire: attempt.exchange.wire }, related: relatedReply(starttls.reply, "refused") });
      return;
    }
  },
};
