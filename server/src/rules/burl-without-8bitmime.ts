import { exampleSession } from "./lib/example.js";
import { listsOf } from "./lib/lists.js";
import type { Rule, Session } from "./types.js";

/** BURL offered without 8BITMIME. */
export const burlWithout8bitmime: Rule = {
  id: "burl-without-8bitmime",
  severity: "warning",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 4468", section: "4" }],
  topic: "chunking",
  title: "BURL is offered without 8BITMIME",
  messages: {
    default:
      "The server offers BURL but not 8BITMIME, which must come with it. A message taken from an IMAP server may hold 8-bit text: offer both.",
  },
  why: "A submission server that offers BURL must also offer 8BITMIME (RFC 4468 §4), since it cannot know what the referenced message holds.",
  fix: "Server: list 8BITMIME too.",
  wrong: exampleSession(["BURL imap"]),
  right: exampleSession(["8BITMIME", "BURL imap"]),
  fixable: false,
  check(session: Session, context): void {
    for (const { extensions } of listsOf(session)) {
      const keyword = extensions.get("BURL");
      if (keyword && !extensions.has("8BITMIME")) context.report({ at: { wire: keyword.line.wire } });
    }
  },
};
