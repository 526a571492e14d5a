import { chunkedMessages, knewOfRefusal } from "./lib/chunks.js";
import { exampleSession } from "./lib/example.js";
import { CHUNK_ENVELOPE } from "./lib/examples-bdat.js";
import { relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** The client goes on with chunks after one was refused. */
export const bdatAfterFailure: Rule = {
  id: "bdat-after-failure",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 3030", section: "2" }],
  topic: "chunking",
  title: "A further chunk after a refused one",
  messages: {
    default:
      "The server had refused a chunk of this message, and the client knew. The message is lost and what follows is refused too: send RSET.",
    refused: "Refused here: {code}",
    reply: "The server's answer: {code}",
  },
  why: "After a refused BDAT the rest of the message must not be sent; the client has to give it up with RSET (RFC 3030 §2). Chunks that were under way in the same batch are no mistake.",
  fix: "After 4yz or 5yz to BDAT send RSET, then try again later or report the failure.",
  wrong: exampleSession(
    ["CHUNKING"],
    ...CHUNK_ENVELOPE,
    "C: BDAT 10",
    "C: Hi there",
    "S: 552 5.3.4 Message too big",
    "C: BDAT 10 LAST",
    "C: Hi there",
    "S: 503 5.5.1 Error: need RSET",
  ),
  right: exampleSession(
    ["CHUNKING"],
    ...CHUNK_ENVELOPE,
    "C: BDAT 10",
    "C: Hi there",
    "S: 552 5.3.4 Message too big",
    "C: RSET",
    "S: 250 2.0.0 Ok",
  ),
  about: "chunks",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    if (session.traits.order !== "wire") return;
    for (const { chunks, behindLast } of chunkedMessages(session)) {
      const all = [...chunks.map(({ exchange }) => exchange), ...behindLast];
      // A refusal of BDAT's own form leaves the message as it was.
      const refused = all.find(({ reply }) => (reply?.code ?? 0) >= 400 && reply?.code !== 501 && reply?.code !== 503);
      const next = refused && all.find((exchange) => exchange.order > refused.order);
      if (!refused || !next || !knewOfRefusal(refused, next) || context.isConsequence(next)) continue;
      context.report({
        at: { wire: next.wire },
        related: [...relatedReply(refused.reply, "refused"), ...relatedReply(next.reply, "reply")],
      });
    }
  },
};
