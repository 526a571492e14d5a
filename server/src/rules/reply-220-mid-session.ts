import { exampleSession } from "./lib/example.js";
import type { Rule, Session } from "./types.js";

/** A second greeting in the same connection. */
export const reply220MidSession: Rule = {
  id: "reply-220-mid-session",
  severity: "warning",
  party: "server",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "4.3.2" },
    { document: "RFC 3207", section: "4.2" },
  ],
  topic: "replies",
  scope: "document",
  fixable: false,
  title: "A second greeting after STARTTLS",
  messages: {
    default:
      "A greeting comes again after STARTTLS. The client speaks first once TLS is up; an unasked 220 is taken for the reply to EHLO.",
    starttls: "TLS was agreed on here.",
  },
  why: "The client books this 220 as the answer to its EHLO, and all later replies are one behind.",
  fix: "The server must stay silent after the handshake until the client sends EHLO. A TLS wrapper in front of a plain server often causes this.",
  wrong: exampleSession(["STARTTLS"], "C: STARTTLS", "S: 220 2.0.0 Ready to start TLS", "S: 220 mx.example.com ESMTP"),
  right: exampleSession(
    ["STARTTLS"],
    "C: STARTTLS",
    "S: 220 2.0.0 Ready to start TLS",
    "C: EHLO client.example.org",
    "S: 250 mx.example.com",
  ),
  check(session, context) {
    const line = session.greeting?.lines[0];
    if (!line || session.greeting?.code !== 220) return;
    if (session.traits.startShown || session.traits.sides !== "both") return;
    const earlier = sessionBefore(session, context.transcript.sessions);
    const starttls = earlier && openTls(earlier);
    if (!starttls) return;
    // A connection that the tool announces is a new one.
    if (
      context.transcript.wire.some(
        ({ start, note }) => note?.kind === "connect" && start > starttls.start && start < line.wire.start,
      )
    )
      return;
    context.report({
      at: { wire: line.wire },
      related: [{ at: { wire: starttls }, message: "starttls" }],
    });
  },
};

/** The session before this one in the same channel; looks back a few sessions only, as no other lies between in practice. */
function sessionBefore(session: Session, sessions: readonly Session[]): Session | undefined {
  for (let at = session.index - 1; at >= 0 && at >= session.index - 8; at--) {
    if (sessions[at]?.channel === session.channel) return sessions[at];
  }
  return undefined;
}

/** The line that agreed on TLS, where nothing of SMTP follows it in that session. */
function openTls(session: Session): Session["wire"][number] | undefined {
  const last = session.exchanges.filter(({ kind }) => kind !== "tls").pop();
  if (last?.verb !== "STARTTLS" || last.reply?.code !== 220) return undefined;
  return last.reply.lines[0]?.wire;
}
