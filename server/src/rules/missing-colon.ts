import type { Path } from "../protocol/path.js";
import { exampleSession } from "./lib/example.js";
import { type Change, envelopeCommands, fixIn, relatedReply, severityByOutcome } from "./support.js";
import type { Rule } from "./types.js";

/** MAIL FROM or RCPT TO without the colon. */
export const missingColon: Rule = {
  id: "missing-colon",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "4.1.1.2" },
    { document: "RFC 5321", section: "4.1.1.3" },
  ],
  topic: "commands",
  fixable: true,
  title: "MAIL FROM or RCPT TO without the colon",
  messages: {
    default: "The colon behind {verb} {keyword} is missing. Servers answer 501: write {verb} {keyword}:<address>.",
    reply: "The server's answer: {code}.",
    fix: "Insert the colon",
  },
  why: "The colon belongs to the command. Without it the server cannot read the address and refuses the command.",
  fix: "Write MAIL FROM:<address> and RCPT TO:<address>, without spaces around the colon.",
  wrong: exampleSession([], "C: MAIL FROM <alice@example.org>", "S: 501 5.5.4 Syntax: MAIL FROM:<address>"),
  right: exampleSession([], "C: MAIL FROM:<alice@example.org>", "S: 250 2.1.0 Ok"),
  check(session, context) {
    for (const exchange of envelopeCommands(session)) {
      const argument = exchange.command.path;
      if (!argument || argument.colon || context.isConsequence(exchange)) continue;
      const { path } = argument;
      if (argument.keyword === null && path === null) continue;
      const keyword = exchange.verb === "MAIL" ? "FROM" : "TO";
      const from = exchange.command.argumentFrom;
      const to = argument.keyword === null ? path?.to : path?.from;
      context.report({
        at: { wire: exchange.wire, from, to: Math.max(to ?? exchange.wire.text.length, from) },
        severity: severityByOutcome(exchange.reply, { accepted: "information", refused: "error", unseen: "warning" }),
        data: { verb: exchange.verb, keyword },
        related: relatedReply(exchange.reply, "reply"),
        fix: path
          ? fixIn(context, exchange.wire, "fix", changesFor(path, from, argument.keyword ?? keyword))
          : undefined,
      });
    }
  },
};

/** Puts "FROM:" or "TO:" right in front of the path, and brackets around it where they are missing. */
function changesFor(path: Path, from: number, keyword: string): Change[] {
  const head: Change = [from, path.from, path.opened ? `${keyword}:` : `${keyword}:<`];
  if (!path.opened) return [head, [path.to, path.to, ">"]];
  return path.closed ? [head] : [head, [path.contentTo, path.contentTo, ">"]];
}
