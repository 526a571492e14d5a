import { exampleSession } from "./lib/example.js";
import { commandsWith, fixIn, replyWire } from "./support.js";
import type { Rule } from "./types.js";

/** 552 for too many recipients. */
export const rule552TooManyRcpt: Rule = {
  id: "552-too-many-rcpt",
  severity: "information",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.5.3.1.10" }],
  topic: "replies",
  about: "refusal",
  fixable: true,
  title: "552 for too many recipients",
  messages: {
    default:
      "For too many recipients the code is 452. Treat this 552 as temporary: send these recipients in another transaction.",
    fix: "Change 552 to 452",
  },
  why: "552 reads as a final refusal, and the recipients bounce though a second transaction would reach them.",
  fix: "Server: answer 452 4.5.3. Client: treat 552 to RCPT as temporary, as RFC 5321 asks.",
  wrong: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 552 Too many recipients",
  ),
  right: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 452 4.5.3 Too many recipients",
  ),
  check(session, context) {
    for (const { reply } of commandsWith(session, "RCPT")) {
      if (reply?.code !== 552 || reply.lines.length > 1 || !/too many (?:recipients|rcpt)/i.test(reply.text)) continue;
      const wire = replyWire(reply);
      if (!wire || context.isConsequence(reply)) continue;
      const fix = reply.enhanced ? undefined : fixIn(context, wire, "fix", [[0, 3, "452"]]);
      // What a server said is changed only where a person asks.
      context.report({ at: { wire, from: 0, to: 3 }, fix: fix && { ...fix, kind: "structure" } });
    }
  },
};
