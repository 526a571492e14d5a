import { exampleSession, transcriptOf } from "./lib/example.js";
import { shorten } from "./support.js";
import type { Rule } from "./types.js";

/** A line of the server that is no reply line. */
export const replySyntax: Rule = {
  id: "reply-syntax",
  severity: "error",
  party: "server",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "4.2" },
    { document: "RFC 5321", section: "4.3.2" },
  ],
  topic: "replies",
  fixable: false,
  title: "A line of the server without a reply code",
  messages: {
    default: "A reply line must begin with three digits; “{text}” does not. A client cannot tell success from failure.",
    separator:
      "Behind the code {code} a space or a hyphen must follow. Other characters make clients misread the reply.",
    empty: "The server sends an empty line where a reply is due. A client cannot tell success from failure.",
  },
  why: "Clients decide by the three digits alone. Without them they give up, or wait for more.",
  fix: "The server must begin each line with its code and a space, or a hyphen where more lines follow. Look for a program that prints into the connection, or a service of another protocol on this port.",
  elsewhere: "Suricata: smtp.invalid_reply.",
  wrong: transcriptOf("S: 220 mx.example.com ESMTP", "C: EHLO client.example.org", "S: OK", "C: QUIT", "S: 221 Bye"),
  right: exampleSession([]),
  check(session, context) {
    if (!session.traits.repliesWhole) return;
    // Lines in a row have one cause: a program that prints into the connection.
    let inRow = false;
    for (const reply of session.replies) {
      if (context.isConsequence(reply)) continue;
      for (const line of reply.lines) {
        const { wire } = line;
        if (wire.masked) continue;
        const bad = line.code === null || line.separator === null;
        const first = bad && !(inRow && line.code === null);
        inRow = bad;
        if (!first) continue;
        const empty = wire.text.trim() === "";
        context.report({
          at: { wire },
          message: empty ? "empty" : line.code === null ? "default" : "separator",
          data: { text: shorten(wire.text, 40), code: line.code ?? "" },
        });
      }
    }
  },
};
