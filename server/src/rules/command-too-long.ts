import type { Extensions } from "../session/model.js";
import { octetLength } from "../text/octets.js";
import { exampleSession } from "./lib/example.js";
import { commandsOf, relatedReply, severityByOutcome } from "./support.js";
import type { Rule } from "./types.js";

/** Length of a command line without its line end (RFC 5321 §4.5.3.1.4: 512 octets with it). */
const LIMIT = 510;

/** Octets that the offered extensions add to the longest MAIL line, by keyword, as their RFCs say. */
const MAIL_INCREASE: Readonly<Record<string, number>> = {
  SIZE: 26,
  "8BITMIME": 17,
  BINARYMIME: 16,
  SMTPUTF8: 10,
  AUTH: 500,
  DSN: 120,
  REQUIRETLS: 11,
  DELIVERBY: 17,
  FUTURERELEASE: 34,
  "MT-PRIORITY": 15,
  CHECKPOINT: 88,
  MTRK: 40,
};

/** The same for RCPT. */
const RCPT_INCREASE: Readonly<Record<string, number>> = { DSN: 540, RRVS: 33 };

/** A command line over the limit. */
export const commandTooLong: Rule = {
  id: "command-too-long",
  severity: "warning",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.5.3.1.4" }],
  topic: "commands",
  fixable: false,
  title: "A command line over 512 octets",
  messages: {
    default:
      "This line has {length} octets, {limit} are allowed. Servers may cut it, answer 500 or close the connection.",
    reply: "The server's answer: {code}.",
  },
  why: "A server need only accept command lines of 512 octets, and some more where an extension says so. Longer ones are refused, or cut in the middle of an address.",
  fix: "Shorten the command. Long lists of recipients take one RCPT each.",
  elsewhere: "Suricata: smtp.max_command_line_len_exceeded. Snort 124:1. Postfix postscreen: COMMAND LENGTH LIMIT.",
  wrong: exampleSession([], `C: NOOP ${"x".repeat(520)}`, "S: 500 5.5.2 Line too long"),
  right: exampleSession([], "C: NOOP", "S: 250 2.0.0 Ok"),
  check(session, context) {
    for (const exchange of commandsOf(session)) {
      const { text } = exchange.wire;
      // Three octets a unit at most: short lines need no count. AUTH has a limit of its own (RFC 4954 §4).
      if (text.length * 3 <= LIMIT || exchange.verb === "AUTH") continue;
      const length = octetLength(text) + 2;
      const limit = LIMIT + 2 + increase(exchange.verb, exchange.before.extensions);
      if (length <= limit || context.isConsequence(exchange)) continue;
      context.report({
        at: { wire: exchange.wire },
        severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "warning" }),
        data: { length, limit },
        related: relatedReply(exchange.reply, "reply"),
      });
    }
  },
};

function increase(verb: string, extensions: Extensions | undefined): number {
  const table = verb === "MAIL" ? MAIL_INCREASE : verb === "RCPT" ? RCPT_INCREASE : {};
  let sum = 0;
  for (const [keyword, octets] of Object.entries(table)) if (!extensions || extensions.has(keyword)) sum += octets;
  return sum;
}
