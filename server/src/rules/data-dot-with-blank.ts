import { EXAMPLE_ENVELOPE, EXAMPLE_HEADER, exampleMessage, opening, transcriptOf } from "./lib/example.js";
import { messagesOf } from "./lib/message.js";
import { relatedReply, replaceIn } from "./support.js";
import type { Rule, RuleContext, Session, WireLine } from "./types.js";

/** A dot with blanks around it was meant as the end of the message. */
export const dataDotWithBlank: Rule = {
  id: "data-dot-with-blank",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.1.1.4" }],
  topic: "data",
  title: "A dot with a blank does not end the message",
  messages: {
    default:
      "A blank stands next to this dot, so it does not end the message and the server waits on. Send the dot alone on its line.",
    swallowed: "Read as text of the message, not as a command.",
    reply: "The reply that followed: {code}",
    fix: "Remove the blank",
  },
  why: "Only a line that holds a dot and nothing else ends the mail data (RFC 5321 §4.1.1.4). With a blank before or behind it the line is text, and what follows is text as well until somebody gives up.",
  fix: "Remove the blank. In typed sessions watch the space bar; in code send CR LF, dot, CR LF.",
  wrong: transcriptOf(
    ...opening(["PIPELINING"]),
    ...EXAMPLE_ENVELOPE,
    ...EXAMPLE_HEADER,
    "C: Until tomorrow.",
    "C: . ",
    "C: QUIT",
    "S: 421 4.4.2 mx.example.com Error: timeout exceeded",
  ),
  right: exampleMessage([], ...EXAMPLE_HEADER, "C: Until tomorrow.", "C: ."),
  fixable: true,
  check(session: Session, context: RuleContext): void {
    if (session.traits.body !== "stuffed" || !session.traits.endOfDataShown) return;
    for (const { data } of messagesOf(session, context, "DATA")) {
      if (data.end?.wire) continue;
      const at = data.lines.findIndex(({ text }) => text !== "." && text.trim() === ".");
      // Empty lines at the end of the file are read as text too.
      const behind = data.lines.slice(at + 1).filter(({ text }) => text !== "");
      const wire = data.lines[at];
      if (!wire || !behind.every((line) => COMMAND.test(line.text))) continue;
      if (behind.length === 0 && data.end === undefined) continue;
      context.report({
        at: { wire },
        related: [
          ...behind.map((line: WireLine) => ({ at: { wire: line }, message: "swallowed" })),
          ...relatedReply(data.end?.reply, "reply"),
        ],
        fix: { title: "fix", kind: "spelling", edits: [replaceIn(wire, 0, wire.text.length, ".")] },
      });
    }
  },
};

const COMMAND = /^(?:MAIL FROM:|RCPT TO:|(?:DATA|RSET|NOOP|QUIT)[ \t]*$|(?:EHLO|HELO|LHLO) |[ \t]*\.[ \t]*$)/i;
