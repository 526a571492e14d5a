import { EXAMPLE_HEADER, exampleSession } from "./lib/example.js";
import { parameterOf } from "./lib/parameters.js";
import { isPositive, isShownCommand, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** BODY=BINARYMIME and then DATA. */
export const binarymimeWithData: Rule = {
  id: "binarymime-with-data",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 3030", section: "3" }],
  topic: "chunking",
  title: "A binary message cannot be sent with DATA",
  messages: {
    default:
      "BODY=BINARYMIME was announced, but DATA reads lines and a dot, which binary content breaks. The server answers 503: send the message with BDAT.",
    mail: "Announced as binary here.",
    reply: "The server's answer: {code}",
  },
  why: "Binary content may hold bare CR, bare LF and lone dots, so it can only travel in counted chunks (RFC 3030 §3). With DATA it would be damaged or cut.",
  fix: "Use BDAT, or encode the message and say BODY=8BITMIME or nothing.",
  wrong: exampleSession(
    ["8BITMIME", "BINARYMIME", "CHUNKING"],
    "C: MAIL FROM:<alice@example.org> BODY=BINARYMIME",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 250 2.1.5 Ok",
    "C: DATA",
    "S: 503 5.5.1 BODY=BINARYMIME requires BDAT",
  ),
  right: exampleSession(
    ["8BITMIME", "BINARYMIME", "CHUNKING"],
    "C: MAIL FROM:<alice@example.org> BODY=8BITMIME",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 250 2.1.5 Ok",
    "C: DATA",
    "S: 354 End data with <CR><LF>.<CR><LF>",
    ...EXAMPLE_HEADER,
    "C: .",
    "S: 250 2.0.0 Ok: queued as 4Xk2pQ1",
  ),
  about: "parameters",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const { mail, data } of session.transactions) {
      if (data?.kind !== "DATA" || !data.exchange.wire || !isShownCommand(mail)) continue;
      const body = parameterOf(mail, "BODY");
      if (body?.value?.toUpperCase() !== "BINARYMIME" || context.isConsequence(data.exchange)) continue;
      context.report({
        at: { wire: data.exchange.wire },
        severity: isPositive(data.exchange.reply) ? "warning" : "error",
        related: [
          { at: { wire: mail.wire, from: body.from, to: body.to }, message: "mail" },
          ...relatedReply(data.exchange.reply, "reply"),
        ],
      });
    }
  },
};
