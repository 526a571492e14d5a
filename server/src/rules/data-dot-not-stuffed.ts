import { EXAMPLE_HEADER, exampleMessage } from "./lib/example.js";
import { finalDot, isIrregularEnd, messagesOf, outcomeReply } from "./lib/message.js";
import { scanOf } from "./lib/scan.js";
import { replaceIn, shorten } from "./support.js";
import type { Rule, RuleContext, Session, WireLine } from "./types.js";

/** A text line that begins with one dot was sent as it is. */
export const dataDotNotStuffed: Rule = {
  id: "data-dot-not-stuffed",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.5.2" }],
  topic: "data",
  title: "A text line that begins with a dot was not doubled",
  messages: {
    default:
      "This line begins with a single dot, which the server takes away: the recipient reads {rest}. Send it with two dots.",
    fix: "Put a second dot in front",
  },
  why: "The server removes the first dot of every text line that begins with one (RFC 5321 §4.5.2). Without the doubled dot the text loses a character, which breaks signatures, paths and numbers; and a client that does not double dots will one day send a lone one and cut its message off.",
  fix: "Put one more dot in front of every text line that begins with a dot. Mail libraries do it by themselves.",
  wrong: exampleMessage([], ...EXAMPLE_HEADER, "C: .bashrc is attached", "C: ."),
  right: exampleMessage([], ...EXAMPLE_HEADER, "C: ..bashrc is attached", "C: ."),
  fixable: true,
  check(session: Session, context: RuleContext): void {
    if (session.traits.body !== "stuffed") return;
    for (const { data } of messagesOf(session, context, "DATA")) {
      const dot = finalDot(data);
      for (const k of scanOf(data).dots) {
        const wire = data.lines[k] as WireLine;
        if (!/^\.[^.]/.test(wire.text) || wire.text.trim() === "." || wire.text.startsWith(".\r")) continue;
        // An irregular end of data reads like this; it is a finding of its own.
        if (isIrregularEnd(wire) || isIrregularEnd(data.lines[k - 1])) continue;
        const lost = outcomeReply(data) !== undefined || dot !== undefined;
        context.report({
          at: { wire, from: 0, to: 1 },
          data: { rest: `“${shorten(wire.text.slice(1), 40)}”` },
          severity: lost ? "error" : "warning",
          fix: { title: "fix", kind: "spelling", edits: [replaceIn(wire, 0, 0, ".")] },
        });
      }
    }
  },
};
