import { chunkedMessages } from "./lib/chunks.js";
import { exampleSession } from "./lib/example.js";
import { CHUNK_ENVELOPE } from "./lib/examples-bdat.js";
import { relatedReply, severityByOutcome } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** DATA in a message that was begun with BDAT. */
export const bdatAndData: Rule = {
  id: "bdat-and-data",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 3030", section: "2" }],
  topic: "chunking",
  title: "BDAT and DATA in one message",
  messages: {
    default:
      "This message was begun with BDAT and cannot go on with DATA. The server answers 503: use one of the two for a message.",
    first: "Begun in chunks here.",
    reply: "The server's answer: {code}",
  },
  why: "DATA and BDAT may not be used in the same transaction (RFC 3030 §2).",
  fix: "Send the rest with BDAT, or RSET and begin again with DATA.",
  elsewhere: "Postfix: DATA after BDAT",
  wrong: exampleSession(
    ["CHUNKING"],
    ...CHUNK_ENVELOPE,
    "C: BDAT 10",
    "C: Hi there",
    "S: 250 2.0.0 Ok",
    "C: DATA",
    "S: 503 5.5.1 Error: DATA after BDAT",
  ),
  right: exampleSession(["CHUNKING"], ...CHUNK_ENVELOPE, "C: BDAT 10 LAST", "C: Hi there", "S: 250 2.0.0 Ok"),
  about: "chunks",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const { chunks, data } of chunkedMessages(session)) {
      const first = chunks[0];
      const exchange = data[0];
      if (!first || !exchange || context.isConsequence(exchange)) continue;
      context.report({
        at: { wire: exchange.wire },
        severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "error" }),
        related: [{ at: { wire: first.exchange.wire }, message: "first" }, ...relatedReply(exchange.reply, "reply")],
      });
    }
  },
};
