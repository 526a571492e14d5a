import { pathsUsed } from "./lib/address.js";
import { exampleSession } from "./lib/example.js";
import { envelopeCommands, fixIn, relatedReply, severityByOutcome } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** A path without its angle brackets. */
export const missingAngleBrackets: Rule = {
  id: "missing-angle-brackets",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "3.3" },
    { document: "RFC 5321", section: "4.1.2" },
  ],
  topic: "addresses",
  fixable: true,
  title: "An address without angle brackets",
  messages: {
    default: "The address of {verb} lacks its angle brackets. Strict servers answer 501 or 555: write <address>.",
    open: "The address of {verb} has no closing “>”. Add it behind the address.",
    empty: "{verb} has no address. Write <address> behind the colon; for bounces the empty sender is <>.",
    reply: "The server's answer: {code}.",
    fix: "Put the address in angle brackets",
    fixOpen: "Add the closing bracket",
  },
  why: "The brackets mark where the address ends and parameters begin. Lenient servers guess, strict ones (Gmail: 555 5.5.2) refuse the command.",
  fix: "Write MAIL FROM:<address> and RCPT TO:<address>, also for the empty sender: MAIL FROM:<>.",
  wrong: exampleSession([], "C: MAIL FROM:alice@example.org", "S: 555 5.5.2 Syntax error"),
  right: exampleSession([], "C: MAIL FROM:<alice@example.org>", "S: 250 2.1.0 Ok"),
  check(session, context) {
    reportEmpty(session, context);
    for (const { exchange, path } of pathsUsed(session, context)) {
      if (path.opened && path.closed) continue;
      // missing-colon puts the brackets in too.
      if (exchange.command.path?.colon === false) continue;
      // A name in front of the brackets is display-name-in-path.
      if (!path.opened && exchange.wire.text.includes("<")) continue;
      context.report({
        at: { wire: exchange.wire, from: path.from, to: path.to },
        message: path.opened ? "open" : "default",
        severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "warning" }),
        data: { verb: exchange.verb },
        related: relatedReply(exchange.reply, "reply"),
        fix: path.opened
          ? fixIn(context, exchange.wire, "fixOpen", [[path.contentTo, path.contentTo, ">"]])
          : fixIn(context, exchange.wire, "fix", [
              [path.from, path.from, "<"],
              [path.to, path.to, ">"],
            ]),
      });
    }
  },
};

function reportEmpty(session: Session, context: RuleContext): void {
  for (const exchange of envelopeCommands(session)) {
    const argument = exchange.command.path;
    if (!argument?.colon || argument.path || context.isConsequence(exchange)) continue;
    context.report({
      at: { wire: exchange.wire },
      message: "empty",
      data: { verb: exchange.verb },
      severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "warning" }),
      related: relatedReply(exchange.reply, "reply"),
    });
  }
}
