import { pathsUsed } from "./lib/address.js";
import { exampleSession } from "./lib/example.js";
import { fixIn, relatedReply, severityByOutcome } from "./support.js";
import type { Rule } from "./types.js";

/** A source route in a path. */
export const sourceRoute: Rule = {
  id: "source-route",
  severity: "warning",
  party: "client",
  level: "SHOULD",
  references: [
    { document: "RFC 5321", section: "3.3" },
    { document: "RFC 5321", section: "C" },
  ],
  topic: "addresses",
  fixable: true,
  title: "A source route in the address",
  messages: {
    default: "The hosts before the colon are a source route, which nobody follows today. Give the address alone.",
    reply: "The server's answer: {code}.",
    fix: "Delete the source route",
  },
  why: "Servers ignore or refuse source routes, since they were used to relay through strangers.",
  fix: "Write the mailbox alone. To go through a certain host, configure it as relay.",
  wrong: exampleSession([], "C: MAIL FROM:<@relay.example.net:alice@example.org>", "S: 250 2.1.0 Ok"),
  right: exampleSession([], "C: MAIL FROM:<alice@example.org>", "S: 250 2.1.0 Ok"),
  check(session, context) {
    for (const { exchange, path } of pathsUsed(session, context)) {
      if (path.route === "") continue;
      context.report({
        at: { wire: exchange.wire, from: path.contentFrom, to: path.mailboxFrom },
        severity: severityByOutcome(exchange.reply, { accepted: "information", refused: "error", unseen: "warning" }),
        related: relatedReply(exchange.reply, "reply"),
        fix: fixIn(context, exchange.wire, "fix", [[path.contentFrom, path.mailboxFrom, ""]]),
      });
    }
  },
};
