import { exampleSession } from "./lib/example.js";
import { parameterOf } from "./lib/parameters.js";
import { commandsWith, relatedReply, severityByOutcome } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** A message that may leave only after it must have arrived. */
export const futureReleaseAfterDeliverby: Rule = {
  id: "future-release-after-deliverby",
  severity: "warning",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 4865", section: "5.2.1" }],
  topic: "parameters",
  title: "To be released after the time it must be delivered by",
  messages: {
    default:
      "The message is to be held for {hold} seconds but delivered within {by}. It cannot arrive in time, and the server refuses it: make BY longer or the hold shorter.",
    reply: "The server's answer: {code}",
  },
  why: "A server must refuse a message whose release lies behind its deliver-by time (RFC 4865 §5.2.1).",
  fix: "Both times count from the moment of sending: BY must be the larger one.",
  wrong: exampleSession(
    ["DELIVERBY 30", "FUTURERELEASE 86400 2026-12-31T00:00:00Z"],
    "C: MAIL FROM:<alice@example.org> HOLDFOR=600 BY=60;R",
    "S: 501 5.5.4 Release is later than the deliver-by time",
  ),
  right: exampleSession(
    ["DELIVERBY 30", "FUTURERELEASE 86400 2026-12-31T00:00:00Z"],
    "C: MAIL FROM:<alice@example.org> HOLDFOR=600 BY=6000;R",
    "S: 250 2.1.0 Ok",
  ),
  about: "parameters",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const exchange of commandsWith(session, "MAIL")) {
      const hold = parameterOf(exchange, "HOLDFOR");
      const by = parameterOf(exchange, "BY");
      if (!hold?.value || !by?.value || context.isConsequence(exchange)) continue;
      const holdSeconds = /^\d{1,9}$/.exec(hold.value)?.[0];
      const bySeconds = /^-?\d{1,9}(?=;)/.exec(by.value)?.[0];
      if (holdSeconds === undefined || bySeconds === undefined || Number(holdSeconds) <= Number(bySeconds)) continue;
      context.report({
        at: { wire: exchange.wire, from: Math.min(hold.from, by.from), to: Math.max(hold.to, by.to) },
        data: { hold: holdSeconds, by: bySeconds },
        severity: severityByOutcome(exchange.reply, { accepted: "information", refused: "error", unseen: "warning" }),
        related: relatedReply(exchange.reply, "reply"),
      });
    }
  },
};
