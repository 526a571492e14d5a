import { exampleSession } from "./lib/example.js";
import { parametersUsed, withValue } from "./lib/parameters.js";
import { offered, relatedReply, severityByOutcome } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

const VALUES = new Set(["7BIT", "8BITMIME", "BINARYMIME"]);

/** What people write when they mean a value that exists. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ["8BIT", "8BITMIME"],
  ["8-BIT", "8BITMIME"],
  ["8BITMIMIE", "8BITMIME"],
  ["7-BIT", "7BIT"],
  ["7BITMIME", "7BIT"],
  ["BINARY", "BINARYMIME"],
]);

/** BODY with a value that does not exist. */
export const bodyValue: Rule = {
  id: "body-value",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 6152", section: "2" },
    { document: "RFC 3030", section: "3" },
  ],
  topic: "parameters",
  title: "BODY has a value that does not exist",
  messages: {
    default:
      "BODY takes 7BIT, 8BITMIME or BINARYMIME, not {value}. The server refuses the MAIL command: write one of the three or leave BODY out.",
    empty:
      "BODY takes 7BIT, 8BITMIME or BINARYMIME, and here it has no value. The server refuses the MAIL command: write one of the three or leave BODY out.",
    reply: "The server's answer: {code}",
    fix: "Write BODY={value}",
  },
  why: "BODY tells the server how the octets of the message are to be treated (RFC 6152 §2, RFC 3030 §3). A word it does not know makes it refuse the sender with 501 or 555.",
  fix: "Write BODY=8BITMIME for 8-bit text. Content-Transfer-Encoding values such as 8bit belong into the header section, not here.",
  wrong: exampleSession(
    ["8BITMIME"],
    "C: MAIL FROM:<alice@example.org> BODY=8BIT",
    "S: 501 5.5.4 Syntax: BODY=7BIT|8BITMIME",
  ),
  right: exampleSession(["8BITMIME"], "C: MAIL FROM:<alice@example.org> BODY=8BITMIME", "S: 250 2.1.0 Ok"),
  about: "parameters",
  fixable: true,
  check(session: Session, context: RuleContext): void {
    for (const used of parametersUsed(session, context, ["MAIL"], "BODY")) {
      const { exchange, parameter } = used;
      const value = (parameter.value ?? "").toUpperCase();
      if (VALUES.has(value)) continue;
      // Where the extension is missing no value is right (param-not-advertised).
      const list = offered(exchange);
      if (list && !list.has("8BITMIME") && !list.has("BINARYMIME") && !list.has("SMTPUTF8")) continue;
      const meant = MEANT.get(value);
      context.report({
        at: { wire: exchange.wire, from: parameter.from, to: parameter.to },
        message: value === "" ? "empty" : "default",
        data: { value },
        severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "error" }),
        related: relatedReply(exchange.reply, "reply"),
        fix: meant
          ? { title: "fix", data: { value: meant }, kind: "spelling", edits: withValue(used, meant) }
          : undefined,
      });
    }
  },
};
