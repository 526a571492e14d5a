import { exampleSession } from "./lib/example.js";
import { type Change, envelopeCommands, fixIn, relatedReply, type ShownCommand, severityByOutcome } from "./support.js";
import type { Rule } from "./types.js";

/** White space next to the colon of MAIL FROM: or RCPT TO:. */
export const spaceAfterColon: Rule = {
  id: "space-after-colon",
  severity: "warning",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "3.3" }],
  topic: "commands",
  fixable: true,
  title: "A space next to the colon of MAIL FROM: or RCPT TO:",
  messages: {
    default:
      "No space is allowed next to the colon of {verb}. Many servers let it pass, strict ones answer 501: delete it.",
    reply: "The server's answer: {code}.",
    fix: "Delete the space",
  },
  why: "RFC 5321 §3.3 forbids spaces on either side of the colon. Postfix, Exim and sendmail accept them by default, other servers and filters refuse.",
  fix: "Write MAIL FROM:<address> and RCPT TO:<address> without a space between colon and bracket.",
  wrong: exampleSession([], "C: MAIL FROM: <alice@example.org>", "S: 501 5.5.4 Syntax error in parameters"),
  right: exampleSession([], "C: MAIL FROM:<alice@example.org>", "S: 250 2.1.0 Ok"),
  check(session, context) {
    for (const exchange of envelopeCommands(session)) {
      const space = exchange.command.path?.space;
      if (!space || context.isConsequence(exchange)) continue;
      context.report({
        at: { wire: exchange.wire, from: space.from, to: space.to },
        severity: severityByOutcome(exchange.reply, { accepted: "information", refused: "error", unseen: "warning" }),
        data: { verb: exchange.verb },
        related: relatedReply(exchange.reply, "reply"),
        fix: fixIn(context, exchange.wire, "fix", [changeFor(exchange, space)]),
      });
    }
  },
};

/** Both sides of the colon at once, where the keyword and the path are there. */
function changeFor({ command }: ShownCommand, space: { readonly from: number; readonly to: number }): Change {
  const argument = command.path;
  if (!argument?.path || argument.keyword === null) return [space.from, space.to, ""];
  return [command.argumentFrom + argument.keyword.length, argument.path.from, ":"];
}
