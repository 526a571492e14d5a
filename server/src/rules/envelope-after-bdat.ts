import { chunkedMessages } from "./lib/chunks.js";
import { exampleSession } from "./lib/example.js";
import { CHUNK_ENVELOPE } from "./lib/examples-bdat.js";
import { relatedReply, severityByOutcome } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** MAIL or RCPT between the first chunk and the last. */
export const envelopeAfterBdat: Rule = {
  id: "envelope-after-bdat",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 3030", section: "2" }],
  topic: "chunking",
  title: "MAIL or RCPT in the middle of a message in chunks",
  messages: {
    default:
      "{verb} comes after the first chunk, when sender and recipients are settled. The server answers 503: finish the message with LAST or drop it with RSET first.",
    first: "The message was begun here.",
    reply: "The server's answer: {code}",
  },
  why: "The envelope must be complete before the first BDAT (RFC 3030 §2); only further BDATs, NOOP, RSET and QUIT make sense until LAST.",
  fix: "Send all RCPT commands before the first BDAT.",
  elsewhere: "Postfix: RCPT after BDAT, MAIL after BDAT",
  wrong: exampleSession(
    ["CHUNKING"],
    ...CHUNK_ENVELOPE,
    "C: BDAT 10",
    "C: Hi there",
    "S: 250 2.0.0 Ok",
    "C: RCPT TO:<carol@example.com>",
    "S: 503 5.5.1 Error: RCPT after BDAT",
    "C: BDAT 0 LAST",
    "S: 250 2.0.0 Ok",
  ),
  right: exampleSession(["CHUNKING"], ...CHUNK_ENVELOPE, "C: BDAT 10 LAST", "C: Hi there", "S: 250 2.0.0 Ok"),
  about: "chunks",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const { chunks, envelope } of chunkedMessages(session)) {
      const first = chunks[0];
      // A first chunk that was refused begins nothing.
      if (!first || (first.exchange.reply?.code ?? 0) >= 400) continue;
      for (const exchange of envelope) {
        if (context.isConsequence(exchange)) continue;
        context.report({
          at: { wire: exchange.wire },
          data: { verb: exchange.verb },
          severity: severityByOutcome(exchange.reply, { accepted: "warning", refused: "error", unseen: "error" }),
          related: [{ at: { wire: first.exchange.wire }, message: "first" }, ...relatedReply(exchange.reply, "reply")],
        });
      }
    }
  },
};
