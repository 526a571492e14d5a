import { attemptsOf, saslOf } from "./lib/auth.js";
import { exampleSession } from "./lib/example.js";
import { isPositive, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** CRAM-MD5 response without user name and digest. */
export const authCramStructure: Rule = {
  id: "auth-cram-structure",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 2195", section: "2" }],
  topic: "auth",
  title: "CRAM-MD5 answer without its form",
  messages: {
    default:
      "Decoded, this is not a user name, a blank and 32 hexadecimal digits. The server refuses it like a wrong password: send the HMAC-MD5 of its challenge.",
    reply: "The server's answer: {code}",
  },
  why: "The answer to a CRAM-MD5 challenge is the user name, one blank and the HMAC-MD5 of the decoded challenge, keyed with the password, as 32 lower-case hexadecimal digits (RFC 2195 §2). Sending a user name or a password alone, as LOGIN does, cannot work and gives the password away.",
  fix: "Let a SASL library build the answer, or use PLAIN under TLS.",
  wrong: exampleSession(
    ["AUTH CRAM-MD5"],
    "C: AUTH CRAM-MD5",
    "S: 334 PDEyMzRAbXguZXhhbXBsZS5jb20+",
    "C: YWxpY2U=",
    "S: 535 5.7.8 Error: authentication failed",
  ),
  right: exampleSession(
    ["AUTH CRAM-MD5"],
    "C: AUTH CRAM-MD5",
    "S: 334 PDEyMzRAbXguZXhhbXBsZS5jb20+",
    "C: ****",
    "S: 235 2.7.0 Authentication successful",
  ),
  about: "auth",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    if (session.traits.masksCredentials) return;
    for (const attempt of attemptsOf(session, context)) {
      if (attempt.mechanism !== "CRAM-MD5") continue;
      for (const { wire, from, to, exchange, message } of saslOf(attempt)) {
        if (message.problem !== "cram-structure" || isPositive(exchange.reply)) continue;
        context.report({ at: { wire, from, to }, related: relatedReply(exchange.reply, "reply") });
      }
    }
  },
};
