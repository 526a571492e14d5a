import { exampleSession } from "./lib/example.js";
import { isPositive, isShownCommand, replyWire } from "./support.js";
import type { Rule } from "./types.js";

/** The session goes on after 421. */
export const rule421NotClosing: Rule = {
  id: "421-not-closing",
  severity: "information",
  party: "server",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "3.8" },
    { document: "RFC 5321", section: "4.2.2" },
  ],
  topic: "replies",
  fixable: false,
  title: "The session goes on after 421",
  messages: {
    default:
      "421 says that the server closes the connection, yet it goes on and answers {verb}. Another 4yz code would say what is meant.",
    later: "Still answered with {code}.",
  },
  why: "On 421 a client stops and tries again later. A server that goes on loses time and mail for nothing.",
  fix: "Server: close after 421, or answer 450 or 451 where only this command fails.",
  wrong: exampleSession([], "C: NOOP", "S: 421 4.3.2 Shutting down", "C: NOOP", "S: 250 2.0.0 Ok"),
  right: exampleSession([], "C: NOOP", "S: 450 4.3.2 Busy", "C: NOOP", "S: 250 2.0.0 Ok"),
  check(session, context) {
    const { exchanges } = session;
    const at = session.replies.findIndex(({ code }) => code === 421);
    const shutdown = session.replies[at];
    const wire = shutdown && replyWire(shutdown);
    if (!shutdown || !wire) return;
    const later = exchanges.find(
      (exchange) =>
        exchange.order > shutdown.order &&
        isShownCommand(exchange) &&
        exchange.verb !== "QUIT" &&
        isPositive(exchange.reply),
    );
    const answer = later?.reply && replyWire(later.reply);
    if (!later || !answer) return;
    context.report({
      at: { wire, from: 0, to: 3 },
      data: { verb: later.verb },
      related: [{ at: { wire: answer }, message: "later", data: { code: later.reply?.code ?? "" } }],
    });
  },
};
