import { addressSeverity, mailboxFault, pathsUsed } from "./lib/address.js";
import { exampleSession } from "./lib/example.js";
import { relatedReply } from "./support.js";
import type { Rule } from "./types.js";

/** A mailbox that the grammar does not allow. */
export const addressSyntax: Rule = {
  id: "address-syntax",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "4.1.2" },
    { document: "RFC 5321", section: "4.1.3" },
  ],
  topic: "addresses",
  fixable: false,
  title: "An address that is not well-formed",
  messages: {
    twoAts: "The address has two “@”. Only one may stand outside quotes: correct the address.",
    dots: "The part before “@” begins or ends with a dot, or has two in a row. Put it in quotes or correct it.",
    emptyLocal: "Nothing stands before “@”. Add the user's name.",
    emptyDomain: "Nothing stands behind “@”. Add the domain.",
    localChars: "The part before “@” has a character that is only allowed in quotes. Put it in quotes or correct it.",
    quotes: "The quoted part before “@” is not closed, or has a quote inside. Correct the quotes.",
    domainChars:
      "The domain has a character that no domain may have. Only letters, digits, hyphens and dots are allowed.",
    domainDots: "The domain has an empty part: two dots in a row or a dot at the start. Correct the domain.",
    literal: "The address literal is malformed. Write [192.0.2.1] or [IPv6:2001:db8::1].",
    reply: "The server's answer: {code}.",
  },
  why: "A server refuses what it cannot read as an address, with 501 or 553. Some servers accept such addresses, the next one on the way may not.",
  fix: 'Correct the address. Names that really contain dots in a row or blanks stand in quotes: <"a..b"@example.com>.',
  wrong: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob..smith@example.com>",
    "S: 501 5.1.3 Bad recipient address syntax",
  ),
  right: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    'C: RCPT TO:<"bob..smith"@example.com>',
    "S: 250 2.1.5 Ok",
  ),
  check(session, context) {
    for (const { exchange, path } of pathsUsed(session, context)) {
      if (path.content === "" || isOthers(path.content)) continue;
      // Without brackets nobody can say where the address ends.
      if (path.opened && !path.closed) continue;
      const fault = mailboxFault(path);
      if (fault === null || (fault === "dots" && session.traits.printsDots)) continue;
      context.report({
        at: { wire: exchange.wire, from: path.mailboxFrom, to: path.mailboxFrom + path.mailbox.length },
        message: fault,
        // Two domains are never meant: the mail goes astray even where the server takes them.
        severity: addressSeverity(exchange, fault === "twoAts" ? "warning" : "information"),
        related: relatedReply(exchange.reply, "reply"),
      });
    }
  },
};

/** Blanks and brackets inside are a display name, other rules speak of control characters and pasted typography. */
function isOthers(content: string): boolean {
  return (
    /[<>\s\u0000-\u001f\u007f]|\^H|[\u00a0\u200b-\u200f\u2018-\u201d\ufeff]/.test(content) && !content.startsWith('"')
  );
}
