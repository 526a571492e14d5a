import type { Extensions } from "../session/model.js";
import { exampleSession } from "./lib/example.js";
import type { Rule } from "./types.js";

/** A keyword listed twice in one EHLO reply. */
export const ehloDuplicateKeyword: Rule = {
  id: "ehlo-duplicate-keyword",
  severity: "information",
  party: "server",
  level: "practice",
  references: [{ document: "RFC 5321", section: "4.1.1.1" }],
  topic: "opening",
  fixable: false,
  title: "A keyword listed twice in one EHLO reply",
  messages: {
    default: "{keyword} is listed twice. Clients take one of the lines, and nobody says which.",
    first: "First listed here.",
  },
  why: "With different values, such as two sizes, clients disagree on what is offered.",
  fix: "List each keyword once. Two lines often come from a proxy that adds its own.",
  wrong: exampleSession(["SIZE 1000", "SIZE 2000"]),
  right: exampleSession(["SIZE 2000"]),
  check(session, context) {
    const lists = new Set<Extensions>();
    for (const { before } of session.exchanges) if (before.extensions) lists.add(before.extensions);
    if (session.end.extensions) lists.add(session.end.extensions);
    for (const { list } of lists) {
      const seen = new Map<string, (typeof list)[number]>();
      for (const extension of list) {
        const known = seen.get(extension.keyword);
        seen.set(extension.keyword, known ?? extension);
        // AUTH and AUTH= side by side are customary.
        if (!known || extension.keyword === "AUTH" || extension.keyword.startsWith("X")) continue;
        context.report({
          at: { wire: extension.line.wire, from: extension.line.textFrom },
          data: { keyword: extension.keyword.slice(0, 30) },
          related: [{ at: { wire: known.line.wire, from: known.line.textFrom }, message: "first" }],
        });
      }
    }
  },
};
