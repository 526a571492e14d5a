import { EXAMPLE_ENVELOPE, EXAMPLE_HEADER, exampleMessage, exampleSession } from "./lib/example.js";
import { parameterOf } from "./lib/parameters.js";
import { isShownCommand, offered, replyWire } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** Refused for its size only after all of it was sent, since MAIL did not say SIZE=. */
export const messageExceedsAnnouncedSize: Rule = {
  id: "message-exceeds-announced-size",
  severity: "information",
  party: "client",
  level: "practice",
  references: [
    { document: "RFC 1870", section: "5" },
    { document: "RFC 1870", section: "6" },
  ],
  topic: "parameters",
  title: "Refused for its size after all of it was sent",
  messages: {
    default:
      "The message was sent whole and then refused as too large; the server had said that it takes {limit} octets. With SIZE= on MAIL the refusal would have come before the transfer.",
    limit: "The server's limit: {limit} octets.",
    mail: "No SIZE= here.",
  },
  why: "A server that lists SIZE can refuse at MAIL when the client tells the size (RFC 1870 §5). Without it the whole message travels for nothing, each time it is tried.",
  fix: "Add SIZE= with the size in octets to MAIL, and make the message smaller.",
  wrong: exampleSession(
    ["SIZE 100"],
    ...EXAMPLE_ENVELOPE,
    ...EXAMPLE_HEADER,
    "C: Hi Bob",
    "C: .",
    "S: 552 5.3.4 Message size exceeds fixed limit",
  ),
  right: exampleMessage(["SIZE 10240000"], ...EXAMPLE_HEADER, "C: Hi Bob", "C: ."),
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const { mail, data } of session.transactions) {
      const reply = data?.end?.reply;
      if (reply?.code !== 552 || !isShownCommand(mail) || context.isConsequence(mail)) continue;
      const size = offered(mail)?.get("SIZE");
      const limit = size?.parameters[0] ?? "";
      if (!size || parameterOf(mail, "SIZE") || !/^[1-9]\d{0,19}$/.test(limit)) continue;
      if (!/size|large|big|limit/i.test(reply.text) && !reply.enhanced?.value.endsWith(".3.4")) continue;
      const wire = replyWire(reply);
      if (!wire) continue;
      context.report({
        at: { wire },
        data: { limit },
        related: [
          { at: { wire: size.line.wire }, message: "limit", data: { limit } },
          { at: { wire: mail.wire }, message: "mail" },
        ],
      });
    }
  },
};
