import { EXAMPLE_HEADER, exampleMessage } from "./lib/example.js";
import { firstNonAscii, messagesOf, outcomeReply } from "./lib/message.js";
import { reencodePart } from "./lib/reencode.js";
import { scanOf } from "./lib/scan.js";
import { isPositive, offered, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session, WireLine } from "./types.js";

/** Octets above 127 to a server that did not offer 8BITMIME. */
export const data8bitWithout8bitmime: Rule = {
  id: "data-8bit-without-8bitmime",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 6152", section: "3" },
    { document: "RFC 5321", section: "2.3.1" },
  ],
  topic: "data",
  title: "8-bit text to a server that does not offer 8BITMIME",
  messages: {
    default:
      "The message holds 8-bit text (lines: {count}, this is the first), but the server did not offer 8BITMIME. It may refuse it or damage the characters: send quoted-printable or base64.",
    list: "The extensions this server offers; 8BITMIME is not among them.",
    reply: "The reply to the message: {code}",
    fix: "Send this part as quoted-printable",
  },
  why: "Without 8BITMIME a server may clear the high bit or refuse the message (RFC 6152 §3, RFC 5321 §2.3.1); letters outside ASCII then arrive as others, and signatures break.",
  fix: "Encode the parts as quoted-printable or base64 and the header fields as encoded words (RFC 2047), or send through a server that offers 8BITMIME.",
  wrong: exampleMessage(
    ["SIZE 10240000"],
    "C: MIME-Version: 1.0",
    "C: Content-Type: text/plain; charset=utf-8",
    ...EXAMPLE_HEADER,
    "C: Grüße aus Köln",
    "C: .",
  ),
  right: exampleMessage(["SIZE 10240000"], ...EXAMPLE_HEADER, "C: Gruesse aus Koeln", "C: ."),
  fixable: true,
  check(session: Session, context: RuleContext): void {
    for (const { data } of messagesOf(session, context)) {
      const extensions = offered(data.exchange);
      if (!extensions || extensions.has("8BITMIME") || extensions.has("SMTPUTF8")) continue;
      const lines = scanOf(data).nonAscii;
      const wire = lines[0];
      if (!wire) continue;
      const edits = reencodePart(context, data, wire);
      const list = extensions.list[0]?.line.wire ?? (extensions.exchange.wire as WireLine | undefined);
      context.report({
        at: { wire, from: firstNonAscii(wire.text) },
        data: { count: lines.length },
        severity: isPositive(outcomeReply(data)) ? "warning" : "error",
        related: [
          ...(list ? [{ at: { wire: list }, message: "list" }] : []),
          ...relatedReply(data.end?.reply, "reply"),
        ],
        fix: edits && { title: "fix", kind: "structure", edits },
      });
    }
  },
};
