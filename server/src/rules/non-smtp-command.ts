import { transcriptOf } from "./lib/example.js";
import { isShownCommand, relatedReply, replyWire } from "./support.js";
import type { Exchange, Related, Rule } from "./types.js";
import { foreignProtocol } from "./verbs.js";

/** A line of another protocol. */
export const nonSmtpCommand: Rule = {
  id: "non-smtp-command",
  severity: "error",
  party: "client",
  level: "practice",
  references: [{ document: "Postfix smtpd_forbidden_commands" }, { document: "RFC 5321", section: "4.1" }],
  topic: "commands",
  fixable: false,
  title: "A line of another protocol, such as HTTP",
  messages: {
    HTTP: "This is an HTTP request, not SMTP. Something speaks to the wrong port, or a web page is abused to reach the mail server.",
    TLS: "These are the first octets of a TLS handshake, but this port speaks plain SMTP. Use STARTTLS here, or implicit TLS on port 465.",
    octets:
      "This line is no text: something else than SMTP, such as a TLS handshake, came to this port. Use STARTTLS here, or implicit TLS on port 465.",
    other: "This line belongs to another protocol, not to SMTP. Check the port that the client connects to.",
    reply: "The server's answer: {code}.",
    rest: "The rest of the request, read as commands.",
  },
  why: "Mail servers drop such clients at once: it is either a wrong port or an attack that makes a web client speak to a mail server.",
  fix: "Correct port and protocol of the client. On the server nothing needs to be done; Postfix and others refuse such lines by themselves.",
  elsewhere: "Postfix postscreen: NON-SMTP COMMAND. smtp-server (Node): “421 HTTP requests not allowed”.",
  wrong: transcriptOf(
    "S: 220 mx.example.com ESMTP",
    "C: GET / HTTP/1.1",
    "S: 221 2.7.0 Error: I can break rules, too. Goodbye.",
  ),
  right: transcriptOf(
    "S: 220 mx.example.com ESMTP",
    "C: EHLO client.example.org",
    "S: 250 mx.example.com",
    "C: QUIT",
    "S: 221 2.0.0 Bye",
  ),
  check(session, context) {
    const { exchanges } = session;
    exchanges.forEach((exchange, at) => {
      if (!isShownCommand(exchange) || exchange.before.closed || context.isConsequence(exchange)) return;
      const protocol = foreignProtocol(exchange.wire.text);
      if (protocol === null) return;
      context.report({
        at: { wire: exchange.wire },
        message: protocol,
        related: [...relatedReply(exchange.reply, "reply"), ...rest(exchanges, at, (of) => context.isConsequence(of))],
      });
    });
  },
};

function rest(exchanges: readonly Exchange[], at: number, isConsequence: (of: Exchange) => boolean): Related[] {
  const related: Related[] = [];
  for (let next = at + 1; next < exchanges.length && related.length < 10; next++) {
    const exchange = exchanges[next] as Exchange;
    if (!exchange.wire || !isConsequence(exchange)) break;
    const answer = exchange.reply && replyWire(exchange.reply);
    related.push({ at: { wire: exchange.wire }, message: "rest" });
    if (answer) related.push({ at: { wire: answer }, message: "reply", data: { code: exchange.reply?.code ?? "?" } });
  }
  return related;
}
