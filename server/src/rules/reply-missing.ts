import { exampleSession, transcriptOf } from "./lib/example.js";
import { commandsOf, replyWire } from "./support.js";
import type { Exchange, Rule, Session } from "./types.js";

/** A command that the server never answered. */
export const replyMissing: Rule = {
  id: "reply-missing",
  severity: "error",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.2" }],
  topic: "replies",
  fixable: false,
  title: "A command without a reply",
  messages: {
    default:
      "{verb} has no reply, though the session goes on. Every command must get exactly one: look whether the line is missing here or was never sent.",
    next: "The next reply belongs to a later command.",
  },
  why: "With one reply missing, client and server no longer agree which reply belongs to which command: a refusal may be taken for success.",
  fix: "If the transcript was cut or filtered, add the line. Otherwise the server, or something between, swallowed the reply.",
  wrong: transcriptOf(
    "S: 220 mx.example.com ESMTP",
    "C: EHLO client.example.org",
    "S: 250 mx.example.com",
    "C: NOOP",
    "C: NOOP",
    "S: 250 2.0.0 Ok",
    "C: QUIT",
    "S: 221 2.0.0 Bye",
  ),
  right: exampleSession([], "C: NOOP", "S: 250 2.0.0 Ok"),
  check(session, context) {
    const { traits } = session;
    if (traits.sides !== "both" || traits.order === "loose" || !traits.repliesWhole) return;
    const lastAnswered = lastAnsweredOrder(session);
    if (lastAnswered === undefined) return;
    const reported = new Set<number>();
    for (const exchange of commandsOf(session)) {
      if (exchange.replies.length > 0 || exchange.order > lastAnswered || exchange.verb === "QUIT") continue;
      // What came before the greeting may have been thrown away.
      if (session.greeting && exchange.order < session.greeting.order) continue;
      if (context.isConsequence(exchange) || reported.has(exchange.batch)) continue;
      reported.add(exchange.batch);
      const next = session.exchanges.find((other) => other.order > exchange.order && other.replies.length > 0);
      const wire = next?.reply && replyWire(next.reply);
      context.report({
        at: { wire: exchange.wire },
        data: { verb: exchange.verb },
        related: wire ? [{ at: { wire }, message: "next" }] : [],
      });
    }
  },
};

function lastAnsweredOrder(session: Session): number | undefined {
  for (let at = session.exchanges.length - 1; at >= 0; at--) {
    const exchange = session.exchanges[at] as Exchange;
    if (exchange.replies.length > 0) return exchange.order;
  }
  return undefined;
}
