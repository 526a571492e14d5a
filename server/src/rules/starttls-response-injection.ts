import { exampleSession } from "./lib/example.js";
import { commandsWith } from "./support.js";
import type { Rule, RuleContext, Session, WireLine } from "./types.js";

/** Replies that came in clear behind the 220 to STARTTLS. */
export const starttlsResponseInjection: Rule = {
  id: "starttls-response-injection",
  severity: "error",
  party: "server",
  level: "MUST",
  references: [
    { document: "RFC 3207", section: "4.2" },
    { document: "RFC 3207", section: "6" },
  ],
  topic: "starttls",
  title: "A reply in clear behind the 220 to STARTTLS",
  messages: {
    default:
      "This reply came in clear right behind the 220, before the handshake. A client that keeps it takes it for the answer to its first command under TLS: drop what was read before the handshake.",
    ready: "The handshake should have begun here.",
  },
  why: "Between the 220 and the handshake nothing may be said. What comes there can have been put in by somebody on the way and be taken for a trusted answer later (RFC 3207 §4.2, §6).",
  fix: "Client: empty the read buffer after the 220, or close the connection. Server: send nothing more after the 220.",
  elsewhere: "The NO STARTTLS study (2021) found this in many clients.",
  wrong: exampleSession(
    ["STARTTLS"],
    "C: STARTTLS",
    "S: 220 2.0.0 Ready to start TLS",
    "S: 250 injected.example.net",
    "C: EHLO client.example.org",
    "S: 250 mx.example.com",
  ),
  right: exampleSession(
    ["STARTTLS"],
    "C: STARTTLS",
    "S: 220 2.0.0 Ready to start TLS",
    "C: EHLO client.example.org",
    "S: 250 mx.example.com",
  ),
  about: "starttls",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    if (session.traits.order !== "wire" || session.traits.sides !== "both" || !session.traits.repliesWhole) return;
    for (const { reply, batch } of commandsWith(session, "STARTTLS")) {
      const ready = reply?.code === 220 ? reply.lines[reply.lines.length - 1]?.wire : undefined;
      if (!ready || session.exchanges.some((other) => other.batch === batch && other.order > (reply?.order ?? 0)))
        continue;
      const next = nextLine(session, ready);
      if (next?.speaker !== "server" || next.tls || !/^[2-5]\d\d[ -]/.test(next.text)) continue;
      // Commands sent along with STARTTLS have answers; that is their finding (starttls-plaintext-injection).
      if (session.replies.some(({ lines, exchange }) => lines[0]?.wire === next && exchange !== undefined)) continue;
      context.report({ at: { wire: next }, related: [{ at: { wire: ready }, message: "ready" }] });
    }
  },
};

function nextLine(session: Session, wire: WireLine): WireLine | undefined {
  return session.wire[session.wire.indexOf(wire) + 1];
}
