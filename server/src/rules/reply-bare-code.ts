import { exampleSession } from "./lib/example.js";
import type { Rule } from "./types.js";

/** A reply that is its code alone. */
export const replyBareCode: Rule = {
  id: "reply-bare-code",
  severity: "hint",
  party: "server",
  level: "SHOULD",
  references: [{ document: "RFC 5321", section: "4.2" }],
  topic: "replies",
  fixable: false,
  title: "A reply without text",
  messages: {
    default: "{code} stands alone. Clients must accept that, but a person reading the log learns nothing more.",
  },
  why: "The text is the only place where a server can say why.",
  fix: "Server: add a blank and a text behind the code.",
  wrong: exampleSession([], "C: NOOP", "S: 250"),
  right: exampleSession([], "C: NOOP", "S: 250 2.0.0 Ok"),
  check(session, context) {
    if (!session.traits.repliesWhole) return;
    for (const reply of session.replies) {
      const [line, more] = reply.lines;
      // An empty challenge is customary.
      if (!line || more || line.separator !== "" || reply.code === 334 || context.isConsequence(reply)) continue;
      context.report({ at: { wire: line.wire }, data: { code: reply.code ?? "" } });
    }
  },
};
