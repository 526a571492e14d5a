import { exampleSession, transcriptOf } from "./lib/example.js";
import { hellosOf } from "./lib/hello.js";
import { isRefusal, relatedReply, shorten } from "./support.js";
import type { Rule } from "./types.js";

/** The client calls itself localhost. */
export const ehloLocalhost: Rule = {
  id: "ehlo-localhost",
  severity: "information",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "2.3.5" },
    { document: "RFC 5321", section: "4.1.4" },
  ],
  topic: "opening",
  fixable: false,
  title: "The client calls itself localhost",
  messages: {
    default:
      "The client calls itself “{name}”. Fine on a test bench; on the Internet many servers refuse or mistrust such mail.",
    refused: "The server refuses the name “{name}”. Set the client's host name to its full domain name.",
    reply: "The server's answer: {code}.",
  },
  why: "localhost names every machine. Filters count it as a sign of a misconfigured or abused host.",
  fix: "Set the host name that the client sends: in PHPMailer Hostname, in Nodemailer name, in Postfix myhostname.",
  wrong: transcriptOf("S: 220 mx.example.com ESMTP", "C: EHLO localhost", "S: 250 mx.example.com"),
  right: exampleSession([]),
  check(session, context) {
    for (const { exchange, name, from, to } of hellosOf(session, context)) {
      if (!/^localhost(?:\.localdomain)?\.?$/i.test(name) || exchange.verb === "LHLO") continue;
      const refused = isRefusal(exchange.reply) && exchange.reply?.code !== 421 && exchange.reply?.code !== 503;
      context.report({
        at: { wire: exchange.wire, from, to },
        message: refused ? "refused" : "default",
        severity:
          refused && /helo|ehlo|host|name|localhost/i.test(exchange.reply?.text ?? "") ? "warning" : "information",
        data: { name: shorten(name, 40) },
        related: refused ? relatedReply(exchange.reply, "reply") : [],
      });
    }
  },
};
