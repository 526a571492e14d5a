import { exampleSession } from "./lib/example.js";
import { headerEnd, messagesOf } from "./lib/message.js";
import { isShownCommand, replaceIn } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

const ENVELOPE_END = [
  "S: 250 2.1.0 Ok",
  "C: RCPT TO:<alice@example.org>",
  "S: 250 2.1.5 Ok",
  "C: DATA",
  "S: 354 End data with <CR><LF>.<CR><LF>",
  "C: Date: Mon, 23 Nov 2026 16:20:00 +0000",
  "C: From: Mail Delivery System <mailer-daemon@mx.example.com>",
  "C: To: alice@example.org",
  "C: Message-ID: <20261123162000.1@mx.example.com>",
  "C: Subject: Undelivered Mail Returned to Sender",
  "C: MIME-Version: 1.0",
  "C: Content-Type: multipart/report; report-type=delivery-status; boundary=b",
  "C: ",
  "C: --b",
  "C: ",
  "C: Your mail could not be delivered.",
  "C: --b--",
  "C: .",
  "S: 250 2.0.0 Ok: queued as 4Xk2pQ1",
];

/** A delivery report that can itself be answered by one. */
export const bounceWithSender: Rule = {
  id: "bounce-with-sender",
  severity: "warning",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "4.5.5" },
    { document: "RFC 3464", section: "2" },
  ],
  topic: "addresses",
  title: "A delivery report with a sender in the envelope",
  messages: {
    default:
      "This message is a delivery report, and it must be sent with MAIL FROM:<>. With a sender, reports about reports can go round for ever.",
    report: "The message is a delivery report.",
    fix: "Write MAIL FROM:<>",
  },
  why: "Reports are sent with the null reverse-path, so that a failure to deliver them makes no further report (RFC 5321 §4.5.5, RFC 3464 §2).",
  fix: "Send reports with MAIL FROM:<>; the address of the mail system belongs into From.",
  wrong: exampleSession(["SIZE 10240000"], "C: MAIL FROM:<mailer-daemon@mx.example.com>", ...ENVELOPE_END),
  right: exampleSession(["SIZE 10240000"], "C: MAIL FROM:<>", ...ENVELOPE_END),
  fixable: true,
  check(session: Session, context: RuleContext): void {
    for (const { mail, reversePath, data } of messagesOf(session, context)) {
      if (!reversePath || !isShownCommand(mail)) continue;
      const path = mail.command.path?.path;
      const report = data.lines
        .slice(0, headerEnd(data.lines))
        .find(({ text }) =>
          /^(?:content-type:[ \t]*multipart\/report\b|[ \t]).*report-type="?delivery-status\b/i.test(text),
        );
      if (!report || !path) continue;
      context.report({
        at: { wire: mail.wire, from: path.from, to: path.to },
        related: [{ at: { wire: report }, message: "report" }],
        fix: path.closed
          ? { title: "fix", kind: "structure", edits: [replaceIn(mail.wire, path.from, path.to, "<>")] }
          : undefined,
      });
    }
  },
};
