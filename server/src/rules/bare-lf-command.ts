import { exampleSession, transcriptOf } from "./lib/example.js";
import { messagesOf } from "./lib/message.js";
import { scanOf } from "./lib/scan.js";
import { commandsOf, isPositive, isRefusal, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** Commands that end with LF alone. */
export const bareLfCommand: Rule = {
  id: "bare-lf-command",
  severity: "warning",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "2.3.8" }],
  topic: "bytes",
  title: "Commands that end with LF instead of CR LF",
  messages: {
    default:
      "This command ends with LF alone (commands of this kind: {count}). Servers that guard against SMTP smuggling refuse that: send CR LF (nc -C, openssl s_client -crlf).",
    reply: "The server's answer: {code}",
  },
  why: "A command ends with CR LF (RFC 5321 §2.3.8). Most servers take a bare LF, postscreen and strict ones do not.",
  fix: "Typed: use nc -C or openssl s_client -crlf. In code: write \\r\\n, not the platform's line end.",
  elsewhere: "postscreen BARE NEWLINE",
  wrong: transcriptOf(
    "send: 'ehlo client.example.org\\n'",
    "reply: b'250 mx.example.com\\r\\n'",
    "reply: retcode (250); Msg: b'mx.example.com'",
    "send: 'quit\\n'",
    "reply: b'221 2.0.0 Bye\\r\\n'",
    "reply: retcode (221); Msg: b'2.0.0 Bye'",
  ),
  right: exampleSession([], "C: NOOP", "S: 250 2.0.0 Ok"),
  fixable: false,
  check(session: Session, context: RuleContext): void {
    // One mistake of one client: the message shows it better, where it has it too.
    if (messagesOf(session, context).some(({ data }) => scanOf(data).bareLf.length > 0)) return;
    const bare = commandsOf(session).filter(({ wire }) => wire.wireEnd === "lf");
    const first = bare.find(({ reply }) => isRefusal(reply)) ?? bare[0];
    if (!first || context.isConsequence(first)) return;
    const blamed = isRefusal(first.reply) && /bare|newline|line ?feed|CRLF/i.test(first.reply?.text ?? "");
    context.report({
      at: { wire: first.wire },
      data: { count: bare.length },
      severity: blamed ? "error" : isPositive(first.reply) ? "information" : "warning",
      related: relatedReply(first.reply, "reply"),
    });
  },
};
