import { exampleSession } from "./lib/example.js";
import { commandsWith, replyWire } from "./support.js";
import type { Rule } from "./types.js";

/** RSET not answered 250. */
export const rsetNot250: Rule = {
  id: "rset-not-250",
  severity: "warning",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.1.1.5" }],
  topic: "replies",
  fixable: false,
  title: "RSET is not answered with 250",
  messages: {
    default: "RSET is answered {code}. It must be answered 250 at any time, since clients rely on it to start anew.",
  },
  why: "After a failed RSET the client does not know whether sender and recipients still stand.",
  fix: "Server: accept RSET in every state. If replies are shifted, look for the missing one before.",
  wrong: exampleSession([], "C: RSET", "S: 503 5.5.1 Bad sequence"),
  right: exampleSession([], "C: RSET", "S: 250 2.0.0 Ok"),
  check(session, context) {
    for (const exchange of commandsWith(session, "RSET")) {
      const { reply } = exchange;
      const wire = reply && replyWire(reply);
      if (!reply || !wire || reply.code === null || reply.code === 250 || reply.code === 421) continue;
      if (exchange.command.argument !== "" || context.isConsequence(exchange)) continue;
      if ((session.greeting?.code ?? 220) >= 400) continue;
      context.report({ at: { wire, from: 0, to: 3 }, data: { code: reply.code } });
    }
  },
};
