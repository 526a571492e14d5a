import { exampleSession } from "./lib/example.js";
import { commandsWith } from "./support.js";
import type { Exchange, Rule, RuleContext, Session } from "./types.js";

/** Commands sent together with STARTTLS, before the handshake. */
export const starttlsPlaintextInjection: Rule = {
  id: "starttls-plaintext-injection",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 3207", section: "4" }, { document: "CVE-2011-0411" }],
  topic: "starttls",
  title: "Commands sent behind STARTTLS before the handshake",
  messages: {
    default:
      "From here on, lines were sent in clear behind STARTTLS, before TLS began (lines: {count}). A server that keeps them runs what anyone on the way may have put there: send nothing until the 220 is read.",
    line: "Also sent in clear behind STARTTLS.",
    starttls: "Nothing may follow this before the server's 220 and the handshake.",
  },
  why: "STARTTLS must be the last command of a group (RFC 3207 §4). What arrives behind it in clear text can come from an attacker; servers that keep it in their buffer carry it out inside the protected session (CVE-2011-0411).",
  fix: "Send STARTTLS, read the 220, do the handshake, then EHLO. A server must throw away what it had read before the handshake.",
  elsewhere: "Postfix, Exim and Gmail (523 5.7.10) refuse or drop such lines.",
  wrong: exampleSession(
    ["STARTTLS"],
    "C: STARTTLS",
    "C: RSET",
    "C: MAIL FROM:<mallory@example.net>",
    "S: 220 2.0.0 Ready to start TLS",
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
    if (session.traits.order !== "wire") return;
    for (const exchange of commandsWith(session, "STARTTLS")) {
      if (context.isConsequence(exchange) || exchange.before.tls) continue;
      const behind = sentBehind(session, exchange);
      const [first, ...others] = behind;
      if (!first?.wire) continue;
      context.report({
        at: { wire: first.wire },
        data: { count: behind.length },
        related: [
          { at: { wire: exchange.wire }, message: "starttls" },
          ...others.flatMap((other) => (other.wire ? [{ at: { wire: other.wire }, message: "line" }] : [])),
        ],
      });
    }
  },
};

/** What left in one go with STARTTLS. Only where its reply is seen: a cut transcript shows no order. */
function sentBehind(session: Session, exchange: Exchange): readonly Exchange[] {
  const { reply } = exchange;
  if (!reply) return [];
  const at = session.exchanges.indexOf(exchange);
  const behind: Exchange[] = [];
  for (const other of session.exchanges.slice(at + 1)) {
    if (other.batch !== exchange.batch || other.order > reply.order) break;
    // A tool that prints the handshake right there does not show an injection.
    if (other.wire?.tls || other.kind === "tls") break;
    if (other.wire) behind.push(other);
  }
  return behind;
}
