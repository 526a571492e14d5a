import { exampleSession } from "./lib/example.js";
import { extraReplies, isEarlyEnd } from "./lib/extra.js";
import type { Reply, Rule, Session } from "./types.js";

/** A reply that nobody asked for. */
export const replyExtra: Rule = {
  id: "reply-extra",
  severity: "error",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.2" }],
  topic: "replies",
  fixable: false,
  title: "A reply without a command",
  messages: {
    default: "Nothing was asked, yet {code} is answered. Clients take it for the reply to their next command.",
  },
  why: "One reply too many shifts all later ones: a refusal may be read as success.",
  fix: "If the transcript was cut, add the missing command. Otherwise look for a filter or proxy that answers in addition to the server.",
  elsewhere: "Suricata: unable_to_match_reply_with_request.",
  wrong: exampleSession([], "C: NOOP", "S: 250 2.0.0 Ok", "S: 250 2.0.0 Ok"),
  right: exampleSession([], "C: NOOP", "S: 250 2.0.0 Ok"),
  check(session, context) {
    if (session.protocol === "LMTP") return;
    for (const extra of extraReplies(session)) {
      const { reply, before } = extra;
      const line = reply.lines[0];
      if (!line || !before || reply.code === null || isEarlyEnd(extra) || context.isConsequence(reply)) continue;
      if (isExplained(session, reply, before)) continue;
      context.report({ at: { wire: line.wire }, data: { code: reply.code } });
    }
  },
};

/**
 * A 421 may come unasked (RFC 5321 §3.8); behind the data the count of replies has rules of its own; a session that lost
 * lines before (another code out of place, roles turned by ATRN) cannot be counted.
 */
function isExplained(session: Session, reply: Reply, before: Reply): boolean {
  if (reply.code === 421 || reply.code === 220 || before.code === 421) return true;
  if (before.exchange?.kind === "end-of-data" || before.exchange === undefined) return true;
  if (before.exchange.inferred || before.exchange.verb === "STARTTLS" || before.exchange.verb === "BDAT") return true;
  return session.exchanges.some(({ verb, inferred }) => verb === "ATRN" || verb === "TURN" || inferred);
}
