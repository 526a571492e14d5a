import { exampleSession, transcriptOf } from "./lib/example.js";
import { envelopeCommands, relatedReply, type ShownCommand } from "./support.js";
import type { Exchange, Rule, RuleContext, Session } from "./types.js";

/** A line end inside an address or parameter. */
export const commandInjection: Rule = {
  id: "command-injection",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.1.2" }, { document: "CWE-93" }],
  topic: "bytes",
  title: "A line end inside an address",
  messages: {
    default:
      "The address holds a line end, so its rest is a command of its own. Whoever chose the address can send any command: refuse CR and LF in addresses before they reach SMTP.",
    rest: "This came out of the address.",
    reply: "The server's answer: {code}",
  },
  why: "Programs that put an address from a form into MAIL or RCPT without looking let a visitor add commands (CWE-93): further recipients, or a whole other mail.",
  fix: "Check addresses: no CR, no LF, no control characters. Use a mail library that refuses them.",
  wrong: transcriptOf(
    "S: 220 mx.example.com ESMTP",
    "C: EHLO client.example.org",
    "S: 250-mx.example.com",
    "S: 250 PIPELINING",
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com",
    "C: RCPT TO:<carol@example.com",
    "C: >",
    "S: 501 5.1.3 Bad recipient address syntax",
    "S: 501 5.1.3 Bad recipient address syntax",
    "S: 500 5.5.2 Error: bad syntax",
    "C: QUIT",
    "S: 221 2.0.0 Bye",
  ),
  right: exampleSession([], "C: MAIL FROM:<alice@example.org>", "S: 250 2.1.0 Ok"),
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const exchange of envelopeCommands(session)) {
      const rest = restOf(session, exchange);
      if (!rest || context.isConsequence(exchange)) continue;
      context.report({
        at: { wire: exchange.wire },
        related: [
          ...rest.flatMap(({ wire }) => (wire ? [{ at: { wire }, message: "rest" }] : [])),
          ...relatedReply(exchange.reply, "reply"),
        ],
      });
      return;
    }
  },
};

/** The lines up to the one that closes the address; empty for a bare CR in the line; undefined where nothing is injected. */
function restOf(session: Session, exchange: ShownCommand): readonly Exchange[] | undefined {
  const cr = exchange.wire.text.indexOf("\r");
  if (cr !== -1 && cr < exchange.wire.text.length - 1) return [];
  const path = exchange.command.path?.path;
  if (!path?.opened || path.closed || session.traits.order !== "wire") return undefined;
  const at = session.exchanges.indexOf(exchange);
  const batch: Exchange[] = [];
  for (const other of session.exchanges.slice(at + 1, at + 20)) {
    if (other.batch !== exchange.batch || !other.wire) return undefined;
    batch.push(other);
    // Only what nobody types proves it: the bracket that closes the address stands on a line of its own.
    if (/^[^<]{0,40}>[ \t]*$/.test(other.wire.text)) return batch;
  }
  return undefined;
}
