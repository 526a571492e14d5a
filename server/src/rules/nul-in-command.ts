import { exampleSession, transcriptOf } from "./lib/example.js";
import { commandsOf, relatedReply, severityByOutcome } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";
import { foreignProtocol, isKnownVerb } from "./verbs.js";

/** Controls but HT, which trailing-space and others judge, and CR, which stands for an injected line. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** A NUL or another control character in a command. */
export const nulInCommand: Rule = {
  id: "nul-in-command",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.1.2" }],
  topic: "bytes",
  title: "A control character in a command",
  messages: {
    default:
      "A control character (U+{code}) stands in this command. Servers refuse it or end the line there: remove it; in typed sessions it comes from backspace or arrow keys.",
    reply: "The server's answer: {code2}",
  },
  why: "Commands are printable characters only (RFC 5321 §4.1.2). A NUL ends the line for much software, so that two programs see two different addresses.",
  fix: "Remove the character. Check addresses for control characters before they reach SMTP.",
  elsewhere: "Exim: NUL characters are not allowed",
  wrong: transcriptOf(
    "send: 'ehlo client.example.org\\r\\n'",
    "reply: b'250 mx.example.com\\r\\n'",
    "reply: retcode (250); Msg: b'mx.example.com'",
    "send: 'mail FROM:<ali\\x00ce@example.org>\\r\\n'",
    "reply: b'501 5.5.4 Syntax error\\r\\n'",
    "reply: retcode (501); Msg: b'5.5.4 Syntax error'",
  ),
  right: exampleSession([], "C: MAIL FROM:<alice@example.org>", "S: 250 2.1.0 Ok"),
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const exchange of commandsOf(session)) {
      const at = exchange.wire.text.search(CONTROL);
      // Only in what is a command: a TLS record or garbage on the port is another protocol.
      if (at === -1 || !isKnownVerb(exchange.verb) || foreignProtocol(exchange.wire.text) !== null) continue;
      if (context.isConsequence(exchange)) continue;
      const code = exchange.wire.text.charCodeAt(at).toString(16).toUpperCase().padStart(4, "0");
      context.report({
        at: { wire: exchange.wire, from: at, to: at + 1 },
        data: { code },
        severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "warning" }),
        related: relatedReply(exchange.reply, "reply", { code2: exchange.reply?.code ?? "?" }),
      });
    }
  },
};
