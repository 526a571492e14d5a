import { exampleSession, transcriptOf } from "./lib/example.js";
import { commandsWith, replyWire, showsStart } from "./support.js";
import type { Rule } from "./types.js";

/** QUIT answered with another code than 221. */
export const quitReply: Rule = {
  id: "quit-reply",
  severity: "warning",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.1.1.10" }],
  topic: "replies",
  fixable: false,
  title: "QUIT is not answered with 221",
  messages: {
    default:
      "QUIT is answered {code}, but 221 is the only right answer. If another command's reply is missing before, this one belongs to it.",
  },
  why: "Nothing else can answer QUIT. Another code shows that replies are shifted, or that the server is no SMTP server.",
  fix: "Server: answer 221 and close. In a session with several recipients or messages count the replies.",
  wrong: transcriptOf(
    "S: 220 mx.example.com ESMTP",
    "C: EHLO client.example.org",
    "S: 250 mx.example.com",
    "C: QUIT",
    "S: 250 2.0.0 Bye",
  ),
  right: exampleSession([]),
  check(session, context) {
    if (!session.traits.repliesWhole || session.protocol === "LMTP") return;
    for (const exchange of commandsWith(session, "QUIT")) {
      const { reply } = exchange;
      const wire = reply && replyWire(reply);
      if (!reply || !wire || reply.code === null || reply.code === 221 || reply.code === 421 || reply.code < 200)
        continue;
      if (exchange.command.argument !== "" || context.isConsequence(exchange)) continue;
      // A recording that begins behind the command which this answers.
      if (!showsStart(session) && (reply === session.replies[0] || !session.replies[0]?.exchange)) continue;
      // Replies sent in one go behind an irregular end of data are counted there.
      if (session.replies.some(({ exchange: asked, order, code }) => !asked && order > reply.order && code !== 421))
        continue;
      context.report({ at: { wire, from: 0, to: 3 }, data: { code: reply.code } });
    }
  },
};
