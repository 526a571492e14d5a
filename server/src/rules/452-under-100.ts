import { envelopeBefore } from "./envelope.js";
import { exampleSession } from "./lib/example.js";
import { commandsWith, replyWire } from "./support.js";
import type { Rule } from "./types.js";

/** The recipients of one message that a server must take (RFC 5321 §4.5.3.1.8). */
const MINIMUM = 100;

/** Too many recipients, before a hundred. */
export const rule452Under100: Rule = {
  id: "452-under-100",
  severity: "hint",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.5.3.1.8" }],
  topic: "replies",
  about: "refusal",
  fixable: false,
  title: "Too many recipients, before the hundredth",
  messages: {
    default:
      "The server stops after {count} recipients; it should take {minimum}. Large receivers set lower limits on purpose: send the rest in another transaction.",
  },
  why: "A sender has to split the message more often than the standard foresees.",
  fix: "Client: send the remaining recipients again, in the same or a later session. Server: raise the limit, or announce it with LIMITS RCPTMAX.",
  wrong: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 250 2.1.5 Ok",
    "C: RCPT TO:<carol@example.com>",
    "S: 452 4.5.3 Too many recipients",
  ),
  right: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 250 2.1.5 Ok",
  ),
  check(session, context) {
    for (const exchange of commandsWith(session, "RCPT")) {
      const { reply } = exchange;
      if (reply?.code !== 452 || context.isConsequence(reply)) continue;
      const limit = reply.enhanced
        ? reply.enhanced.value === "4.5.3"
        : /too many (?:recipients|rcpt)/i.test(reply.text);
      const { accepted, refused, mail } = envelopeBefore(session, exchange);
      const wire = replyWire(reply);
      if (!limit || !mail || !wire || refused > 0 || accepted >= MINIMUM) continue;
      context.report({ at: { wire }, data: { count: accepted, minimum: MINIMUM } });
    }
  },
};
