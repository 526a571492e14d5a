import { exampleSession } from "./lib/example.js";
import { type Change, commandsOf, fixIn, relatedReply, type ShownCommand, severityByOutcome } from "./support.js";
import type { Rule } from "./types.js";
import { nearestOf } from "./verbs.js";

/** MAIL TO, RCPT FROM, MAILFROM or RCPTTO. */
export const mailRcptKeyword: Rule = {
  id: "mail-rcpt-keyword",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "4.1.1.2" },
    { document: "RFC 5321", section: "4.1.1.3" },
  ],
  topic: "commands",
  fixable: true,
  title: "MAIL TO, RCPT FROM, MAILFROM or RCPTTO",
  messages: {
    default: "The sender is given with MAIL FROM:, recipients with RCPT TO:. Write {right} here.",
    reply: "The server's answer: {code}.",
    fix: "Change it to {right}",
  },
  why: "The server does not know the command and refuses it; nothing after it works.",
  fix: "Write MAIL FROM:<sender> and RCPT TO:<recipient>, each as two words.",
  wrong: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT FROM:<bob@example.com>",
    "S: 501 5.5.4 Syntax: RCPT TO:<address>",
  ),
  right: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 250 2.1.5 Ok",
  ),
  check(session, context) {
    for (const exchange of commandsOf(session)) {
      const found = wrongKeyword(exchange);
      if (!found || context.isConsequence(exchange)) continue;
      const data = { right: found.right };
      context.report({
        at: { wire: exchange.wire, from: found.change[0], to: found.change[1] },
        severity: severityByOutcome(exchange.reply, { accepted: "information", refused: "error", unseen: "warning" }),
        data,
        related: relatedReply(exchange.reply, "reply"),
        fix: fixIn(context, exchange.wire, "fix", [found.change], data),
      });
    }
  },
};

function wrongKeyword({ command, verb }: ShownCommand): { change: Change; right: string } | undefined {
  const glued = /^(MAIL|RCPT)(FROM|TO)$/.exec(verb);
  if (glued) {
    if (!/[:<@]/.test(command.argument)) return undefined;
    const right = glued[1] === "MAIL" ? "MAIL FROM" : "RCPT TO";
    return { change: [command.verbFrom, command.verbTo, right], right };
  }
  const keyword = command.path?.keyword;
  if (!keyword || (verb !== "MAIL" && verb !== "RCPT")) return undefined;
  const expected = verb === "MAIL" ? "FROM" : "TO";
  if (keyword === expected) return undefined;
  if (keyword !== "FROM" && keyword !== "TO" && nearestOf(keyword, [expected]) === undefined) return undefined;
  const from = command.argumentFrom;
  return { change: [from, from + keyword.length, expected], right: `${verb} ${expected}` };
}
