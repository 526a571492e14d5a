import { transcriptOf } from "./lib/example.js";
import type { Exchange, Rule, RuleContext, Session, WireLine } from "./types.js";

/** Minutes a client should wait for a reply (RFC 5321 §4.5.3.2). */
const MINUTES: ReadonlyMap<string, number> = new Map([
  ["MAIL", 5],
  ["RCPT", 5],
  ["DATA", 2],
  [".", 10],
]);

/** The client gave up before a server must have answered. */
export const clientTimeoutShort: Rule = {
  id: "client-timeout-short",
  severity: "information",
  party: "client",
  level: "SHOULD",
  references: [{ document: "RFC 5321", section: "4.5.3.2" }],
  topic: "order",
  title: "The client did not wait long enough",
  messages: {
    default:
      "The client waited {waited} seconds for the reply and then gave up; a server may take {minutes} minutes here. Raise the client's timeout.",
    data: "The client waited {waited} seconds for the reply to the message and then gave up; a server may take ten minutes. The mail may have been taken and arrive twice: raise the client's timeout.",
    close: "It gave up here.",
  },
  why: "Servers look up names, ask other servers and scan mail before they answer (RFC 5321 §4.5.3.2). A client that gives up after the final dot and tries again delivers the same mail twice.",
  fix: "Wait 5 minutes after MAIL and RCPT, 2 after DATA, 10 after the final dot.",
  wrong: transcriptOf(
    "10:00:00 S: 220 mx.example.com ESMTP",
    "10:00:00 C: EHLO client.example.org",
    "10:00:00 S: 250 mx.example.com",
    "10:00:00 C: MAIL FROM:<alice@example.org>",
    "10:00:20 C: QUIT",
  ),
  right: transcriptOf(
    "10:00:00 S: 220 mx.example.com ESMTP",
    "10:00:00 C: EHLO client.example.org",
    "10:00:00 S: 250 mx.example.com",
    "10:00:00 C: MAIL FROM:<alice@example.org>",
    "10:00:20 S: 250 2.1.0 Ok",
    "10:00:20 C: QUIT",
    "10:00:20 S: 221 2.0.0 Bye",
  ),
  fixable: false,
  check(session: Session, context: RuleContext): void {
    if (session.traits.sides !== "both" || session.traits.order !== "wire") return;
    if (session.exchanges.find(({ wire }) => wire !== undefined)?.wire?.time === undefined) return;
    for (const exchange of session.exchanges) {
      const verb = exchange.kind === "end-of-data" ? "." : exchange.verb;
      const minutes = MINUTES.get(verb);
      const from = exchange.wire?.time;
      if (minutes === undefined || from === undefined || exchange.replies.length > 0 || !exchange.wire) continue;
      const end = givingUp(session, exchange);
      if (end?.time === undefined || context.isConsequence(exchange)) continue;
      const waited = Math.round((end.time - from) / 1000);
      // Below ten seconds it is a pipelined QUIT or a cut log, not a timeout.
      if (waited < 10 || waited >= minutes * 60) continue;
      context.report({
        at: { wire: exchange.wire },
        message: verb === "." ? "data" : "default",
        data: { waited, minutes },
        related: [{ at: { wire: end }, message: "close" }],
      });
    }
  },
};

/** The line by which the client gives up: QUIT or RSET, or its close as the tool tells it, and no reply any more. */
function givingUp(session: Session, exchange: Exchange): WireLine | undefined {
  if (session.replies.some(({ order }) => order > exchange.order)) return undefined;
  for (const item of session.items.slice(exchange.order + 1)) {
    if (item.kind === "note" && item.wire.note?.kind === "close") {
      return item.wire.note.by === "client" ? item.wire : undefined;
    }
    if (item.kind === "exchange" && (item.exchange.verb === "QUIT" || item.exchange.verb === "RSET")) {
      return item.exchange.wire;
    }
  }
  return undefined;
}
