import { transcriptOf } from "./lib/example.js";
import { commandsOf, relatedReply } from "./support.js";
import type { Rule } from "./types.js";

/** The client goes on after a refusal in the greeting. */
export const greeting554ThenCommands: Rule = {
  id: "greeting-554-then-commands",
  severity: "warning",
  party: "client",
  level: "SHOULD",
  references: [{ document: "RFC 5321", section: "3.1" }],
  topic: "opening",
  about: "refusal",
  fixable: false,
  title: "The client goes on after a refusal in the greeting",
  messages: {
    default: "The server refused the connection with {code}; only QUIT may follow. {verb} cannot succeed.",
    greeting: "The refusal.",
  },
  why: "A greeting of 5yz means that no mail is taken from this client. Every further command is answered 503.",
  fix: "Send QUIT, and read the refusal's text for the reason: blocked address, no mail service here, or too many connections.",
  wrong: transcriptOf(
    "S: 554 5.7.1 No service for your address",
    "C: EHLO client.example.org",
    "S: 503 5.5.1 Bad sequence of commands",
    "C: QUIT",
    "S: 221 2.0.0 Bye",
  ),
  right: transcriptOf("S: 554 5.7.1 No service for your address", "C: QUIT", "S: 221 2.0.0 Bye"),
  check(session, context) {
    const { greeting } = session;
    if (!greeting || greeting.code === null || greeting.code < 500 || greeting.code > 599) return;
    const first = commandsOf(session).find(({ order }) => order > greeting.order);
    if (
      !first ||
      first.verb === "QUIT" ||
      session.exchanges.some(({ order, kind }) => kind === "command" && order < greeting.order)
    )
      return;
    context.report({
      at: { wire: first.wire },
      data: { code: greeting.code, verb: first.verb },
      related: relatedReply(greeting, "greeting"),
    });
  },
};
