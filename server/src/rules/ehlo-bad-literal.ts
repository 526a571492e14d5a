import { isIPv6, literalFault } from "./lib/address.js";
import { transcriptOf } from "./lib/example.js";
import { hellosOf } from "./lib/hello.js";
import { fixIn, relatedReply, severityByOutcome } from "./support.js";
import type { Rule } from "./types.js";

/** A malformed address literal as the client's name. */
export const ehloBadLiteral: Rule = {
  id: "ehlo-bad-literal",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.1.3" }],
  topic: "opening",
  fixable: true,
  title: "A malformed address literal as the client's name",
  messages: {
    default: "This address literal is malformed. Write [192.0.2.1] with numbers up to 255, or [IPv6:2001:db8::1].",
    tag: "An IPv6 literal begins with “IPv6:”: {literal}. Strict servers answer 501 without it.",
    reply: "The server's answer: {code}.",
    fix: "Write {literal}",
  },
  why: "A server that checks the literal refuses the session, and nobody can tell which host is meant.",
  fix: "Correct the address, or use the full host name of the client.",
  wrong: transcriptOf("S: 220 mx.example.com ESMTP", "C: EHLO [2001:db8::1]", "S: 501 5.5.2 Invalid literal"),
  right: transcriptOf("S: 220 mx.example.com ESMTP", "C: EHLO [IPv6:2001:db8::1]", "S: 250 mx.example.com"),
  check(session, context) {
    for (const { exchange, name, from, to } of hellosOf(session, context)) {
      if (!name.startsWith("[") || literalFault(name) === null) continue;
      const inside = name.slice(1, name.endsWith("]") ? -1 : undefined);
      const literal = inside.includes(":") && isIPv6(inside) ? `[IPv6:${inside}]` : undefined;
      context.report({
        at: { wire: exchange.wire, from, to },
        message: literal ? "tag" : "default",
        severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "warning" }),
        data: { literal: literal ?? "" },
        related: relatedReply(exchange.reply, "reply"),
        fix: literal ? fixIn(context, exchange.wire, "fix", [[from, to, literal]], { literal }) : undefined,
      });
    }
  },
};
