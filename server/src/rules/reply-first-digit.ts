import { exampleSession, transcriptOf } from "./lib/example.js";
import type { Rule } from "./types.js";

/** A reply code outside 200 to 599. */
export const replyFirstDigit: Rule = {
  id: "reply-first-digit",
  severity: "error",
  party: "server",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "4.2" },
    { document: "RFC 5321", section: "4.3.2" },
  ],
  topic: "replies",
  fixable: false,
  title: "A reply code that does not begin with 2, 3, 4 or 5",
  messages: {
    default: "{code} is no SMTP reply code: the first digit must be 2 to 5. A client cannot tell success from failure.",
  },
  why: "The first digit is all that a client goes by. With another one it gives up or hangs.",
  fix: "Look what answers on this port; codes like 1yz belong to FTP or HTTP.",
  wrong: transcriptOf("S: 220 mx.example.com ESMTP", "C: EHLO client.example.org", "S: 150 Wait a moment"),
  right: exampleSession([]),
  check(session, context) {
    for (const reply of session.replies) {
      const { code, lines } = reply;
      const first = lines[0];
      // sendmail prints "050" lines of another connection after VERB.
      if (code === null || !first || (code >= 200 && code < 600) || code === 50 || context.isConsequence(reply))
        continue;
      context.report({ at: { wire: first.wire, from: 0, to: 3 }, data: { code: first.wire.text.slice(0, 3) } });
    }
  },
};
