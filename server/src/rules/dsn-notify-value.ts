import { exampleSession } from "./lib/example.js";
import { parametersUsed, type UsedParameter, withValue } from "./lib/parameters.js";
import { relatedReply, severityByOutcome, shorten } from "./support.js";
import type { Fix, Rule, RuleContext, Session } from "./types.js";
import { nearestOf } from "./verbs.js";

const WORDS = new Set(["NEVER", "SUCCESS", "FAILURE", "DELAY"]);

/** NOTIFY with a word that does not exist. */
export const dsnNotifyValue: Rule = {
  id: "dsn-notify-value",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 3461", section: "4.1" }],
  topic: "parameters",
  title: "NOTIFY has a word that does not exist",
  messages: {
    default:
      "NOTIFY takes NEVER, or a list of SUCCESS, FAILURE and DELAY, not {value}. The server refuses the recipient with 501: use these words.",
    empty:
      "NOTIFY takes NEVER, or a list of SUCCESS, FAILURE and DELAY; here a word is missing. The server refuses the recipient with 501: use these words.",
    reply: "The server's answer: {code}",
    fix: "Write {word}",
  },
  why: "The words are fixed and separated by commas without blanks (RFC 3461 §4.1); with any other the recipient is not taken.",
  fix: "NOTIFY=FAILURE asks for a report if the mail cannot be delivered, SUCCESS if it was, DELAY if it takes long.",
  wrong: exampleSession(
    ["DSN"],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com> NOTIFY=SUCESS,FAILURE",
    "S: 501 5.5.4 Error: Bad NOTIFY parameter syntax",
  ),
  right: exampleSession(
    ["DSN"],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com> NOTIFY=SUCCESS,FAILURE",
    "S: 250 2.1.5 Ok",
  ),
  about: "parameters",
  fixable: true,
  check(session: Session, context: RuleContext): void {
    for (const { exchange, parameter } of parametersUsed(session, context, ["RCPT"], "NOTIFY")) {
      const wrong = (parameter.value ?? "").split(",").find((word) => !WORDS.has(word.toUpperCase()));
      if (wrong === undefined) continue;
      context.report({
        at: { wire: exchange.wire, from: parameter.from, to: parameter.to },
        message: wrong === "" ? "empty" : "default",
        data: { value: shorten(wrong, 30) },
        severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "error" }),
        related: relatedReply(exchange.reply, "reply"),
        fix: spelt({ exchange, parameter }),
      });
    }
  },
};

/** One word misspelt so that only one can be meant, the others right: the value with that word. */
function spelt(used: UsedParameter): Fix | undefined {
  const words = (used.parameter.value ?? "").split(",");
  const meant = words.map((word) => (WORDS.has(word.toUpperCase()) ? word : nearestOf(word.toUpperCase(), WORDS)));
  const known = meant.filter((word) => word !== undefined);
  const distinct = new Set(known.map((word) => word.toUpperCase()));
  if (known.length < words.length || distinct.size < known.length) return undefined;
  // NEVER stands alone.
  if (distinct.has("NEVER") && distinct.size > 1) return undefined;
  const word = known.join(",");
  return { title: "fix", data: { word }, kind: "spelling", edits: withValue(used, word) };
}
