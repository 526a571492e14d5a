import { exampleSession, transcriptOf } from "./lib/example.js";
import {
  commandsOf,
  insertBefore,
  isPositive,
  isRefusal,
  lineLike,
  relatedReply,
  type ShownCommand,
  serverModel,
  showsStart,
  standsAlone,
} from "./support.js";
import type { Fix, Rule, RuleContext, Session } from "./types.js";

const HELLO = new Set(["EHLO", "HELO", "LHLO"]);
const OPENS = new Set(["MAIL", "RCPT", "DATA", "BDAT"]);

/** A mail transaction begins although the client did not introduce itself. */
export const noEhlo: Rule = {
  id: "no-ehlo",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "4.1.1.1" },
    { document: "RFC 5321", section: "4.1.4" },
  ],
  topic: "opening",
  fixable: true,
  title: "A mail transaction without EHLO before it",
  messages: {
    default: "{verb} is sent before EHLO: the session was never opened. Send EHLO with the client's host name first.",
    accepted: "{verb} is sent before EHLO. This server let it pass, others answer 503: send EHLO first.",
    reply: "The server's answer: {code}.",
    fix: "Insert EHLO before {verb}",
  },
  why: "A client must introduce itself before it may send mail, and only EHLO tells it what the server can do. Servers answer 503 to everything until then.",
  fix: "Send EHLO with the fully-qualified name of the client, or its address literal, as the first command. Fall back to HELO only where EHLO is refused with 500 or 502.",
  elsewhere: "Postfix: “503 5.5.1 Error: send HELO/EHLO first”.",
  wrong: transcriptOf(
    "S: 220 mx.example.com ESMTP",
    "C: MAIL FROM:<alice@example.org>",
    "S: 503 5.5.1 Error: send HELO/EHLO first",
    "C: QUIT",
    "S: 221 2.0.0 Bye",
  ),
  right: exampleSession([], "C: MAIL FROM:<alice@example.org>", "S: 250 2.1.0 Ok"),
  check(session, context) {
    if (!showsStart(session) || session.traits.sides === "server") return;
    if (session.exchanges.some((exchange) => HELLO.has(exchange.verb) && exchange.inferred)) return;
    for (const exchange of commandsOf(session)) {
      if (HELLO.has(exchange.verb) || exchange.before.hello) return;
      if (!OPENS.has(exchange.verb) || !blamesHello(exchange)) continue;
      const accepted = isPositive(exchange.reply);
      context.report({
        at: { wire: exchange.wire, from: exchange.command.verbFrom, to: exchange.command.verbTo },
        message: accepted ? "accepted" : "default",
        severity: accepted ? "warning" : "error",
        data: { verb: exchange.verb },
        related: relatedReply(exchange.reply, "reply"),
        fix: helloFix(session, context, exchange),
      });
      return;
    }
  },
};

/** RCPT and DATA as first commands have a rule of their own, unless the reply asks for EHLO. */
function blamesHello(exchange: ShownCommand): boolean {
  if (exchange.verb === "MAIL") return true;
  return isRefusal(exchange.reply) && /\b(?:EHLO|HELO|LHLO|hello)\b/i.test(exchange.reply?.text ?? "");
}

function helloFix(session: Session, context: RuleContext, exchange: ShownCommand): Fix | undefined {
  const { source } = context.transcript;
  const server = serverModel(context, session);
  if (!server || !standsAlone(context.transcript, exchange.wire)) return undefined;
  const host = /^[A-Za-z0-9.-]+/.exec(session.greeting?.text ?? "")?.[0] ?? "mx.example.com";
  const lines = lineLike(source, exchange.wire, "EHLO client.example.org") + lineLike(source, server, `250 ${host}`);
  return {
    title: "fix",
    data: { verb: exchange.verb },
    kind: "structure",
    edits: [insertBefore(source, exchange.wire, lines)],
  };
}
