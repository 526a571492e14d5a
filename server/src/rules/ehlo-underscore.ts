import { isIPv6 } from "./lib/address.js";
import { exampleSession, transcriptOf } from "./lib/example.js";
import { hellosOf } from "./lib/hello.js";
import { relatedReply, severityByOutcome, shorten } from "./support.js";
import type { Rule } from "./types.js";

/** A character in the client's name that no host name may have. */
export const ehloUnderscore: Rule = {
  id: "ehlo-underscore",
  severity: "warning",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.1.2" }],
  topic: "opening",
  fixable: false,
  title: "A character in the client's name that no domain may have",
  messages: {
    default:
      "“{name}” holds “{character}”, which no host name may have. Only letters, digits, hyphens and dots are allowed.",
    reply: "The server's answer: {code}.",
  },
  why: "Underscores and other characters make the name invalid. Some servers refuse the session for it.",
  fix: "Rename the host, or set a valid name in the mail client; replace an underscore by a hyphen.",
  elsewhere: "Postfix: “Helo command rejected: Invalid name” (reject_invalid_helo_hostname).",
  wrong: transcriptOf(
    "S: 220 mx.example.com ESMTP",
    "C: EHLO my_host.example.org",
    "S: 501 5.5.2 <my_host.example.org>: Helo command rejected: Invalid name",
  ),
  right: exampleSession([]),
  check(session, context) {
    for (const { exchange, name, from } of hellosOf(session, context)) {
      if (name.startsWith("[") || (name.includes(":") && isIPv6(name))) continue;
      const at = name.search(/[^A-Za-z0-9.-]/);
      // Letters beyond ASCII are a matter of SMTPUTF8 and of pasted typography.
      if (at === -1 || (name[at] as string) > "\u007e" || (name[at] as string) < "!") continue;
      context.report({
        at: { wire: exchange.wire, from: from + at, to: from + at + 1 },
        severity: severityByOutcome(exchange.reply, { accepted: "information", refused: "error", unseen: "warning" }),
        data: { name: shorten(name, 40), character: name[at] as string },
        related: relatedReply(exchange.reply, "reply"),
      });
    }
  },
};
