import { EXAMPLE_ENVELOPE, exampleMessage, exampleSession } from "./lib/example.js";
import { firstNonAscii, headerEnd, messagesOf, outcomeReply } from "./lib/message.js";
import { parameterOf } from "./lib/parameters.js";
import { scanOf } from "./lib/scan.js";
import { isRefusal, isShownCommand, offered, relatedReply } from "./support.js";
import type { Reply, Rule, RuleContext, Session } from "./types.js";

const ASCII_HEADER = [
  "C: Date: Mon, 23 Nov 2026 16:20:00 +0000",
  "C: From: Alice <alice@example.org>",
  "C: To: Bob <bob@example.com>",
  "C: Message-ID: <20261123162000.1@example.org>",
];

/** UTF-8 in the header section without SMTPUTF8. */
export const dataUtf8Header: Rule = {
  id: "data-utf8-header",
  severity: "information",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 6531", section: "3.1" },
    { document: "RFC 6532", section: "3" },
    { document: "RFC 2047" },
  ],
  topic: "data",
  title: "Raw 8-bit text in a header field without SMTPUTF8",
  messages: {
    default:
      "This header field holds characters outside ASCII as they are, and MAIL did not say SMTPUTF8. Readers may show them wrong and servers refuse them: encode the words as =?utf-8?Q?…?=.",
    refused:
      "This header field holds characters outside ASCII as they are, and the server refused the message for it ({code}). Encode the words as =?utf-8?Q?…?=.",
    reply: "The reply to the message: {code}",
  },
  why: "Header fields are ASCII unless the message is sent with SMTPUTF8 (RFC 6531 §3.1). Many servers let raw text through; Gmail and others refuse it.",
  fix: "Let the mail library encode header fields (RFC 2047), or send with SMTPUTF8 where all servers offer it.",
  elsewhere: "Gmail 5.7.1 unicode character in a disallowed header",
  wrong: exampleMessage(["8BITMIME"], ...ASCII_HEADER, "C: Subject: café", "C: ", "C: Hi Bob", "C: ."),
  right: exampleSession(
    ["8BITMIME"],
    ...EXAMPLE_ENVELOPE,
    ...ASCII_HEADER,
    "C: Subject: =?utf-8?Q?caf=C3=A9?=",
    "C: ",
    "C: Hi Bob",
    "C: .",
    "S: 250 2.0.0 Ok: queued as 4Xk2pQ1",
  ),
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const { mail, data } of messagesOf(session, context)) {
      // Where 8-bit text as such is the mistake, data-8bit-without-8bitmime speaks.
      const extensions = offered(data.exchange);
      if (extensions && !extensions.has("8BITMIME") && !extensions.has("SMTPUTF8")) continue;
      if (!isShownCommand(mail) || parameterOf(mail, "SMTPUTF8")) continue;
      const wire = scanOf(data).nonAscii[0];
      if (!wire || data.lines.indexOf(wire) >= headerEnd(data.lines)) continue;
      const reply = outcomeReply(data);
      const blamed = isBlamed(reply);
      context.report({
        at: { wire, from: firstNonAscii(wire.text) },
        message: blamed ? "refused" : "default",
        data: { code: reply?.code ?? "?" },
        severity: blamed ? "error" : "information",
        related: relatedReply(reply, "reply"),
      });
    }
  },
};

function isBlamed(reply: Reply | undefined): boolean {
  return isRefusal(reply) && /utf-?8|unicode|8-?bit|non-?ascii|header/i.test(reply?.text ?? "");
}
