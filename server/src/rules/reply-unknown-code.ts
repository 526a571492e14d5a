import { replyEntry } from "../reference/index.js";
import { exampleSession } from "./lib/example.js";
import type { Rule } from "./types.js";

/** A reply code that no document lists. */
export const replyUnknownCode: Rule = {
  id: "reply-unknown-code",
  severity: "information",
  party: "server",
  level: "SHOULD",
  references: [
    { document: "RFC 5321", section: "4.2" },
    { document: "RFC 5321", section: "4.3.2" },
  ],
  topic: "replies",
  fixable: false,
  title: "A reply code that no standard or vendor lists",
  messages: {
    success: "{code} is in no list of reply codes. Clients go by its first digit: success.",
    more: "{code} is in no list of reply codes. Clients go by its first digit: more input is awaited.",
    temporary: "{code} is in no list of reply codes. Clients go by its first digit: failed for now.",
    default: "{code} is in no list of reply codes. Clients go by its first digit: failed for good.",
  },
  why: "Servers should use the codes of the standards, so that people and programs find out what they mean.",
  fix: "Server: use the listed code that fits. Client: act on the first digit, and read the text.",
  wrong: exampleSession([], "C: MAIL FROM:<alice@example.org>", "S: 559 Not today"),
  right: exampleSession([], "C: MAIL FROM:<alice@example.org>", "S: 550 Not today"),
  check(session, context) {
    for (const reply of session.replies) {
      const { code, lines } = reply;
      if (code === null || code < 200 || code > 599 || !lines[0] || replyEntry(code)) continue;
      // A second digit above 5 is said once, by its own rule.
      if (Math.floor(code / 10) % 10 > 5 || context.isConsequence(reply)) continue;
      const message = MESSAGE[Math.floor(code / 100)] ?? "default";
      context.report({ at: { wire: lines[0].wire, from: 0, to: 3 }, message, data: { code } });
    }
  },
};

/** Key of the message by the first digit. */
const MESSAGE: Readonly<Record<number, string>> = { 2: "success", 3: "more", 4: "temporary" };
