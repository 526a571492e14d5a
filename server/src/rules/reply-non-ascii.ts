import { exampleSession } from "./lib/example.js";
import type { Rule } from "./types.js";

const OUTSIDE = /[^\t\u0020-\u007e]/;

/** A reply with characters beyond ASCII, or control characters. */
export const replyNonAscii: Rule = {
  id: "reply-non-ascii",
  severity: "information",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.2" }],
  topic: "replies",
  fixable: false,
  title: "A reply with characters beyond ASCII",
  messages: {
    default: "The text of a reply is ASCII unless SMTPUTF8 was agreed on. Clients and bounces may garble this line.",
    control: "The reply holds control characters. Programs that show or log it may be confused.",
  },
  why: "A client does not know in which encoding the text is, and older ones fail on it.",
  fix: "Server: write the text in ASCII. A localised text can go to a web page that the reply links to.",
  wrong: exampleSession([], "C: NOOP", "S: 250 2.0.0 Très bien"),
  right: exampleSession([], "C: NOOP", "S: 250 2.0.0 Ok"),
  check(session, context) {
    const utf8 = session.exchanges.some(({ wire }) => wire !== undefined && /\bSMTPUTF8\b/i.test(wire.text));
    for (const reply of session.replies) {
      const line = reply.lines.find(({ wire }) => OUTSIDE.test(wire.text) && !wire.masked);
      if (!line || context.isConsequence(reply)) continue;
      const from = line.wire.text.search(OUTSIDE);
      const control = /[\u0000-\u0008\u000a-\u001f\u007f]/.test(line.wire.text);
      if (utf8 && !control) continue;
      context.report({ at: { wire: line.wire, from, to: from + 1 }, message: control ? "control" : "default" });
    }
  },
};
