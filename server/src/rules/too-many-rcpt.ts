import { transcriptOf } from "./lib/example.js";
import { isShownCommand } from "./support.js";
import type { Rule } from "./types.js";

/** The recipients that every server must take (RFC 5321 §4.5.3.1.8). */
const LIMIT = 100;

function example(count: number): string {
  const recipients = Array.from({ length: count }, (_, k) => [`C: RCPT TO:<user${k}@example.com>`, "S: 250 2.1.5 Ok"]);
  return transcriptOf(
    "S: 220 mx.example.com ESMTP",
    "C: EHLO client.example.org",
    "S: 250 mx.example.com",
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    ...recipients.flat(),
  );
}

/** More recipients than every server takes. */
export const tooManyRcpt: Rule = {
  id: "too-many-rcpt",
  severity: "hint",
  party: "client",
  level: "SHOULD",
  references: [{ document: "RFC 5321", section: "4.5.3.1.8" }],
  topic: "order",
  fixable: false,
  title: "More than a hundred recipients in one transaction",
  messages: {
    default:
      "This is recipient {count} of the message; only {limit} are sure to be accepted. Split the message into several transactions.",
  },
  why: "Servers may refuse what exceeds a hundred, with 452. A client must be ready to send the rest again.",
  fix: "Set the limit of the sending program to 100, or to what the server announces with LIMITS RCPTMAX.",
  wrong: example(101),
  right: example(3),
  check(session, context) {
    for (const { recipients } of session.transactions) {
      const first = recipients[LIMIT]?.exchange;
      if (!first || !isShownCommand(first) || context.isConsequence(first)) continue;
      context.report({ at: { wire: first.wire }, data: { count: LIMIT + 1, limit: LIMIT } });
    }
  },
};
