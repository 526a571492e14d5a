import { EXAMPLE_HEADER, exampleEscaped, exampleMessage } from "./lib/example.js";
import { messagesOf, outcomeReply } from "./lib/message.js";
import { irregularEnds } from "./lib/smuggling.js";
import { relatedReply } from "./support.js";
import type { Rule, RuleContext, Session, WireLine } from "./types.js";

/** Lines of the message that end with LF alone on the wire. */
export const dataBareLf: Rule = {
  id: "data-bare-lf",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "2.3.8" },
    { document: "RFC 5321", section: "4.1.1.4" },
  ],
  topic: "bytes",
  title: "Message lines that end with LF instead of CR LF",
  messages: {
    default:
      "{count} line(s) of this message, from here on, end with LF alone instead of CR LF. Servers that guard against SMTP smuggling refuse that: convert all line ends to CR LF before sending.",
    reply: "The reply to the message: {code}",
  },
  why: "A line in SMTP ends with CR LF and nothing else (RFC 5321 §2.3.8). Servers that take a bare LF as a line end disagree with those that do not about where a message ends, which is what SMTP smuggling uses; Exchange Online refuses it (550 5.6.11) and Postfix can (smtpd_forbid_bare_newline).",
  fix: "Convert every line end to CR LF before the message is handed to the mail library, or hand it over as text and not as bytes, so that the library does it.",
  elsewhere: "Exchange 5.6.11; Postfix smtpd_forbid_bare_newline",
  wrong: exampleEscaped("Subject: Hello\\n\\nHi Bob\\n\\r\\n.\\r\\n", "250 2.0.0 Ok: queued as 4Xk2pQ1"),
  right: exampleMessage([], ...EXAMPLE_HEADER, "C: Hi Bob", "C: ."),
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const { data } of messagesOf(session, context)) {
      // BDAT carries what it is given; in text it has a rule of its own (bdat-bare-lf).
      if (data.kind !== "DATA" || irregularEnds(data).length > 0) continue;
      const bare = data.lines.filter((wire) => wire.wireEnd === "lf");
      const wire = bare[0] as WireLine | undefined;
      if (!wire) continue;
      context.report({
        at: { wire },
        data: { count: bare.length },
        related: relatedReply(outcomeReply(data), "reply"),
      });
    }
  },
};
