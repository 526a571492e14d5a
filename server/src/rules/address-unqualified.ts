import { addressSeverity, pathsUsed } from "./lib/address.js";
import { exampleSession } from "./lib/example.js";
import { isSyntaxRefusal, relatedReply } from "./support.js";
import type { Rule } from "./types.js";

/** An address without a domain. */
export const addressUnqualified: Rule = {
  id: "address-unqualified",
  severity: "information",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "2.3.5" },
    { document: "RFC 5321", section: "4.1.1.3" },
  ],
  topic: "addresses",
  fixable: false,
  title: "An address without a domain",
  messages: {
    default:
      "The address has no domain. A submission server may add its own; any other refuses or misdelivers the mail.",
    reply: "The server's answer: {code}.",
  },
  why: "Between servers an address needs its domain; only Postmaster may stand alone.",
  fix: "Write the full address with “@” and domain.",
  elsewhere: "Postfix: “need fully-qualified address”.",
  wrong: exampleSession(
    [],
    "C: MAIL FROM:<alice>",
    "S: 504 5.5.2 <alice>: Sender address rejected: need fully-qualified address",
  ),
  right: exampleSession([], "C: MAIL FROM:<alice@example.org>", "S: 250 2.1.0 Ok"),
  check(session, context) {
    if (session.protocol === "LMTP") return;
    for (const { exchange, path } of pathsUsed(session, context)) {
      const { domain, mailbox, opened, closed } = path;
      if (domain !== null || mailbox === "" || !opened || !closed || /^postmaster$/i.test(mailbox)) continue;
      if (/[\s<>]/.test(mailbox)) continue;
      context.report({
        at: { wire: exchange.wire, from: path.contentFrom, to: path.contentTo },
        severity: isSyntaxRefusal(exchange.reply) ? addressSeverity(exchange) : "information",
        related: relatedReply(exchange.reply, "reply"),
      });
    }
  },
};
