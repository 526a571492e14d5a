import type { ReplyLine } from "../session/model.js";
import { exampleSession, transcriptOf } from "./lib/example.js";
import { fixIn, shorten } from "./support.js";
import type { Rule, Session } from "./types.js";

/** An EHLO keyword with characters that no keyword may have. */
export const ehloBadKeyword: Rule = {
  id: "ehlo-bad-keyword",
  severity: "information",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.1.1.1" }],
  topic: "opening",
  fixable: true,
  title: "An EHLO keyword with a character that is not allowed",
  messages: {
    default: "“{keyword}” is no valid keyword: letters, digits and hyphens only. Clients do not recognise it.",
    equals: "Between keyword and value stands a space, not “=”. Clients do not recognise “{keyword}”.",
    fix: "Write a space instead of “=”",
  },
  why: "A client compares whole keywords; one that is written differently is an extension it does not know.",
  fix: "Correct the server's list. Some devices mask keywords on purpose; see tls-stripping-suspect.",
  wrong: transcriptOf(
    "S: 220 mx.example.com ESMTP",
    "C: EHLO client.example.org",
    "S: 250-mx.example.com",
    "S: 250 SIZE=1000",
  ),
  right: exampleSession(["SIZE 1000"]),
  check(session, context) {
    for (const line of keywordLines(session)) {
      const word = line.text.split(/[ \t]/, 1)[0] ?? "";
      if (/^[A-Za-z0-9][A-Za-z0-9-]*$/.test(word) || word === "" || isCustomary(word)) continue;
      const equals = word.indexOf("=");
      const isEquals = /^[A-Za-z0-9-]+=/.test(word);
      context.report({
        at: { wire: line.wire, from: line.textFrom, to: line.textFrom + word.length },
        message: isEquals ? "equals" : "default",
        data: { keyword: shorten(word, 30) },
        fix: isEquals
          ? fixIn(context, line.wire, "fix", [[line.textFrom + equals, line.textFrom + equals + 1, " "]])
          : undefined,
      });
    }
  },
};

/** The lines with a keyword of every accepted EHLO and LHLO reply. */
function keywordLines(session: Session): ReplyLine[] {
  if (!session.traits.repliesWhole) return [];
  return session.exchanges
    .filter(({ verb, reply }) => (verb === "EHLO" || verb === "LHLO") && reply?.code === 250)
    .flatMap(({ reply }) => reply?.lines.slice(1) ?? [])
    .filter(({ code, separator }) => code === 250 && separator !== null);
}

/** The old AUTH=LOGIN form, Exchange's X-EXPS=LOGIN, and private keywords with "_" or ".". */
function isCustomary(word: string): boolean {
  return /^(?:AUTH|X-EXPS)=/i.test(word) || /^X[A-Za-z0-9_.-]+$/i.test(word);
}
