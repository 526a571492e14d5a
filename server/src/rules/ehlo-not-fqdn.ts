import { exampleSession, transcriptOf } from "./lib/example.js";
import { hellosOf } from "./lib/hello.js";
import { isRefusal, relatedReply, shorten } from "./support.js";
import type { Rule } from "./types.js";

/** A host name of a single label. */
export const ehloNotFqdn: Rule = {
  id: "ehlo-not-fqdn",
  severity: "hint",
  party: "client",
  level: "SHOULD",
  references: [
    { document: "RFC 5321", section: "2.3.5" },
    { document: "RFC 5321", section: "4.1.4" },
  ],
  topic: "opening",
  fixable: false,
  title: "The client's host name is not fully qualified",
  messages: {
    default:
      "“{name}” is no full domain name. That is usual for mail programs at submission; on port 25 some servers refuse it.",
    refused: "The server refuses “{name}”. Use the full domain name of the client, such as mail.example.org.",
    reply: "The server's answer: {code}.",
  },
  why: "RFC 5321 asks for a full domain name that resolves, or an address literal. Servers on port 25 use it against abuse.",
  fix: "Set the client's host name to a full domain name that has an address record, or use the address literal.",
  elsewhere: "Postfix: “need fully-qualified hostname” (reject_non_fqdn_helo_hostname).",
  wrong: transcriptOf(
    "S: 220 mx.example.com ESMTP",
    "C: EHLO laptop",
    "S: 504 5.5.2 <laptop>: Helo command rejected: need fully-qualified hostname",
  ),
  right: exampleSession([]),
  check(session, context) {
    for (const { exchange, name, from, to } of hellosOf(session, context)) {
      // An underscore has a rule of its own.
      if (!/^[A-Za-z0-9-]+$/.test(name) || /^localhost$/i.test(name) || exchange.verb === "LHLO") continue;
      const refusal =
        isRefusal(exchange.reply) &&
        /fully|qualified|hostname|host name|helo command rejected|invalid/i.test(exchange.reply?.text ?? "");
      context.report({
        at: { wire: exchange.wire, from, to },
        message: refusal ? "refused" : "default",
        severity: refusal ? "warning" : "hint",
        data: { name: shorten(name, 40) },
        related: refusal ? relatedReply(exchange.reply, "reply") : [],
      });
    }
  },
};
