import { exampleSession } from "./lib/example.js";
import {
  commandsWith,
  insertBefore,
  isPositive,
  isRefusal,
  lineBreakOf,
  lineLike,
  relatedReply,
  serverModel,
  standsAlone,
} from "./support.js";
import type { Exchange, Fix, Rule, RuleContext, Session } from "./types.js";

/** After the TLS handshake the client went on with the old list of extensions. */
export const noEhloAfterStarttls: Rule = {
  id: "no-ehlo-after-starttls",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 3207", section: "4.2" }],
  topic: "starttls",
  title: "No EHLO after STARTTLS",
  messages: {
    default:
      "{verb} follows STARTTLS without a new EHLO. What was learnt in clear text is void after the handshake, and the server may answer 503: send EHLO first.",
    starttls: "TLS began here.",
    reply: "The server's answer: {code}",
    fix: "Insert EHLO",
  },
  why: "Both sides must forget what they learnt before the handshake, the list of extensions included (RFC 3207 §4.2): it may have been changed on the way. AUTH is often offered only in the second list.",
  fix: "Send EHLO as the first command after the handshake and use only what its reply lists.",
  wrong: exampleSession(
    ["STARTTLS"],
    "C: STARTTLS",
    "S: 220 2.0.0 Ready to start TLS",
    "C: MAIL FROM:<alice@example.org>",
    "S: 503 5.5.1 Error: send HELO/EHLO first",
  ),
  right: exampleSession(
    ["STARTTLS"],
    "C: STARTTLS",
    "S: 220 2.0.0 Ready to start TLS",
    "C: EHLO client.example.org",
    "S: 250 mx.example.com",
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
  ),
  fixable: true,
  check(session: Session, context: RuleContext): void {
    for (const starttls of commandsWith(session, "STARTTLS")) {
      if (starttls.reply?.code !== 220 || starttls.before.tls) continue;
      const next = nextOf(session, starttls);
      if (!next?.wire || !next.command || !NEEDS_HELLO.has(next.verb) || next.batch === starttls.batch) continue;
      context.report({
        at: { wire: next.wire, from: next.command.verbFrom, to: next.command.verbTo },
        data: { verb: next.verb },
        severity: isPositive(next.reply) ? "warning" : "error",
        related: [{ at: { wire: starttls.wire }, message: "starttls" }, ...relatedReply(next.reply, "reply")],
        fix: insertEhlo(session, context, starttls, next),
      });
    }
  },
};

const NEEDS_HELLO = new Set(["MAIL", "RCPT", "DATA", "AUTH", "BDAT", "VRFY", "EXPN", "ETRN", "STARTTLS"]);

function nextOf(session: Session, starttls: Exchange): Exchange | undefined {
  const at = session.exchanges.indexOf(starttls);
  return session.exchanges.slice(at + 1).find((exchange) => exchange.kind !== "tls");
}

/** Only where the line was not refused: a refusal would stay behind and speak of something else. */
function insertEhlo(session: Session, context: RuleContext, starttls: Exchange, next: Exchange): Fix | undefined {
  const { transcript } = context;
  const name = starttls.before.hello?.command?.argument;
  const server = serverModel(context, session);
  if (!next.wire || !name || !server || isRefusal(next.reply) || !standsAlone(transcript, next.wire)) return undefined;
  if (lineBreakOf(transcript.source) === "") return undefined;
  const host = /^\S+/.exec(starttls.before.hello?.reply?.lines[0]?.text ?? "")?.[0] ?? "localhost";
  const lines =
    lineLike(transcript.source, next.wire, `EHLO ${name}`) + lineLike(transcript.source, server, `250 ${host}`);
  return { title: "fix", kind: "structure", edits: [insertBefore(transcript.source, next.wire, lines)] };
}
