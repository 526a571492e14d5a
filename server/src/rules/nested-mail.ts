import { envelopeBefore } from "./envelope.js";
import { exampleSession } from "./lib/example.js";
import {
  commandsWith,
  insertBefore,
  isPositive,
  isRefusal,
  lineLike,
  relatedReply,
  type ShownCommand,
  serverModel,
  standsAlone,
} from "./support.js";
import type { Fix, Rule, RuleContext, Session } from "./types.js";

/** MAIL inside an open transaction. */
export const nestedMail: Rule = {
  id: "nested-mail",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.1.4" }],
  topic: "order",
  fixable: true,
  title: "MAIL while a transaction is open",
  messages: {
    default:
      "MAIL is sent while a transaction is open. Finish it with DATA, or drop it with RSET, before the next MAIL.",
    accepted:
      "MAIL is sent while a transaction is open; this server dropped the first one and its recipients without a word. Send RSET between them.",
    open: "The open transaction began here.",
    reply: "The server's answer: {code}.",
    fix: "Insert RSET before this MAIL",
  },
  why: "A session has one transaction at a time. Most servers answer 503, some silently drop the sender and recipients given so far, and the first message is lost.",
  fix: "End each transaction with the message, or with RSET, before MAIL is sent again.",
  elsewhere: "Postfix: “503 5.5.1 Error: nested MAIL command”. Zeek: smtp_nested_mail_transaction.",
  wrong: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: MAIL FROM:<carol@example.org>",
    "S: 503 5.5.1 Error: nested MAIL command",
  ),
  right: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RSET",
    "S: 250 2.0.0 Ok",
    "C: MAIL FROM:<carol@example.org>",
    "S: 250 2.1.0 Ok",
  ),
  check(session, context) {
    for (const exchange of commandsWith(session, "MAIL")) {
      const { mail, inData } = envelopeBefore(session, exchange);
      if (!mail || inData || context.isConsequence(exchange)) continue;
      // A MAIL without a reply may not have reached the server; what follows says nothing about it.
      if (mail.reply === undefined && session.traits.sides === "both") continue;
      const accepted = isPositive(exchange.reply);
      context.report({
        at: { wire: exchange.wire, from: exchange.command.verbFrom, to: exchange.command.verbTo },
        message: accepted ? "accepted" : "default",
        severity: isRefusal(exchange.reply) ? "error" : "warning",
        related: [
          ...(mail.wire ? [{ at: { wire: mail.wire }, message: "open" }] : []),
          ...relatedReply(exchange.reply, "reply"),
        ],
        fix: isRefusal(exchange.reply) ? undefined : resetFix(session, context, exchange),
      });
    }
  },
};

function resetFix(session: Session, context: RuleContext, exchange: ShownCommand): Fix | undefined {
  const { source } = context.transcript;
  if (!standsAlone(context.transcript, exchange.wire)) return undefined;
  const server = session.traits.sides === "both" ? serverModel(context, session) : undefined;
  if (!server && session.traits.sides === "both") return undefined;
  const reply = server ? lineLike(source, server, "250 2.0.0 Ok") : "";
  const edit = insertBefore(source, exchange.wire, lineLike(source, exchange.wire, "RSET") + reply);
  return { title: "fix", kind: "structure", edits: [edit] };
}
