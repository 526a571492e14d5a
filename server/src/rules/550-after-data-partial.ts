import { exampleSession } from "./lib/example.js";
import { isPositive, replyWire } from "./support.js";
import type { Rule } from "./types.js";

/** "No such user" after the data, with several recipients. */
export const rule550AfterDataPartial: Rule = {
  id: "550-after-data-partial",
  severity: "hint",
  party: "server",
  level: "SHOULD",
  references: [{ document: "RFC 5321", section: "3.3" }],
  topic: "replies",
  fixable: false,
  title: "“No such user” only after the message, with several recipients",
  messages: {
    default:
      "One reply answers for {count} recipients, so nobody knows whose mailbox is missing. Recipients should be refused at RCPT.",
  },
  why: "All recipients bounce because of one, and the sender cannot tell which.",
  fix: "Server: check recipients at RCPT. Client: send to each recipient alone to find the wrong one.",
  wrong: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 250 2.1.5 Ok",
    "C: RCPT TO:<carol@example.com>",
    "S: 250 2.1.5 Ok",
    "C: DATA",
    "S: 354 Go ahead",
    "C: Subject: Hello",
    "C: ",
    "C: Hello",
    "C: .",
    "S: 550 5.1.1 No such user",
  ),
  right: exampleSession([], "C: NOOP", "S: 250 2.0.0 Ok"),
  check(session, context) {
    if (session.protocol === "LMTP") return;
    for (const { data, recipients } of session.transactions) {
      const reply = data?.end?.reply;
      const count = recipients.filter(({ exchange }) => isPositive(exchange.reply)).length;
      if (!reply || count < 2 || data?.end?.replies.length !== 1 || (reply.code !== 550 && reply.code !== 551))
        continue;
      const about = reply.enhanced
        ? reply.enhanced.subject === 1 && reply.enhanced.detail === 1
        : /no such (?:user|mailbox)|user unknown|mailbox not found/i.test(reply.text);
      const wire = replyWire(reply);
      if (about && wire) context.report({ at: { wire }, data: { count } });
    }
  },
};
