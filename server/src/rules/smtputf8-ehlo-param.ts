import { exampleSession } from "./lib/example.js";
import { listsOf } from "./lib/lists.js";
import { fixIn } from "./support.js";
import type { Rule, Session } from "./types.js";

/** SMTPUTF8 offered with a parameter. */
export const smtputf8EhloParam: Rule = {
  id: "smtputf8-ehlo-param",
  severity: "warning",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 6531", section: "3.1" }],
  topic: "parameters",
  title: "SMTPUTF8 is offered with a parameter",
  messages: {
    default:
      "SMTPUTF8 takes no parameter in the EHLO reply. Clients must ignore it, and a strict one may not see the extension: send the word alone.",
    fix: "Leave the word alone on its line",
  },
  why: "The keyword has no parameters (RFC 6531 §3.1); what follows it means nothing.",
  fix: "Server: list SMTPUTF8 alone on its line.",
  wrong: exampleSession(["8BITMIME", "SMTPUTF8 yes"]),
  right: exampleSession(["8BITMIME", "SMTPUTF8"]),
  fixable: true,
  check(session: Session, context): void {
    for (const { extensions } of listsOf(session)) {
      const keyword = extensions.get("SMTPUTF8");
      if (!keyword || keyword.parameters.length === 0) continue;
      const { wire, text } = keyword.line;
      const from = wire.text.length - text.length + "SMTPUTF8".length;
      context.report({ at: { wire }, fix: fixIn(context, wire, "fix", [[from, wire.text.length, ""]]) });
    }
  },
};
