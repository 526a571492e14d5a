import { chunkedMessages } from "./lib/chunks.js";
import { exampleSession } from "./lib/example.js";
import { CHUNK_ENVELOPE } from "./lib/examples-bdat.js";
import { isPositive, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** BDAT behind the last chunk. */
export const bdatAfterLast: Rule = {
  id: "bdat-after-last",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 3030", section: "2" }],
  topic: "chunking",
  title: "BDAT behind the last chunk",
  messages: {
    default:
      "The message was ended by LAST, and no new one was begun. The server refuses this chunk: begin the next message with MAIL.",
    last: "The last chunk.",
    reply: "The server's answer: {code}",
  },
  why: "LAST ends the message, and its transaction with it (RFC 3030 §2). A further BDAT belongs to nothing and is answered 503; its content may be read as commands.",
  fix: "Put LAST on the chunk that really is the last, and begin the next message with MAIL.",
  wrong: exampleSession(
    ["CHUNKING"],
    ...CHUNK_ENVELOPE,
    "C: BDAT 10 LAST",
    "C: Hi there",
    "S: 250 2.0.0 Ok",
    "C: BDAT 0 LAST",
    "S: 503 5.5.1 Error: need MAIL command",
  ),
  right: exampleSession(["CHUNKING"], ...CHUNK_ENVELOPE, "C: BDAT 10 LAST", "C: Hi there", "S: 250 2.0.0 Ok"),
  about: "chunks",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const { end, behindLast } of chunkedMessages(session)) {
      const first = behindLast[0];
      // A LAST that was refused ended nothing; then bdat-after-failure speaks.
      if (!first || !end || context.isConsequence(first) || !isPositive(end.exchange.reply)) continue;
      context.report({
        at: { wire: first.wire },
        related: [{ at: { wire: end.exchange.wire }, message: "last" }, ...relatedReply(first.reply, "reply")],
      });
    }
  },
};
