import { exampleSession } from "./lib/example.js";
import { parametersUsed } from "./lib/parameters.js";
import { offered, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** SIZE= above what the server announced. */
export const sizeExceedsLimit: Rule = {
  id: "size-exceeds-limit",
  severity: "information",
  party: "client",
  level: "practice",
  references: [
    { document: "RFC 1870", section: "4" },
    { document: "RFC 1870", section: "6.2" },
  ],
  topic: "parameters",
  title: "The announced size is above the server's limit",
  messages: {
    default:
      "The message is announced with {size} octets, the server takes at most {limit}. It will be refused however often it is sent: make it smaller or link to the file.",
    limit: "The server's limit: {limit} octets.",
    reply: "The server's answer: {code}",
  },
  why: "The number behind SIZE in the EHLO reply is the largest message the server takes (RFC 1870 §4). Announcing more is allowed and saves the transfer, but the answer is certain: 552. An attachment grows by a third when it is encoded.",
  fix: "Send a smaller message, split it, or put the file on a server and send the link. The recipient's administrator can raise the limit.",
  wrong: exampleSession(
    ["SIZE 1000"],
    "C: MAIL FROM:<alice@example.org> SIZE=9999",
    "S: 552 5.3.4 Message size exceeds fixed limit",
  ),
  right: exampleSession(["SIZE 10240000"], "C: MAIL FROM:<alice@example.org> SIZE=9999", "S: 250 2.1.0 Ok"),
  about: "parameters",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const { exchange, parameter } of parametersUsed(session, context, ["MAIL"], "SIZE")) {
      const size = offered(exchange)?.get("SIZE");
      const limit = digits(size?.parameters[0]);
      const announced = digits(parameter.value ?? undefined);
      // 0 or nothing: no fixed limit (RFC 1870 §4).
      if (!size || limit === undefined || announced === undefined || limit === 0n || announced <= limit) continue;
      context.report({
        at: { wire: exchange.wire, from: parameter.from, to: parameter.to },
        data: { size: announced.toString(), limit: limit.toString() },
        related: [
          { at: { wire: size.line.wire }, message: "limit", data: { limit: limit.toString() } },
          ...relatedReply(exchange.reply, "reply"),
        ],
      });
    }
  },
};

function digits(text: string | undefined): bigint | undefined {
  return text !== undefined && /^\d{1,20}$/.test(text) ? BigInt(text) : undefined;
}
