import { transcriptOf } from "./lib/example.js";
import { hellosOf } from "./lib/hello.js";
import { fixIn, relatedReply, severityByOutcome } from "./support.js";
import type { Rule } from "./types.js";

/** More words behind the client's name. */
export const ehloLiteralTrailingText: Rule = {
  id: "ehlo-literal-trailing-text",
  severity: "information",
  party: "client",
  level: "SHOULD",
  references: [{ document: "RFC 5321", section: "4.1.1.1" }],
  topic: "opening",
  fixable: true,
  title: "More words behind the client's name",
  messages: {
    default: "{verb} takes one name. What follows it is not read by anyone: delete it.",
    reply: "The server's answer: {code}.",
    fix: "Delete the extra text",
  },
  why: "Extra words make strict servers answer 501, and tell nobody anything.",
  fix: "Send the host name or the address literal alone.",
  wrong: transcriptOf("S: 220 mx.example.com ESMTP", "C: EHLO [192.0.2.1] my laptop", "S: 250 mx.example.com"),
  right: transcriptOf("S: 220 mx.example.com ESMTP", "C: EHLO [192.0.2.1]", "S: 250 mx.example.com"),
  check(session, context) {
    for (const { exchange, to, rest } of hellosOf(session, context)) {
      if (rest === "") continue;
      const end = exchange.wire.text.trimEnd().length;
      context.report({
        at: { wire: exchange.wire, from: to, to: end },
        severity: severityByOutcome(exchange.reply, {
          accepted: "information",
          refused: "error",
          unseen: "information",
        }),
        data: { verb: exchange.verb },
        related: relatedReply(exchange.reply, "reply"),
        fix: fixIn(context, exchange.wire, "fix", [[to, end, ""]]),
      });
    }
  },
};
