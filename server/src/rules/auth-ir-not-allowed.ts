import { SERVER_FIRST } from "../protocol/sasl.js";
import { attemptsOf, initialResponse } from "./lib/auth.js";
import { exampleSession } from "./lib/example.js";
import { relatedReply, severityByOutcome } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** An initial response with a mechanism in which the server speaks first. */
export const authIrNotAllowed: Rule = {
  id: "auth-ir-not-allowed",
  severity: "warning",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 4954", section: "4" }],
  topic: "auth",
  title: "An answer before the server has asked",
  messages: {
    default:
      "With {mechanism} the server speaks first, so AUTH must carry no data. The server answers 501 or 535: send AUTH {mechanism} alone and answer its challenge.",
    reply: "The server's answer: {code}",
  },
  why: "An initial response is only allowed for mechanisms in which the client begins (RFC 4954 §4). The answer to a challenge that was not read cannot be right.",
  fix: "Send AUTH with the mechanism alone.",
  wrong: exampleSession(["AUTH CRAM-MD5"], "C: AUTH CRAM-MD5 YWxpY2U=", "S: 501 5.7.0 Initial response not allowed"),
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
    for (const { exchange, mechanism } of attemptsOf(session, context)) {
      const initial = initialResponse(exchange);
      // LOGIN with the user name is what smtplib, JavaMail and Outlook send, and servers take it.
      if (!initial || !exchange.wire || mechanism === null || mechanism === "LOGIN" || !SERVER_FIRST.has(mechanism))
        continue;
      if (exchange.before.authenticated || exchange.wire.masked) continue;
      context.report({
        at: { wire: exchange.wire, ...initial },
        data: { mechanism },
        severity: severityByOutcome(exchange.reply, { accepted: "information", refused: "error", unseen: "warning" }),
        related: relatedReply(exchange.reply, "reply"),
      });
    }
  },
};
