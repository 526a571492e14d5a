import { transcriptOf } from "./lib/example.js";
import { hellosOf } from "./lib/hello.js";
import { severityByOutcome } from "./support.js";
import type { Rule } from "./types.js";

/** HELO with an address literal. */
export const heloLiteral: Rule = {
  id: "helo-literal",
  severity: "hint",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.1.1.1" }],
  topic: "opening",
  fixable: false,
  title: "HELO with an address literal",
  messages: {
    default: "The grammar of HELO knows only a domain name, no address in brackets. Use EHLO, which takes both.",
  },
  why: "Address literals belong to EHLO. Few servers mind, but the grammar is clear.",
  fix: "Send EHLO instead, or HELO with the host name.",
  wrong: transcriptOf("S: 220 mx.example.com ESMTP", "C: HELO [192.0.2.1]", "S: 250 mx.example.com"),
  right: transcriptOf("S: 220 mx.example.com ESMTP", "C: EHLO [192.0.2.1]", "S: 250 mx.example.com"),
  check(session, context) {
    for (const { exchange, name, from, to } of hellosOf(session, context)) {
      if (exchange.verb !== "HELO" || !name.startsWith("[")) continue;
      const severity = severityByOutcome(exchange.reply, { accepted: "hint", refused: "warning", unseen: "hint" });
      context.report({ at: { wire: exchange.wire, from, to }, severity });
    }
  },
};
