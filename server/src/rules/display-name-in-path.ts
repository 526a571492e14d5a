import { exampleSession } from "./lib/example.js";
import { envelopeCommands, fixIn, relatedReply, severityByOutcome } from "./support.js";
import type { Rule } from "./types.js";

/** `<Bob <b@x>>` or `Bob <b@x>`: a name, then the address in brackets of its own. */
const NAMED = /^(?:<[^<>@]*|"[^"<>]*"[ \t]*|[^<>"@\s][^<>@]*)<([^<>\s]+@[^<>\s]+)>+/;

/** A display name in the envelope. */
export const displayNameInPath: Rule = {
  id: "display-name-in-path",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.1.2" }],
  topic: "addresses",
  fixable: true,
  title: "A display name in MAIL FROM or RCPT TO",
  messages: {
    default: "Names belong in the header, not in {verb}. Give the address alone: <address>.",
    reply: "The server's answer: {code}.",
    fix: "Delete the name",
  },
  why: "The envelope holds bare addresses. A server that looks for one finds a syntax error, or takes the name for the address.",
  fix: "Take the address out of “Name <address>” before it is given to the mail library as sender or recipient.",
  wrong: exampleSession([], "C: MAIL FROM:<Alice <alice@example.org>>", "S: 501 5.1.7 Bad sender address syntax"),
  right: exampleSession([], "C: MAIL FROM:<alice@example.org>", "S: 250 2.1.0 Ok"),
  check(session, context) {
    for (const exchange of envelopeCommands(session)) {
      const path = exchange.command.path?.path;
      if (!path || !exchange.command.path?.colon || context.isConsequence(exchange)) continue;
      const named = NAMED.exec(exchange.wire.text.slice(path.from));
      if (!named) continue;
      const to = path.from + named[0].length;
      context.report({
        at: { wire: exchange.wire, from: path.from, to },
        severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "warning" }),
        data: { verb: exchange.verb },
        related: relatedReply(exchange.reply, "reply"),
        fix: fixIn(context, exchange.wire, "fix", [[path.from, to, `<${named[1]}>`]]),
      });
    }
  },
};
