import { exampleSession } from "./lib/example.js";
import type { Rule } from "./types.js";

/** A reply code whose second digit is above 5. */
export const replySecondDigit: Rule = {
  id: "reply-second-digit",
  severity: "hint",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.2" }],
  topic: "replies",
  fixable: false,
  title: "A reply code whose second digit is above 5",
  messages: {
    default: "The second digit of {code} should be 0 to 5. Clients go by the first digit, so it counts as {class}yz.",
  },
  why: "The grammar allows 0 to 5 as second digit. Codes like 571 are in use all the same and do no harm.",
  fix: "Server: use a code of the standard and put the detail in the enhanced status code, such as 550 5.7.1.",
  wrong: exampleSession([], "C: MAIL FROM:<alice@example.org>", "S: 571 Not accepted"),
  right: exampleSession([], "C: MAIL FROM:<alice@example.org>", "S: 550 5.7.1 Not accepted"),
  check(session, context) {
    for (const reply of session.replies) {
      const { code, lines } = reply;
      if (code === null || code < 200 || code > 599 || Math.floor(code / 10) % 10 <= 5 || !lines[0]) continue;
      if (context.isConsequence(reply)) continue;
      context.report({ at: { wire: lines[0].wire, from: 0, to: 3 }, data: { code, class: Math.floor(code / 100) } });
    }
  },
};
