import { exampleSession } from "./lib/example.js";
import { commandsOf, offered, relatedReply, shorten } from "./support.js";
import type { Rule } from "./types.js";
import { isPrivateVerb } from "./verbs.js";

/** A private command that the server did not list. */
export const privateCommandNotAdvertised: Rule = {
  id: "private-command-not-advertised",
  severity: "hint",
  party: "client",
  level: "practice",
  references: [
    { document: "RFC 5321", section: "4.1.5" },
    { document: "RFC 5321", section: "2.2.2" },
  ],
  topic: "commands",
  fixable: false,
  title: "A private command that the server did not list",
  messages: {
    default:
      "{verb} is a private command that this server does not list for this session. It works only where both sides agreed on it.",
    reply: "The server's answer: {code}.",
  },
  why: "Commands that begin with X are by agreement. Servers list them only to the clients that may use them.",
  fix: "Allow the client on the server (Postfix: smtpd_authorized_xclient_hosts), or do without the command.",
  wrong: exampleSession(["SIZE 1000"], "C: XCLIENT ADDR=192.0.2.1", "S: 503 5.5.1 Error: command not allowed"),
  right: exampleSession(["XCLIENT ADDR"], "C: XCLIENT ADDR=192.0.2.1", "S: 220 mx.example.com ESMTP"),
  check(session, context) {
    for (const exchange of commandsOf(session)) {
      if (!isPrivateVerb(exchange.verb) || exchange.verb === "X-LINK2STATE" || context.isConsequence(exchange))
        continue;
      const list = offered(exchange);
      if (!list || list.has(exchange.verb)) continue;
      context.report({
        at: { wire: exchange.wire, from: exchange.command.verbFrom, to: exchange.command.verbTo },
        data: { verb: shorten(exchange.verb, 30) },
        related: relatedReply(exchange.reply, "reply"),
      });
    }
  },
};
