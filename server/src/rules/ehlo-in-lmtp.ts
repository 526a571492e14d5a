import { transcriptOf } from "./lib/example.js";
import { fixIn, helloCommands, isRefusal, relatedReply } from "./support.js";
import type { Rule, Session } from "./types.js";

/** EHLO or HELO to a server that speaks LMTP. */
export const ehloInLmtp: Rule = {
  id: "ehlo-in-lmtp",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 2033", section: "4.1" }],
  topic: "lmtp",
  fixable: true,
  title: "EHLO or HELO to an LMTP server",
  messages: {
    default: "This server speaks LMTP, where {verb} must be refused. Use LHLO, or connect to the SMTP port.",
    greeting: "The server says here that it speaks LMTP.",
    reply: "The server's answer: {code}.",
    fix: "Change {verb} to LHLO",
  },
  why: "LMTP looks like SMTP but answers for each recipient after the data. So that nobody mixes them up, it has LHLO instead of EHLO.",
  fix: "Set the client to LMTP, or correct host and port. LMTP is for delivery inside a site and never on port 25.",
  elsewhere: "smtp-server (Node): “not allowed in LMTP server”.",
  wrong: transcriptOf(
    "S: 220 lmtp.example.com LMTP ready",
    "C: EHLO client.example.org",
    "S: 500 5.5.1 Unknown command",
    "C: QUIT",
    "S: 221 2.0.0 Bye",
  ),
  right: transcriptOf(
    "S: 220 lmtp.example.com LMTP ready",
    "C: LHLO client.example.org",
    "S: 250 lmtp.example.com",
    "C: QUIT",
    "S: 221 2.0.0 Bye",
  ),
  check(session, context) {
    const first = helloCommands(session).find(({ verb }) => verb !== "LHLO");
    if (!first || !isRefusal(first.reply) || !speaksLmtp(session, first.reply?.text ?? "")) return;
    const greeting = session.greeting?.lines[0]?.wire;
    const { verbFrom, verbTo } = first.command;
    context.report({
      at: { wire: first.wire, from: verbFrom, to: verbTo },
      data: { verb: first.verb },
      related: [
        ...(greeting && /\bLMTP\b/i.test(greeting.text) ? [{ at: { wire: greeting }, message: "greeting" }] : []),
        ...relatedReply(first.reply, "reply"),
      ],
      fix: fixIn(context, first.wire, "fix", [[verbFrom, verbTo, "LHLO"]], { verb: first.verb }),
    });
  },
};

/** The greeting or the refusal names LMTP, the client used LHLO too, or the port is that of LMTP. */
function speaksLmtp(session: Session, refusal: string): boolean {
  return (
    session.protocol === "LMTP" ||
    session.remote?.port === 24 ||
    /\bLMTP\b/i.test(session.greeting?.text ?? "") ||
    /\b(?:LMTP|LHLO)\b/i.test(refusal)
  );
}
