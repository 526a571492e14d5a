import { EXAMPLE_HEADER, exampleSession } from "./lib/example.js";
import { firstNonAscii, messagesOf } from "./lib/message.js";
import { parameterOf, withValue } from "./lib/parameters.js";
import { scanOf } from "./lib/scan.js";
import { isShownCommand, offered, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** BODY=7BIT and octets above 127. */
export const data8bitDeclared7bit: Rule = {
  id: "data-8bit-declared-7bit",
  severity: "warning",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 6152", section: "3" }],
  topic: "data",
  title: "8-bit text in a message announced as 7BIT",
  messages: {
    default:
      "BODY=7BIT promises that the message has no 8-bit text, but it has (lines: {count}). Servers may damage or refuse it: write BODY=8BITMIME, or encode the text.",
    line: "The first line with 8-bit text.",
    reply: "The reply to the message: {code}",
    fix: "Write BODY=8BITMIME",
  },
  why: "By BODY the next server knows whether it must convert the message for one that takes 7-bit text only (RFC 6152 §3). A wrong value lets the damage happen later, where nobody sees it.",
  fix: "Announce BODY=8BITMIME where the server offers 8BITMIME; else encode as quoted-printable or base64.",
  wrong: exampleSession(
    ["8BITMIME"],
    "C: MAIL FROM:<alice@example.org> BODY=7BIT",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 250 2.1.5 Ok",
    "C: DATA",
    "S: 354 End data with <CR><LF>.<CR><LF>",
    ...EXAMPLE_HEADER,
    "C: Grüße aus Köln",
    "C: .",
    "S: 250 2.0.0 Ok: queued as 4Xk2pQ1",
  ),
  right: exampleSession(
    ["8BITMIME"],
    "C: MAIL FROM:<alice@example.org> BODY=8BITMIME",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 250 2.1.5 Ok",
    "C: DATA",
    "S: 354 End data with <CR><LF>.<CR><LF>",
    ...EXAMPLE_HEADER,
    "C: Grüße aus Köln",
    "C: .",
    "S: 250 2.0.0 Ok: queued as 4Xk2pQ1",
  ),
  fixable: true,
  check(session: Session, context: RuleContext): void {
    for (const { mail, data } of messagesOf(session, context)) {
      if (!isShownCommand(mail)) continue;
      const body = parameterOf(mail, "BODY");
      if (body?.value?.toUpperCase() !== "7BIT") continue;
      const lines = scanOf(data).nonAscii;
      const first = lines[0];
      if (!first) continue;
      const can = offered(mail)?.has("8BITMIME") === true;
      context.report({
        at: { wire: mail.wire, from: body.from, to: body.to },
        data: { count: lines.length },
        related: [
          { at: { wire: first, from: firstNonAscii(first.text) }, message: "line" },
          ...relatedReply(data.end?.reply, "reply"),
        ],
        fix: can
          ? { title: "fix", kind: "structure", edits: withValue({ exchange: mail, parameter: body }, "8BITMIME") }
          : undefined,
      });
    }
  },
};
