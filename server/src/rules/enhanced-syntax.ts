import { exampleSession } from "./lib/example.js";
import { shorten } from "./support.js";
import type { Rule } from "./types.js";

/** A malformed enhanced status code. */
export const enhancedSyntax: Rule = {
  id: "enhanced-syntax",
  severity: "hint",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 2034", section: "4" }],
  topic: "replies",
  fixable: false,
  title: "A malformed enhanced status code",
  messages: {
    default:
      "“{text}” is no enhanced status code: it has the form 5.1.1, class 2, 4 or 5, no leading zeros. Clients do not recognise it.",
  },
  why: "A code that is written differently is read as text, and the bounce lacks its reason.",
  fix: "Server: correct the code in the text of this reply.",
  wrong: exampleSession(["ENHANCEDSTATUSCODES"], "C: MAIL FROM:<alice@example.org>", "S: 550 5.1 Unknown sender"),
  right: exampleSession(["ENHANCEDSTATUSCODES"], "C: MAIL FROM:<alice@example.org>", "S: 550 5.1.0 Unknown sender"),
  check(session, context) {
    for (const reply of session.replies) {
      const line = reply.lines[0];
      if (!line || !reply.exchange?.before.extensions?.has("ENHANCEDSTATUSCODES")) continue;
      if (reply.exchange.kind === "greeting" || reply.exchange.verb === "EHLO" || context.isConsequence(reply))
        continue;
      const word = /^\d{1,4}(?:\.\d{1,4}){1,3}(?=\s|$)/.exec(line.text)?.[0];
      if (word === undefined || isWellFormed(word) || isMeasure(line.text.slice(word.length))) continue;
      context.report({
        at: { wire: line.wire, from: line.textFrom, to: line.textFrom + word.length },
        data: { text: shorten(word, 20) },
      });
    }
  },
};

function isWellFormed(word: string): boolean {
  return /^[245]\.(?:0|[1-9]\d{0,2})\.(?:0|[1-9]\d{0,2})$/.test(word);
}

/** "250 2.5 MB accepted" is text. */
function isMeasure(rest: string): boolean {
  return /^\s*(?:[kMG]i?B?\b|bytes|octets|s\b|sec|ms\b|%)/i.test(rest);
}
