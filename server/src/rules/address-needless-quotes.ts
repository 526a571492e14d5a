import { pathsUsed } from "./lib/address.js";
import { exampleSession } from "./lib/example.js";
import { fixIn } from "./support.js";
import type { Rule } from "./types.js";

const ATOMS = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;

/** Quotes around a local part that needs none. */
export const addressNeedlessQuotes: Rule = {
  id: "address-needless-quotes",
  severity: "hint",
  party: "client",
  level: "SHOULD",
  references: [{ document: "RFC 5321", section: "4.1.2" }],
  topic: "addresses",
  fixable: true,
  title: "Quotes around a name that needs none",
  messages: {
    default:
      "The name before “@” needs no quotes. Both forms mean the same mailbox, but some servers and lists compare letter by letter.",
    fix: "Delete the quotes",
  },
  why: "RFC 5321 asks senders to use the plain form where it is possible.",
  fix: "Write the name without quotes.",
  wrong: exampleSession([], 'C: MAIL FROM:<"alice"@example.org>', "S: 250 2.1.0 Ok"),
  right: exampleSession([], "C: MAIL FROM:<alice@example.org>", "S: 250 2.1.0 Ok"),
  check(session, context) {
    for (const { exchange, path } of pathsUsed(session, context)) {
      const { localPart, mailboxFrom: from } = path;
      if (!/^".+"$/.test(localPart) || !ATOMS.test(localPart.slice(1, -1))) continue;
      context.report({
        at: { wire: exchange.wire, from, to: from + localPart.length },
        fix: fixIn(context, exchange.wire, "fix", [[from, from + localPart.length, localPart.slice(1, -1)]]),
      });
    }
  },
};
