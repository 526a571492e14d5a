import { exampleSession, transcriptOf } from "./lib/example.js";
import { fixIn } from "./support.js";
import type { Reply, Rule, Session } from "./types.js";

/** A reply that announces another line, which never comes. */
export const multilineUnterminated: Rule = {
  id: "multiline-unterminated",
  severity: "error",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.2.1" }],
  topic: "replies",
  fixable: true,
  title: "The last line of a reply still has a hyphen",
  messages: {
    default:
      "The hyphen behind {code} announces another line, but the session goes on without one. The last line needs a space there.",
    fix: "Change the hyphen to a space",
  },
  why: "A client waits for the line without the hyphen. Both sides wait for each other until one gives up.",
  fix: "The server must end each reply with a line that has a space behind the code. In a transcript that was cut or filtered, look for the missing line.",
  wrong: transcriptOf(
    "S: 220 mx.example.com ESMTP",
    "C: EHLO client.example.org",
    "S: 250-mx.example.com",
    "S: 250-SIZE 10240000",
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
  ),
  right: exampleSession(["SIZE 10240000"], "C: MAIL FROM:<alice@example.org>", "S: 250 2.1.0 Ok"),
  check(session, context) {
    if (!session.traits.repliesWhole) return;
    for (const reply of session.replies) {
      const last = reply.lines[reply.lines.length - 1];
      if (reply.complete || !last || last.separator !== "-" || context.isConsequence(reply)) continue;
      if (!goesOn(session, reply)) continue;
      context.report({
        at: { wire: last.wire, from: 0, to: 4 },
        data: { code: last.code ?? "?" },
        severity: session.traits.order === "loose" ? "warning" : "error",
        fix: fixIn(context, last.wire, "fix", [[3, 4, " "]]),
      });
    }
  },
};

/** Where the text ends inside a reply, it was cut. The server must speak again behind it. */
function goesOn(session: Session, reply: Reply): boolean {
  return session.replies.some((other) => other.order > reply.order);
}
