import { EXAMPLE_HEADER, exampleMessage, exampleSession } from "./lib/example.js";
import { firstNonAscii, messagesOf } from "./lib/message.js";
import { parameterOf, parametersOf } from "./lib/parameters.js";
import { scanOf } from "./lib/scan.js";
import { isShownCommand, offered, replaceIn } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** 8-bit text without BODY=8BITMIME, where the server offers it. */
export const data8bitBody7bit: Rule = {
  id: "data-8bit-body-7bit",
  severity: "hint",
  party: "client",
  level: "practice",
  references: [{ document: "RFC 6152", section: "3" }],
  topic: "data",
  title: "8-bit text that was not announced",
  messages: {
    default:
      "The message has 8-bit text (lines: {count}), and MAIL does not say BODY=8BITMIME, which this server offers. Add it, so that every hop knows what it gets.",
    line: "The first line with 8-bit text.",
    fix: "Add BODY=8BITMIME",
  },
  why: "Without BODY a message counts as 7-bit (RFC 6152 §3). Most servers take 8-bit text all the same; one further on may not.",
  fix: "Add BODY=8BITMIME to MAIL when the text has octets above 127.",
  wrong: exampleMessage(["8BITMIME"], ...EXAMPLE_HEADER, "C: Grüße aus Köln", "C: ."),
  right: exampleSession(["8BITMIME"], "C: MAIL FROM:<alice@example.org> BODY=8BITMIME", "S: 250 2.1.0 Ok"),
  fixable: true,
  check(session: Session, context: RuleContext): void {
    for (const { mail, data } of messagesOf(session, context)) {
      if (!isShownCommand(mail) || !offered(mail)?.has("8BITMIME")) continue;
      const path = mail.command.path?.path;
      if (!path?.closed || parameterOf(mail, "BODY") || parameterOf(mail, "SMTPUTF8")) continue;
      const lines = scanOf(data).nonAscii;
      const first = lines[0];
      if (!first) continue;
      const parameters = parametersOf(mail);
      const end = parameters[parameters.length - 1]?.to ?? path.to;
      context.report({
        at: { wire: mail.wire },
        data: { count: lines.length },
        related: [{ at: { wire: first, from: firstNonAscii(first.text) }, message: "line" }],
        fix: { title: "fix", kind: "structure", edits: [replaceIn(mail.wire, end, end, " BODY=8BITMIME")] },
      });
    }
  },
};
