import { isIPv4, isIPv6 } from "./lib/address.js";
import { transcriptOf } from "./lib/example.js";
import { hellosOf } from "./lib/hello.js";
import { fixIn, isRefusal, relatedReply, severityByOutcome } from "./support.js";
import type { Rule } from "./types.js";

/** An IP address without brackets as the client's name. */
export const ehloBareIp: Rule = {
  id: "ehlo-bare-ip",
  severity: "warning",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.1.3" }],
  topic: "opening",
  fixable: true,
  title: "An IP address without brackets as the client's name",
  messages: {
    default: "An address stands in brackets: {literal}. Without them it is read as a domain name that does not exist.",
    reply: "The server's answer: {code}.",
    fix: "Write {literal}",
  },
  why: "Servers and spam filters treat a bare address as a forged name; many on port 25 refuse it.",
  fix: "Use the full host name of the client, or put the address in brackets, IPv6 as [IPv6:…].",
  wrong: transcriptOf("S: 220 mx.example.com ESMTP", "C: EHLO 192.0.2.1", "S: 501 5.5.4 Invalid address"),
  right: transcriptOf("S: 220 mx.example.com ESMTP", "C: EHLO [192.0.2.1]", "S: 250 mx.example.com"),
  check(session, context) {
    for (const { exchange, name, from, to } of hellosOf(session, context)) {
      const literal = isIPv4(name) ? `[${name}]` : name.includes(":") && isIPv6(name) ? `[IPv6:${name}]` : undefined;
      if (literal === undefined) continue;
      context.report({
        at: { wire: exchange.wire, from, to },
        severity: isRefusal(exchange.reply)
          ? severityByOutcome(exchange.reply, { accepted: "information", refused: "error", unseen: "warning" })
          : "information",
        data: { literal },
        related: relatedReply(exchange.reply, "reply"),
        fix: fixIn(context, exchange.wire, "fix", [[from, to, literal]], { literal }),
      });
    }
  },
};
