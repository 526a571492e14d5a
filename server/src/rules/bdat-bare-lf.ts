import { exampleSession, transcriptOf } from "./lib/example.js";
import { CHUNK_ENVELOPE } from "./lib/examples-bdat.js";
import { messagesOf, outcomeReply } from "./lib/message.js";
import { parameterOf } from "./lib/parameters.js";
import { scanOf } from "./lib/scan.js";
import { isShownCommand, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** Text in chunks whose lines end with LF alone. */
export const bdatBareLf: Rule = {
  id: "bdat-bare-lf",
  severity: "warning",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 3030", section: "2" },
    { document: "RFC 5321", section: "2.3.8" },
  ],
  topic: "chunking",
  title: "Text in chunks with LF instead of CR LF",
  messages: {
    default:
      "From here on, lines of this message end with LF alone (lines: {count}). BDAT does not change line ends, and text must have CR LF: convert it, or announce BODY=BINARYMIME.",
    reply: "The reply to the message: {code}",
  },
  why: "BDAT carries octets as they are (RFC 3030 §2); unless the message is announced as binary, its lines must end with CR LF. Signatures and the next hop break otherwise.",
  fix: "Convert all line ends to CR LF before the octets are counted.",
  wrong: transcriptOf(
    "send: 'ehlo client.example.org\\r\\n'",
    "reply: b'250-mx.example.com\\r\\n'",
    "reply: b'250 CHUNKING\\r\\n'",
    "reply: retcode (250); Msg: b'mx.example.com\\nCHUNKING'",
    "send: 'mail FROM:<alice@example.org>\\r\\n'",
    "reply: b'250 2.1.0 Ok\\r\\n'",
    "reply: retcode (250); Msg: b'2.1.0 Ok'",
    "send: 'rcpt TO:<bob@example.com>\\r\\n'",
    "reply: b'250 2.1.5 Ok\\r\\n'",
    "reply: retcode (250); Msg: b'2.1.5 Ok'",
    "send: b'BDAT 23 LAST\\r\\nSubject: Hello\\n\\nHi Bob\\n'",
    "reply: b'250 2.0.0 Ok\\r\\n'",
    "reply: retcode (250); Msg: b'2.0.0 Ok'",
    "send: 'quit\\r\\n'",
    "reply: b'221 2.0.0 Bye\\r\\n'",
    "reply: retcode (221); Msg: b'2.0.0 Bye'",
  ),
  right: exampleSession(["CHUNKING"], ...CHUNK_ENVELOPE, "C: BDAT 10 LAST", "C: Hi there", "S: 250 2.0.0 Ok"),
  about: "chunks",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const { mail, data } of messagesOf(session, context)) {
      if (data.kind !== "BDAT") continue;
      if (isShownCommand(mail) && parameterOf(mail, "BODY")?.value?.toUpperCase() === "BINARYMIME") continue;
      const bare = scanOf(data).bareLf;
      const wire = bare[0];
      if (!wire) continue;
      context.report({
        at: { wire },
        data: { count: bare.length },
        related: relatedReply(outcomeReply(data), "reply"),
      });
    }
  },
};
