import { EXAMPLE_HEADER, exampleEscaped, exampleMessage } from "./lib/example.js";
import { messagesOf } from "./lib/message.js";
import { scanOf } from "./lib/scan.js";
import type { Rule, RuleContext, Session, WireLine } from "./types.js";

/** Controls but CR, LF, HT, FF, and what ISO-2022 text needs (ESC, SO, SI). */
const CONTROL = /[\u0001-\u0008\u000b\u0010-\u001a\u001c-\u001f\u007f]/;

/** Control characters in the message. */
export const dataControlChars: Rule = {
  id: "data-control-chars",
  severity: "information",
  party: "client",
  level: "SHOULD",
  references: [
    { document: "RFC 5321", section: "4.1.1.4" },
    { document: "RFC 5322", section: "2.3" },
  ],
  topic: "bytes",
  title: "Control characters in the message",
  messages: {
    default:
      "The message holds a control character (U+{code}; lines in all: {count}). Mail programs show nonsense or drop it: encode the part as quoted-printable or base64.",
    nul: "The message holds a NUL octet (lines in all: {count}). Servers refuse it, cut the line there or remove it: encode the part as base64.",
  },
  why: "Apart from line ends and tabs a mail text should hold no control characters (RFC 5321 §4.1.1.4). NUL was never allowed in the text of current mail (RFC 5322 §4 calls it obsolete) and ends strings in much software.",
  fix: "Remove them, or encode the part.",
  wrong: exampleEscaped("Subject: Hello\\r\\n\\r\\nHi \\x07 Bob\\r\\n.\\r\\n", "250 2.0.0 Ok: queued as 4Xk2pQ1"),
  right: exampleMessage([], ...EXAMPLE_HEADER, "C: Hi Bob", "C: ."),
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const { data } of messagesOf(session, context)) {
      const { controls } = scanOf(data);
      if (controls.length === 0) continue;
      const nul = controls.filter(({ text }) => text.includes("\0"));
      if (nul[0]) reportAt(nul[0], nul[0].text.indexOf("\0"), nul.length, context);
      const lines = controls.filter(({ text }) => CONTROL.test(text));
      if (lines[0]) reportAt(lines[0], lines[0].text.search(CONTROL), lines.length, context);
    }
  },
};

function reportAt(wire: WireLine, at: number, count: number, context: RuleContext): void {
  const code = wire.text.charCodeAt(at);
  context.report({
    at: { wire, from: at, to: at + 1 },
    message: code === 0 ? "nul" : "default",
    severity: code === 0 ? "warning" : "information",
    data: { count, code: code.toString(16).toUpperCase().padStart(4, "0") },
  });
}
