import { chunkedMessages } from "./lib/chunks.js";
import { exampleSession } from "./lib/example.js";
import { CHUNK_ENVELOPE } from "./lib/examples-bdat.js";
import { isRefusal, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** A message put together by BURL without a last part. */
export const burlNoLast: Rule = {
  id: "burl-no-last",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 4468", section: "3.2" }],
  topic: "chunking",
  title: "The message from BURL has no last part",
  messages: {
    default:
      "Neither this BURL nor a later BDAT says LAST, so the message is not complete and the server throws it away. Put LAST on the last part.",
    next: "The client goes on here.",
    reply: "The server's answer: {code}",
  },
  why: "BURL and BDAT together build one message, and only LAST ends it (RFC 4468 §3.2).",
  fix: "Write BURL with the URL and LAST, or send BDAT 0 LAST.",
  wrong: exampleSession(
    ["8BITMIME", "BURL imap", "CHUNKING"],
    ...CHUNK_ENVELOPE,
    "C: BURL imap://alice@imap.example.org/Drafts;UID=4;URLAUTH=submit+alice:internal:91354a",
    "S: 250 2.5.0 Ok",
  ),
  right: exampleSession(
    ["8BITMIME", "BURL imap", "CHUNKING"],
    ...CHUNK_ENVELOPE,
    "C: BURL imap://alice@imap.example.org/Drafts;UID=4;URLAUTH=submit+alice:internal:91354a LAST",
    "S: 250 2.5.0 Ok",
  ),
  about: "chunks",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const { chunks, abandonedBy } of chunkedMessages(session)) {
      const chunk = chunks[chunks.length - 1];
      if (!chunk || !abandonedBy || chunk.exchange.verb !== "BURL") continue;
      if (chunks.some(({ exchange }) => isRefusal(exchange.reply) || context.isConsequence(exchange))) continue;
      context.report({
        at: { wire: chunk.exchange.wire, from: 0, to: chunk.exchange.command.verbTo },
        related: [{ at: { wire: abandonedBy.wire }, message: "next" }, ...relatedReply(abandonedBy.reply, "reply")],
      });
    }
  },
};
