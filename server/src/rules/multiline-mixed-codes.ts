import { exampleSession, transcriptOf } from "./lib/example.js";
import { fixIn } from "./support.js";
import type { Rule } from "./types.js";

/** Lines of one reply with different codes. */
export const multilineMixedCodes: Rule = {
  id: "multiline-mixed-codes",
  severity: "error",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.2.1" }],
  topic: "replies",
  fixable: true,
  title: "Lines of one reply have different codes",
  messages: {
    default:
      "This line has code {code}, but the reply began with {first}. All lines of a reply must have the same code.",
    first: "The reply began here with {first}.",
    fix: "Change the code to {first}",
  },
  why: "Clients may go by the first or the last line, or drop the connection: nobody can say what the server decided.",
  fix: "The server must give every line of a reply the same code. Look at filters and proxies that add lines of their own.",
  elsewhere: "Wireshark: smtp.response.code.unexpected.",
  wrong: transcriptOf(
    "S: 220 mx.example.com ESMTP",
    "C: EHLO client.example.org",
    "S: 250-mx.example.com",
    "S: 220 SIZE 1000",
  ),
  right: exampleSession(["SIZE 1000"]),
  check(session, context) {
    if (!session.traits.repliesWhole) return;
    for (const reply of session.replies) {
      const { code, lines } = reply;
      const first = lines[0];
      if (lines.length < 2 || code === null || !first || context.isConsequence(reply)) continue;
      for (const line of lines) {
        // A 421 may come at any time (RFC 5321 §3.8), also into a reply.
        if (line.code === null || line.code === code || line.code === 421) continue;
        const data = { code: line.code, first: code };
        context.report({
          at: { wire: line.wire, from: 0, to: 3 },
          data,
          related: [{ at: { wire: first.wire, from: 0, to: 3 }, message: "first", data }],
          fix: fixIn(context, line.wire, "fix", [[0, 3, String(code).padStart(3, "0")]], data),
        });
      }
    }
  },
};
