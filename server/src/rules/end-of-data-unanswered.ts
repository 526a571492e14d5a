import { EXAMPLE_HEADER, exampleMessage, transcriptOf } from "./lib/example.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** The connection was lost between the final dot and its reply. */
export const endOfDataUnanswered: Rule = {
  id: "end-of-data-unanswered",
  severity: "information",
  party: "network",
  level: "practice",
  references: [
    { document: "RFC 5321", section: "4.5.3.2.6" },
    { document: "RFC 5321", section: "6.1" },
  ],
  topic: "data",
  title: "Connection lost before the message was answered",
  messages: {
    default:
      "The message was sent to its end, and the connection was lost before the reply. Nobody knows whether it was taken; a second try may deliver it twice. Ask the server's log.",
    close: "The connection ends here.",
  },
  why: "Until the reply to the final dot the client is responsible for the message, after it the server (RFC 5321 §6.1). When the reply is lost, both may be, and the client must send again.",
  fix: "Client: wait at least ten minutes for this reply (RFC 5321 §4.5.3.2.6). Server: answer quickly and scan later; look for a filter that takes too long.",
  wrong: transcriptOf(
    "=== Connected to 192.0.2.25.",
    "<-  220 mx.example.com ESMTP",
    " -> EHLO client.example.org",
    "<-  250 mx.example.com",
    " -> MAIL FROM:<alice@example.org>",
    "<-  250 2.1.0 Ok",
    " -> RCPT TO:<bob@example.com>",
    "<-  250 2.1.5 Ok",
    " -> DATA",
    "<-  354 End data with <CR><LF>.<CR><LF>",
    " -> Subject: Hello",
    " -> ",
    " -> Hi Bob",
    " -> .",
    "*** Remote host closed connection unexpectedly.",
  ),
  right: exampleMessage([], ...EXAMPLE_HEADER, "C: Hi Bob", "C: ."),
  fixable: false,
  check(session: Session, context: RuleContext): void {
    if (session.traits.sides !== "both") return;
    for (const { data } of session.transactions) {
      const end = data?.end;
      if (!end || end.replies.length > 0 || context.isConsequence(end)) continue;
      const close = session.items
        .slice(end.order + 1)
        .find((item) => item.kind === "note" && item.wire.note?.kind === "close");
      // Only a loss that the tool tells of; a transcript that merely stops is cut.
      if (close?.kind !== "note" || session.replies.some(({ order }) => order > end.order)) continue;
      const at = end.wire ?? data.exchange.wire ?? close.wire;
      context.report({
        at: { wire: at },
        related: at === close.wire ? [] : [{ at: { wire: close.wire }, message: "close" }],
      });
    }
  },
};
