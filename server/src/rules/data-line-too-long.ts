import { octetLength } from "../text/octets.js";
import { EXAMPLE_HEADER, exampleMessage } from "./lib/example.js";
import { messagesOf } from "./lib/message.js";
import { reencodePart } from "./lib/reencode.js";
import { scanOf } from "./lib/scan.js";
import { relatedReply } from "./support.js";
import type { Rule, RuleContext, Session, WireLine } from "./types.js";

/** 1000 octets with CR LF (RFC 5321 §4.5.3.1.6). */
const LIMIT = 998;

/** A fix holds the whole part again, so only so many lines get one. */
const MOST_FIXES = 5;

/** A text line longer than SMTP allows. */
export const dataLineTooLong: Rule = {
  id: "data-line-too-long",
  severity: "warning",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "4.5.3.1.6" },
    { document: "RFC 5322", section: "2.1.1" },
  ],
  topic: "data",
  title: "A line of the message is longer than 998 octets",
  messages: {
    default:
      "This line has {count} octets, more than the 998 that every server must take. Servers refuse it or cut it in two, which breaks signatures: send the part as quoted-printable or base64.",
    reply: "The reply to the message: {code}",
    fix: "Send this part as quoted-printable",
  },
  why: "A server need not take lines of more than 1000 octets with their line end (RFC 5321 §4.5.3.1.6). Postfix and sendmail split longer lines, which adds line ends in the middle of words and breaks DKIM signatures; Exim refuses them on the way out.",
  fix: "Wrap the text, or encode the part as quoted-printable or base64, whose lines are 76 characters long.",
  elsewhere: "Suricata mime_long_line",
  wrong: exampleMessage([], ...EXAMPLE_HEADER, `C: ${"long ".repeat(200)}line`, "C: ."),
  right: exampleMessage([], ...EXAMPLE_HEADER, "C: A line of usual length.", "C: ."),
  fixable: true,
  check(session: Session, context: RuleContext): void {
    let tried = 0;
    for (const { data } of messagesOf(session, context)) {
      for (const wire of scanOf(data).long) {
        const count = octetLength(wire.text) - (data.kind === "DATA" && wire.text.startsWith("..") ? 1 : 0);
        if (count <= LIMIT) continue;
        // A fix re-encodes the whole part: of many long lines only the first ones get one.
        const edits = tried < MOST_FIXES ? reencodePart(context, data, wire) : undefined;
        tried++;
        context.report({
          at: { wire, from: firstColumn(context, wire), to: wire.text.length },
          data: { count },
          related: relatedReply(data.end?.reply, "reply"),
          fix: edits && { title: "fix", kind: "structure", edits },
        });
      }
    }
  },
};

/** The part that is too long; all of a line that the tool wraps over several rows, so that the finding sits where it begins. */
function firstColumn({ transcript }: RuleContext, wire: WireLine): number {
  const { source } = transcript;
  return source.lineAt(wire.start) === source.lineAt(wire.end) ? cutAt(wire.text, LIMIT) : 0;
}

/** Column of the first character that lies behind so many octets. */
function cutAt(text: string, limit: number): number {
  let count = 0;
  for (let k = 0; k < text.length; k++) {
    const unit = text.charCodeAt(k);
    count += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
    if (count > limit) return k;
  }
  return text.length;
}
