import { transcriptOf } from "./lib/example.js";
import { commandsOf, isPositive, relatedReply, replyWire } from "./support.js";
import type { Rule } from "./types.js";

/** The server takes commands although it refused the connection. */
export const greeting554ServerAccepts: Rule = {
  id: "greeting-554-server-accepts",
  severity: "warning",
  party: "server",
  level: "SHOULD",
  references: [{ document: "RFC 5321", section: "3.1" }],
  topic: "opening",
  fixable: false,
  title: "The server accepts commands after a refusal in its greeting",
  messages: {
    default:
      "The greeting was {code}, yet {verb} is accepted. After such a greeting the server should answer 503 until QUIT.",
    greeting: "The refusal in the greeting.",
  },
  why: "The client is told two things at once, and clients act differently on them.",
  fix: "The server should refuse everything but QUIT after such a greeting, or greet with 220.",
  wrong: transcriptOf(
    "S: 554 5.7.1 No service for your address",
    "C: EHLO client.example.org",
    "S: 250 mx.example.com",
  ),
  right: transcriptOf("S: 554 5.7.1 No service for your address", "C: QUIT", "S: 221 2.0.0 Bye"),
  check(session, context) {
    const { greeting } = session;
    if (!greeting || greeting.code === null || greeting.code < 500 || greeting.code > 599) return;
    const taken = commandsOf(session).find(
      ({ order, verb, reply }) => order > greeting.order && verb !== "QUIT" && isPositive(reply),
    );
    const wire = taken?.reply && replyWire(taken.reply);
    if (!taken || !wire) return;
    context.report({
      at: { wire },
      data: { code: greeting.code, verb: taken.verb },
      related: relatedReply(greeting, "greeting"),
    });
  },
};
