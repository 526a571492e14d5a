import { EXAMPLE_HEADER, exampleEscaped, exampleMessage } from "./lib/example.js";
import { messagesOf } from "./lib/message.js";
import { irregularEnds } from "./lib/smuggling.js";
import { isPositive, replyWire } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** The server ended the message at a dot that is no end. */
export const serverAcceptsBareLfDot: Rule = {
  id: "server-accepts-bare-lf-dot",
  severity: "error",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.1.1.4" }, { document: "CVE-2023-51764" }],
  topic: "bytes",
  title: "The server takes an irregular end of the message",
  messages: {
    default:
      "The server ended the message at {form} and queued it. Whoever sends through it can smuggle a second mail with a forged sender: update the server or have it refuse bare line feeds.",
    dot: "Taken as the end of the message.",
    ran: "Then run as a command.",
  },
  why: "A server must not take LF . LF or its variants as the end of the mail data (RFC 5321 §4.1.1.4): a sender that passes them on as text does not see a second mail in there, and the receiver does.",
  fix: "Postfix: smtpd_forbid_bare_newline = normalize. sendmail: 8.18 or newer. Exim: 4.97.1 or newer.",
  elsewhere: "The SMTP smuggling scanners",
  wrong: exampleEscaped(
    "Subject: outer\\r\\n\\r\\nouter body\\n.\\r\\nMAIL FROM:<mallory@example.net>\\r\\nRCPT TO:<carol@example.com>\\r\\n",
    "250 2.0.0 Ok: queued as 4Xk2pQ1",
    "250 2.1.0 Ok",
    "250 2.1.5 Ok",
  ),
  right: exampleMessage([], ...EXAMPLE_HEADER, "C: outer body", "C: ."),
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const { data } of messagesOf(session, context)) {
      const ended = irregularEnds(session, data).find((end) => end.ended);
      const end = data.end;
      const wire = end?.reply && replyWire(end.reply);
      if (!ended || !end || !wire || !isPositive(end.reply)) continue;
      const ran = session.exchanges.filter((exchange) => exchange.batch === end.batch && exchange.order > end.order);
      context.report({
        at: { wire },
        data: { form: ended.form },
        related: [
          { at: { wire: ended.wire, from: ended.from, to: ended.to }, message: "dot" },
          ...ran.flatMap((exchange) => (exchange.wire ? [{ at: { wire: exchange.wire }, message: "ran" }] : [])),
        ],
      });
    }
  },
};
