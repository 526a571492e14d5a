import type { MailData } from "../session/model.js";
import { EXAMPLE_HEADER, exampleEscaped, exampleMessage } from "./lib/example.js";
import { messagesOf } from "./lib/message.js";
import { type IrregularEnd, irregularEnds } from "./lib/smuggling.js";
import { replyWire } from "./support.js";
import type { Related, Rule, RuleContext, Session } from "./types.js";

/** A dot that some servers take as the end of the message and others as text. */
export const smugglingEndOfData: Rule = {
  id: "smuggling-end-of-data",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "4.1.1.4" },
    { document: "CVE-2023-51764" },
    { document: "CVE-2023-51765" },
    { document: "CVE-2023-51766" },
  ],
  topic: "bytes",
  title: "An irregular end of the message (SMTP smuggling)",
  messages: {
    default:
      "{form} is no end of a message, but some servers take it as one and run what follows as commands. A second mail can be smuggled in this way: send CR LF only, and refuse such input.",
    ended: "This server took it as the end of the message: {code}",
    text: "This server read on to here; to it the dot was text.",
    laxCrlf:
      "These servers end the message here: Postfix before 3.5.23, 3.6.13, 3.7.9 and 3.8.4, sendmail before 8.18, Exim before 4.97.1.",
    laxLf: "Postfix before 3.5.23, 3.6.13, 3.7.9 and 3.8.4 ends the message here. Exim 4.96 reads on.",
    strict:
      "These do not: newer ones of them that refuse or normalise bare LF (Postfix smtpd_forbid_bare_newline), and notqmail.",
  },
  why: "Only CR LF . CR LF ends a message (RFC 5321 §4.1.1.4). Where a sending server passes an irregular form on as text and the receiving one ends the message there, an attacker can send a second mail with a forged sender that passes SPF. Named for Postfix (CVE-2023-51764), sendmail (CVE-2023-51765) and Exim (CVE-2023-51766).",
  fix: "Sender: normalise line ends to CR LF and double dots. Server: Postfix smtpd_forbid_bare_newline, sendmail 8.18, Exim 4.97.1 or newer.",
  elsewhere: "The SMTP smuggling scanners; postscreen BARE NEWLINE",
  wrong: exampleEscaped(
    "Subject: outer\\r\\n\\r\\nouter body\\n.\\r\\nMAIL FROM:<mallory@example.net>\\r\\nRCPT TO:<carol@example.com>\\r\\n.\\r\\n",
    "250 2.0.0 Ok: queued as 4Xk2pQ1",
  ),
  right: exampleMessage([], ...EXAMPLE_HEADER, "C: outer body", "C: ..", "C: MAIL FROM:<mallory@example.net>", "C: ."),
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const { data } of messagesOf(session, context)) {
      const first = irregularEnds(session, data)[0];
      if (!first) continue;
      context.report({
        at: { wire: first.wire, from: first.from, to: first.to },
        data: { form: first.form },
        related: [...outcome(data, first.ended), ...readers(first)],
      });
    }
  },
};

/** What this server made of it. */
function outcome({ end }: MailData, ended: boolean): Related[] {
  if (!ended) return end?.wire ? [{ at: { wire: end.wire }, message: "text" }] : [];
  const wire = end?.reply && replyWire(end.reply);
  return wire ? [{ at: { wire }, message: "ended", data: { code: end?.reply?.code ?? "?" } }] : [];
}

/** Which servers are known to end the message at this form: their advisories, postfix.org/smtp-smuggling.html, recordings. */
function readers({ wire, from, to, form }: IrregularEnd): Related[] {
  const lax = form === "LF . CR LF" ? "laxCrlf" : form === "LF . LF" ? "laxLf" : undefined;
  if (!lax) return [];
  const at = { wire, from, to };
  return [
    { at, message: lax },
    { at, message: "strict" },
  ];
}
