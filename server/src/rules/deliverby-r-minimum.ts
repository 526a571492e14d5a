import { exampleSession } from "./lib/example.js";
import { parametersUsed } from "./lib/parameters.js";
import { offered, relatedReply, severityByOutcome } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** BY=…;R below the server's minimum. */
export const deliverbyRMinimum: Rule = {
  id: "deliverby-r-minimum",
  severity: "warning",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 2852", section: "4.1.4.1" }],
  topic: "parameters",
  title: "Deliver-by time below the server's minimum",
  messages: {
    default:
      "The message is to be delivered or returned within {by} seconds; this server needs at least {minimum}. It refuses the sender: ask for more time or use the mode N.",
    offer: "The server's minimum: {minimum} seconds.",
    reply: "The server's answer: {code}",
  },
  why: "The number behind DELIVERBY is the shortest time the server accepts with mode R (RFC 2852 §4.1.4.1); a client must not ask for less.",
  fix: "Use a longer time, or BY=…;N, which asks for a notice instead of a return.",
  wrong: exampleSession(
    ["DELIVERBY 240"],
    "C: MAIL FROM:<alice@example.org> BY=10;R",
    "S: 501 5.5.4 Deliver-by time too short",
  ),
  right: exampleSession(["DELIVERBY 240"], "C: MAIL FROM:<alice@example.org> BY=600;R", "S: 250 2.1.0 Ok"),
  about: "parameters",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const { exchange, parameter } of parametersUsed(session, context, ["MAIL"], "BY")) {
      const extension = offered(exchange)?.get("DELIVERBY");
      const minimum = /^\d{1,9}/.exec(extension?.parameters[0] ?? "")?.[0];
      const by = /^(-?\d{1,9});R/i.exec(parameter.value ?? "")?.[1];
      if (!extension || minimum === undefined || by === undefined || Number(by) >= Number(minimum)) continue;
      context.report({
        at: { wire: exchange.wire, from: parameter.from, to: parameter.to },
        data: { by, minimum },
        severity: severityByOutcome(exchange.reply, { accepted: "information", refused: "error", unseen: "warning" }),
        related: [
          { at: { wire: extension.line.wire }, message: "offer", data: { minimum } },
          ...relatedReply(exchange.reply, "reply"),
        ],
      });
    }
  },
};
