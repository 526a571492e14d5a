import { exampleSession } from "./lib/example.js";
import { envelopeCommands, isRefusal, relatedReply } from "./support.js";
import type { Reply, Rule } from "./types.js";

const CODES = new Set([454, 530, 550, 551, 553, 554]);
const RELAY = /\b(?:relay(?:ing)?|authenticat\w*|auth(?:orization)? required|log ?in first|smtp auth|rcpthosts)\b/i;

/** A relay refusal although the client could have logged in. */
export const relayDeniedUnauthenticated: Rule = {
  id: "relay-denied-unauthenticated",
  severity: "information",
  party: "client",
  level: "practice",
  references: [{ document: "RFC 4954", section: "6" }],
  topic: "order",
  about: "refusal",
  fixable: false,
  title: "Relaying refused, and nobody logged in",
  messages: {
    default:
      "The server refuses to pass this mail on, and the client did not log in though AUTH is offered. Log in before MAIL.",
    afterFailure: "The server refuses to pass this mail on because the login failed. Repair the login first.",
    auth: "AUTH is offered here.",
    login: "The login failed here.",
    reply: "The refusal: {code}.",
  },
  why: "A server accepts mail for its own domains from everyone, and for others only from its users. Without a login every client is a stranger.",
  fix: "Switch on authentication in the mail program. Between servers: check that the recipient's domain is served here, and that its MX record is right.",
  wrong: exampleSession(
    ["AUTH PLAIN"],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.net>",
    "S: 454 4.7.1 <bob@example.net>: Relay access denied",
  ),
  right: exampleSession(
    ["AUTH PLAIN"],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 250 2.1.5 Ok",
  ),
  check(session, context) {
    for (const exchange of envelopeCommands(session)) {
      const { reply, before } = exchange;
      const listed = before.extensions?.get("AUTH");
      if (!reply || !isRelayRefusal(reply) || !listed || before.authenticated || context.isConsequence(exchange))
        continue;
      const failed = session.auth.find(
        ({ outcome, exchange: auth }) => outcome === "failure" && auth.order < exchange.order,
      );
      const login = failed?.responses[failed.responses.length - 1] ?? failed?.exchange;
      context.report({
        at: { wire: exchange.wire },
        message: failed ? "afterFailure" : "default",
        related: [
          ...(failed
            ? relatedReply(login?.reply, "login")
            : [{ at: { wire: listed.line.wire, from: listed.line.textFrom }, message: "auth" }]),
          ...relatedReply(reply, "reply"),
        ],
      });
      // All recipients share the cause.
      return;
    }
  },
};

function isRelayRefusal(reply: Reply): boolean {
  if (!isRefusal(reply) || reply.code === null || !CODES.has(reply.code)) return false;
  return RELAY.test(reply.text) && !/STARTTLS|\bTLS\b/i.test(reply.text);
}
