import { exampleSession } from "./lib/example.js";
import { isShownCommand } from "./support.js";
import type { Rule } from "./types.js";

/** A bounce to several recipients. */
export const nullSenderManyRcpt: Rule = {
  id: "null-sender-many-rcpt",
  severity: "hint",
  party: "client",
  level: "practice",
  references: [{ document: "RFC 5321", section: "4.5.5" }],
  topic: "addresses",
  fixable: false,
  title: "The empty sender with several recipients",
  messages: {
    default: "A message from <> is a bounce, and a bounce has one recipient. Many receivers refuse a second one.",
    mail: "The empty sender is given here.",
  },
  why: "Spam with an empty sender is common, so receivers allow bounces only one recipient.",
  fix: "Send bounces one by one. Mail that is no bounce needs a real sender.",
  wrong: exampleSession(
    [],
    "C: MAIL FROM:<>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 250 2.1.5 Ok",
    "C: RCPT TO:<carol@example.com>",
    "S: 250 2.1.5 Ok",
  ),
  right: exampleSession([], "C: MAIL FROM:<>", "S: 250 2.1.0 Ok", "C: RCPT TO:<bob@example.com>", "S: 250 2.1.5 Ok"),
  check(session, context) {
    for (const { mail, reversePath, recipients } of session.transactions) {
      const second = recipients[1]?.exchange;
      if (reversePath !== "" || !second || !isShownCommand(second) || context.isConsequence(second)) continue;
      context.report({
        at: { wire: second.wire },
        related: mail.wire ? [{ at: { wire: mail.wire }, message: "mail" }] : [],
      });
    }
  },
};
