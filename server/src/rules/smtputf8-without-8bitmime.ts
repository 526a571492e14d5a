import { exampleSession } from "./lib/example.js";
import { listsOf } from "./lib/lists.js";
import type { Rule, Session } from "./types.js";

/** SMTPUTF8 offered without 8BITMIME. */
export const smtputf8Without8bitmime: Rule = {
  id: "smtputf8-without-8bitmime",
  severity: "warning",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 6531", section: "3.1" }],
  topic: "parameters",
  title: "SMTPUTF8 is offered without 8BITMIME",
  messages: {
    default:
      "The server offers SMTPUTF8 but not 8BITMIME, which belongs to it. Clients cannot know whether 8-bit text arrives whole: offer both.",
  },
  why: "A server that offers SMTPUTF8 must offer 8BITMIME (RFC 6531 §3.1), since such messages hold 8-bit text.",
  fix: "Server: list 8BITMIME too.",
  wrong: exampleSession(["SIZE 10240000", "SMTPUTF8"]),
  right: exampleSession(["SIZE 10240000", "8BITMIME", "SMTPUTF8"]),
  fixable: false,
  check(session: Session, context): void {
    for (const { extensions } of listsOf(session)) {
      const keyword = extensions.get("SMTPUTF8");
      if (keyword && !extensions.has("8BITMIME")) context.report({ at: { wire: keyword.line.wire } });
    }
  },
};
