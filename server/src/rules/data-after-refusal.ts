import { unwantedTexts } from "./blame.js";
import { exampleSession } from "./lib/example.js";
import { relatedReply, replyWire } from "./support.js";
import type { Rule } from "./types.js";

/** How many wrongly read lines are linked; a message may have thousands. */
const LINKED = 20;

/** The message is sent although DATA was refused. */
export const dataAfterRefusal: Rule = {
  id: "data-after-refusal",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "3.3" }],
  topic: "order",
  fixable: false,
  title: "Message text sent although DATA was refused",
  messages: {
    default:
      "The message is sent although DATA was answered {code}, so each line is read as a command. Wait for 354, and give up otherwise.",
    data: "DATA was refused here with {code}.",
    stray: "Read as a command, answered {code}.",
  },
  why: "Only 354 invites the message. After a refusal its lines are read as commands: the server answers 500 to each, may close the connection, and a line that looks like a command is obeyed.",
  fix: "Read the reply to DATA before the message is sent. On 4yz or 5yz send RSET or QUIT, and repair what the reply names.",
  elsewhere: "Suricata: smtp.data_command_rejected.",
  wrong: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 550 5.1.1 No such user",
    "C: DATA",
    "S: 554 5.5.1 No valid recipients",
    "C: Subject: Hello",
    "S: 500 5.5.2 Command not recognised",
    "C: .",
    "S: 500 5.5.2 Command not recognised",
  ),
  right: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 550 5.1.1 No such user",
    "C: RSET",
    "S: 250 2.0.0 Ok",
  ),
  check(session, context) {
    for (const { data, strays } of unwantedTexts(session)) {
      const first = strays[0];
      const code = data.reply?.code;
      // In the same go as DATA the refusal was not read yet: that is a matter of pipelining.
      if (!first?.wire || code === undefined || code === null || first.batch === data.batch) continue;
      const wrongly = strays.slice(0, LINKED).flatMap((stray) => {
        const wire = stray.reply && replyWire(stray.reply);
        return wire ? [{ at: { wire }, message: "stray", data: { code: stray.reply?.code ?? "?" } }] : [];
      });
      context.report({
        at: { wire: first.wire },
        data: { code },
        related: [...relatedReply(data.reply, "data"), ...wrongly],
      });
    }
  },
};
