import { exampleSession } from "./lib/example.js";
import { isShownCommand, offered } from "./support.js";
import type { Exchange, Rule } from "./types.js";

/** More MAIL or RCPT commands than the server's LIMITS allow. */
export const limitsExceeded: Rule = {
  id: "limits-exceeded",
  severity: "information",
  party: "client",
  level: "practice",
  references: [{ document: "RFC 9422", section: "4" }],
  topic: "order",
  fixable: false,
  title: "More messages or recipients than LIMITS allows",
  messages: {
    RCPTMAX:
      "This is one recipient more than the {limit} that the server allows in a transaction. Send the rest in another one.",
    MAILMAX: "This is one message more than the {limit} that the server allows in a session. Open a new connection.",
    list: "The server's limits.",
  },
  why: "The server answers 4yz from here on. A client that knows LIMITS stays below and loses no time.",
  fix: "Set the limits of the sending program to those of the server.",
  wrong: exampleSession(
    ["LIMITS RCPTMAX=1"],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 250 2.1.5 Ok",
    "C: RCPT TO:<carol@example.com>",
    "S: 452 4.5.3 Too many recipients",
  ),
  right: exampleSession(
    ["LIMITS RCPTMAX=2"],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 250 2.1.5 Ok",
  ),
  check(session, context) {
    const report = (exchange: Exchange | undefined, name: "RCPTMAX" | "MAILMAX", limit: number): void => {
      if (!exchange || !isShownCommand(exchange) || context.isConsequence(exchange)) return;
      const line = offered(exchange)?.get("LIMITS")?.line;
      context.report({
        at: { wire: exchange.wire },
        message: name,
        data: { limit },
        related: line ? [{ at: { wire: line.wire, from: line.textFrom }, message: "list" }] : [],
      });
    };
    for (const { mail, recipients } of session.transactions) {
      const limit = limitOf(mail, "RCPTMAX");
      if (limit !== undefined) report(recipients[limit]?.exchange, "RCPTMAX", limit);
    }
    const mails: readonly Exchange[] = session.transactions.map(({ mail }) => mail);
    const last = mails[mails.length - 1];
    const limit = last && limitOf(last, "MAILMAX");
    if (limit !== undefined) report(mails[limit], "MAILMAX", limit);
  },
};

/** A limit such as RCPTMAX=100 (RFC 9422 §4: one to six digits, not zero); undefined where it is not announced. */
function limitOf(exchange: Exchange, name: string): number | undefined {
  for (const parameter of offered(exchange)?.get("LIMITS")?.parameters ?? []) {
    const match = /^([A-Za-z]+)=([1-9]\d{0,5})$/.exec(parameter);
    if (match?.[1]?.toUpperCase() === name) return Number(match[2]);
  }
  return undefined;
}
