import { pathsUsed } from "./lib/address.js";
import { exampleSession } from "./lib/example.js";
import { fixIn, isPositive, relatedReply } from "./support.js";
import type { Exchange, Rule } from "./types.js";

const PASTED = /[\u00a0\u00ad\u2000-\u206f\ufeff]/;

/** A non-ASCII address without SMTPUTF8. */
export const addressNonAscii: Rule = {
  id: "address-non-ascii",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "4.1.2" },
    { document: "RFC 6531", section: "3.2" },
  ],
  topic: "addresses",
  fixable: true,
  title: "A non-ASCII address without SMTPUTF8",
  messages: {
    default:
      "The address holds letters beyond ASCII, but MAIL did not ask for SMTPUTF8. Servers refuse it with 553 or change the letters.",
    notOffered:
      "The address holds letters beyond ASCII, and this server does not offer SMTPUTF8. Use an ASCII address, or the domain's xn-- form.",
    reply: "The server's answer: {code}.",
    fix: "Add SMTPUTF8 to MAIL",
  },
  why: "Without SMTPUTF8 an address is ASCII. What servers make of other octets is up to chance.",
  fix: "Add SMTPUTF8 to MAIL where the server offers it. A domain alone can be written in its xn-- form.",
  elsewhere: "Postfix: “553 5.6.7”.",
  wrong: exampleSession(
    ["SMTPUTF8", "8BITMIME"],
    "C: MAIL FROM:<j\u00f6rg@example.org>",
    "S: 553 5.6.7 Must declare SMTPUTF8 to permit unicode address",
  ),
  right: exampleSession(["SMTPUTF8", "8BITMIME"], "C: MAIL FROM:<j\u00f6rg@example.org> SMTPUTF8", "S: 250 2.1.0 Ok"),
  check(session, context) {
    for (const { exchange, path } of pathsUsed(session, context)) {
      const at = path.content.search(/[^\u0000-\u007f]/);
      if (at === -1 || PASTED.test(path.content)) continue;
      const mail = exchange.verb === "MAIL" ? exchange : exchange.transaction?.mail;
      if (!mail?.command || asksForUtf8(mail)) continue;
      const offered = exchange.before.extensions?.has("SMTPUTF8") === true;
      const end = exchange.wire.text.trimEnd().length;
      const fix =
        offered && mail === exchange ? fixIn(context, exchange.wire, "fix", [[end, end, " SMTPUTF8"]]) : undefined;
      context.report({
        at: { wire: exchange.wire, from: path.contentFrom, to: path.contentTo },
        message: offered ? "default" : "notOffered",
        severity: isPositive(exchange.reply) ? "warning" : "error",
        related: relatedReply(exchange.reply, "reply"),
        fix: fix && { ...fix, kind: "structure" },
      });
    }
  },
};

function asksForUtf8(mail: Exchange): boolean {
  return mail.command?.path?.parameters.some(({ keyword }) => keyword === "SMTPUTF8") === true;
}
