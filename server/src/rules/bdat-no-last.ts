import { chunkedMessages } from "./lib/chunks.js";
import { exampleSession } from "./lib/example.js";
import { CHUNK_ENVELOPE } from "./lib/examples-bdat.js";
import { isRefusal, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** A message in chunks without a last one. */
export const bdatNoLast: Rule = {
  id: "bdat-no-last",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 3030", section: "2" }],
  topic: "chunking",
  title: "The message has no last chunk",
  messages: {
    default:
      "No BDAT with LAST follows this chunk, so the message is not complete and the server throws it away. End it with BDAT 0 LAST, or give it up with RSET.",
    next: "The client goes on here.",
    reply: "The server's answer: {code}",
  },
  why: "Only the chunk with LAST ends the message and makes the server responsible for it (RFC 3030 §2). What comes before is dropped when the client goes on without it.",
  fix: "Put LAST on the last BDAT; where the end is not known in time, send BDAT 0 LAST.",
  elsewhere: "Zeek smtp_missing_bdat_last_chunk",
  wrong: exampleSession(["CHUNKING"], ...CHUNK_ENVELOPE, "C: BDAT 10", "C: Hi there", "S: 250 2.0.0 Ok"),
  right: exampleSession(["CHUNKING"], ...CHUNK_ENVELOPE, "C: BDAT 10 LAST", "C: Hi there", "S: 250 2.0.0 Ok"),
  about: "chunks",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const { chunks, abandonedBy, data } of chunkedMessages(session)) {
      const chunk = chunks[chunks.length - 1];
      if (!chunk || !abandonedBy || chunk.exchange.verb !== "BDAT" || data.length > 0) continue;
      // A client that gives up after a refusal does the right thing.
      if (chunks.some(({ exchange }) => isRefusal(exchange.reply) || context.isConsequence(exchange))) continue;
      context.report({
        at: { wire: chunk.exchange.wire },
        related: [{ at: { wire: abandonedBy.wire }, message: "next" }, ...relatedReply(abandonedBy.reply, "reply")],
      });
    }
  },
};
