import { exampleSession } from "./lib/example.js";
import { replyStandsAlone } from "./lib/message.js";
import {
  commandsWith,
  deleteLine,
  isRefusal,
  relatedReply,
  type ShownCommand,
  severityByOutcome,
  standsAlone,
} from "./support.js";
import type { Fix, Rule, RuleContext, Session } from "./types.js";

/** STARTTLS inside TLS. */
export const starttlsTwice: Rule = {
  id: "starttls-twice",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 3207", section: "4.2" }],
  topic: "starttls",
  title: "STARTTLS on an encrypted connection",
  messages: {
    default:
      "This connection is under TLS already, and STARTTLS may not be sent again. The server answers 503 or 554: go on with EHLO.",
    first: "TLS began here.",
    reply: "The server's answer: {code}",
    fix: "Delete the second STARTTLS and its answer",
  },
  why: "A client must not try to start a TLS session when one is active (RFC 3207 §4.2).",
  fix: "Send STARTTLS once. On port 465 the connection is encrypted from the start and needs none.",
  elsewhere: "Postfix: TLS already active",
  wrong: exampleSession(
    ["STARTTLS"],
    "C: STARTTLS",
    "S: 220 2.0.0 Ready to start TLS",
    "C: EHLO client.example.org",
    "S: 250 mx.example.com",
    "C: STARTTLS",
    "S: 554 5.5.1 Error: TLS already active",
  ),
  right: exampleSession(
    ["STARTTLS"],
    "C: STARTTLS",
    "S: 220 2.0.0 Ready to start TLS",
    "C: EHLO client.example.org",
    "S: 250 mx.example.com",
  ),
  about: "starttls",
  fixable: true,
  check(session: Session, context: RuleContext): void {
    for (const exchange of commandsWith(session, "STARTTLS")) {
      if (!exchange.before.tls || context.isConsequence(exchange)) continue;
      const first = session.exchanges.find(
        (other) => other.verb === "STARTTLS" && other.order < exchange.order && other.reply?.code === 220,
      );
      context.report({
        at: { wire: exchange.wire },
        severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "error" }),
        related: [
          ...(first?.wire ? [{ at: { wire: first.wire }, message: "first" }] : []),
          ...relatedReply(exchange.reply, "reply"),
        ],
        fix: deletion(exchange, context),
      });
    }
  },
};

/** Takes the refused command and its reply out; a command that was taken changed the session, so that it stays. */
function deletion({ wire, reply, replies }: ShownCommand, context: RuleContext): Fix | undefined {
  const { transcript } = context;
  if (!reply || replies.length > 1 || !isRefusal(reply) || reply.code === 421) return undefined;
  if (!standsAlone(transcript, wire) || !replyStandsAlone(context, reply)) return undefined;
  const gone = [wire, ...reply.lines.map((line) => line.wire)];
  return { title: "fix", kind: "structure", edits: gone.map((line) => deleteLine(transcript.source, line)) };
}
