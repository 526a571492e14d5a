import { exampleSession } from "./lib/example.js";
import { tlsStep } from "./lib/starttls.js";
import { commandsOf, relatedReply, replyWire } from "./support.js";
import type { Exchange, Rule, RuleContext, Session } from "./types.js";

/** The server demands TLS, offers STARTTLS, and the client does not use it. */
export const starttlsRequiredIgnored: Rule = {
  id: "starttls-required-ignored",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 3207", section: "4" }],
  topic: "starttls",
  title: "The server demands TLS, the client did not start it",
  messages: {
    default:
      "The server takes {verb} only under TLS and offers STARTTLS, which the client did not use. Switch on STARTTLS in the client's settings, or use port 465.",
    offer: "STARTTLS is offered here.",
    reply: "The refusal: {code}",
    again: "Refused for the same reason: {code}",
    fix: "Insert STARTTLS and EHLO before it",
  },
  why: "530 with “Must issue a STARTTLS command first” (RFC 3207 §4) says that nothing but EHLO, NOOP, QUIT and STARTTLS is taken in clear text. Every retry without TLS fails in the same way.",
  fix: "Send STARTTLS, do the handshake, send EHLO again, then go on.",
  wrong: exampleSession(
    ["STARTTLS"],
    "C: MAIL FROM:<alice@example.org>",
    "S: 530 5.7.0 Must issue a STARTTLS command first",
  ),
  right: exampleSession(
    ["STARTTLS"],
    "C: STARTTLS",
    "S: 220 2.0.0 Ready to start TLS",
    "C: EHLO client.example.org",
    "S: 250 mx.example.com",
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
  ),
  fixable: true,
  check(session: Session, context: RuleContext): void {
    const refused = commandsOf(session).filter(
      (exchange) => isDemand(exchange) && !exchange.before.tls && !context.isConsequence(exchange),
    );
    const first = refused[0];
    const offer = first?.before.extensions?.get("STARTTLS");
    if (!first || !offer) return;
    // A client that reads the refusal and then starts TLS does what it is told.
    const later = session.exchanges.some((exchange) => exchange.verb === "STARTTLS" && exchange.order > first.order);
    const edits = later ? undefined : tlsStep(session, context, first);
    context.report({
      at: { wire: first.wire },
      data: { verb: first.verb },
      severity: later ? "information" : "error",
      related: [
        { at: { wire: offer.line.wire }, message: "offer" },
        ...relatedReply(first.reply, "reply"),
        ...refused.slice(1, 20).flatMap(({ reply }) => {
          const wire = reply && replyWire(reply);
          return wire ? [{ at: { wire }, message: "again", data: { code: reply.code ?? "?" } }] : [];
        }),
      ],
      fix: edits && { title: "fix", kind: "structure", edits },
    });
  },
};

function isDemand({ reply }: Exchange): boolean {
  if (!reply || (reply.code !== 530 && reply.code !== 538 && reply.code !== 554 && reply.code !== 550)) return false;
  return /\bSTARTTLS\b|encryption (?:is )?required|TLS (?:is )?required|must (?:use|issue).{0,20}TLS/i.test(reply.text);
}
