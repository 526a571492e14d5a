import { EXAMPLE_HEADER, exampleMessage } from "./lib/example.js";
import { isPositive, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** A message without a single line. */
export const dataEmptyMessage: Rule = {
  id: "data-empty-message",
  severity: "information",
  party: "client",
  level: "practice",
  references: [{ document: "RFC 5321", section: "4.1.1.4" }],
  topic: "data",
  title: "The message is empty",
  messages: {
    default:
      "The final dot follows the 354 at once: the recipients get a mail without header section and text. Look why the client had nothing to send.",
    reply: "The reply to the message: {code}",
  },
  why: "A message needs at least Date and From (RFC 5322 §3.6). An empty one mostly means that a file could not be read or a template failed.",
  fix: "Send header section, empty line and text before the dot.",
  wrong: exampleMessage([], "C: ."),
  right: exampleMessage([], ...EXAMPLE_HEADER, "C: Hi Bob", "C: ."),
  fixable: false,
  check(session: Session, context: RuleContext): void {
    if (session.traits.body !== "stuffed" || session.traits.sides !== "both") return;
    for (const { recipients, data } of session.transactions) {
      const wire = data?.kind === "DATA" ? data.end?.wire : undefined;
      if (!data || !wire || data.lines.length > 0 || data.octetsStated !== undefined) continue;
      // After every recipient was refused a lone dot is what a client should send (RFC 2920 §3.1).
      if (data.exchange.reply?.code !== 354 || !recipients.some(({ exchange }) => isPositive(exchange.reply))) continue;
      if (context.isConsequence(data.exchange)) continue;
      context.report({ at: { wire }, related: relatedReply(data.end?.reply, "reply") });
    }
  },
};
