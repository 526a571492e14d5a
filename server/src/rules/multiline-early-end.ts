import { exampleSession, transcriptOf } from "./lib/example.js";
import { extraReplies, isEarlyEnd } from "./lib/extra.js";
import { fixIn } from "./support.js";
import type { Rule } from "./types.js";

/** A space behind the code in the middle of a reply. */
export const multilineEarlyEnd: Rule = {
  id: "multiline-early-end",
  severity: "error",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.2.1" }],
  topic: "replies",
  fixable: true,
  title: "A reply of several lines ends too early",
  messages: {
    default:
      "The space behind {code} ends the reply, but more lines follow. Clients take them for the answer to the next command.",
    more: "This line comes too late to be read as part of the reply.",
    fix: "Change the space to a hyphen",
  },
  why: "From here on every reply is booked on the wrong command, and what the later lines offer is not seen.",
  fix: "The server must put a hyphen behind the code on all lines but the last.",
  wrong: transcriptOf(
    "S: 220 mx.example.com ESMTP",
    "C: EHLO client.example.org",
    "S: 250 mx.example.com",
    "S: 250-SIZE 1000",
    "S: 250 DSN",
    "C: QUIT",
    "S: 221 2.0.0 Bye",
  ),
  right: exampleSession(["SIZE 1000", "DSN"]),
  check(session, context) {
    for (const extra of extraReplies(session)) {
      const last = extra.before?.lines[extra.before.lines.length - 1];
      const first = extra.reply.lines[0];
      if (!last || !first || !isEarlyEnd(extra)) continue;
      context.report({
        at: { wire: last.wire, from: 0, to: 4 },
        data: { code: last.code ?? "" },
        related: [{ at: { wire: first.wire }, message: "more" }],
        fix: fixIn(context, last.wire, "fix", [[3, 4, "-"]]),
      });
    }
  },
};
