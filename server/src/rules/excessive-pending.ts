import { transcriptOf } from "./lib/example.js";
import type { Rule } from "./types.js";

/** Commands of one group above which a client should read replies in between. */
const MANY = 200;

function example(count: number): string {
  return transcriptOf(
    "S: 220 mx.example.com ESMTP",
    "C: EHLO client.example.org",
    "S: 250-mx.example.com",
    "S: 250 PIPELINING",
    "C: MAIL FROM:<alice@example.org>",
    ...Array.from({ length: count }, (_, k) => `C: RCPT TO:<user${k}@example.com>`),
    ...Array.from({ length: count + 1 }, () => "S: 250 2.0.0 Ok"),
  );
}

/** Very many commands without reading a reply. */
export const excessivePending: Rule = {
  id: "excessive-pending",
  severity: "hint",
  party: "client",
  level: "practice",
  references: [{ document: "RFC 2920", section: "3.1" }],
  topic: "pipelining",
  fixable: false,
  title: "Very many commands in one go",
  messages: {
    default:
      "{count} commands are sent before a reply is read. If both sides only write, the connection locks up: read replies between groups.",
  },
  why: "The replies fill the server's send buffer while the client is still sending. RFC 2920 sets no number, only the TCP window.",
  fix: "Send groups of some dozen commands and read their replies.",
  elsewhere: "Zeek: smtp_excessive_pending_cmds.",
  wrong: example(MANY),
  right: example(2),
  check(session, context) {
    if (session.traits.order !== "wire" || session.traits.sides !== "both") return;
    let batch = -1;
    let count = 0;
    for (const exchange of session.exchanges) {
      count = exchange.batch === batch ? count + 1 : 1;
      batch = exchange.batch;
      if (count !== MANY + 1 || !exchange.wire || context.isConsequence(exchange)) continue;
      const size = session.exchanges.filter((other) => other.batch === batch).length;
      context.report({ at: { wire: exchange.wire }, data: { count: size } });
      return;
    }
  },
};
