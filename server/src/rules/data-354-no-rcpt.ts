import { envelopeBefore } from "./envelope.js";
import { exampleSession } from "./lib/example.js";
import { commandsWith, relatedReply, replyWire } from "./support.js";
import type { Rule } from "./types.js";

/** 354 although every recipient was refused. */
export const data354NoRcpt: Rule = {
  id: "data-354-no-rcpt",
  severity: "warning",
  party: "server",
  level: "SHOULD",
  references: [{ document: "RFC 2920", section: "3.2" }],
  topic: "replies",
  fixable: false,
  title: "354 although every recipient was refused",
  messages: {
    default:
      "The server asks for the message although it refused every recipient. It should answer 554; the client should send a lone dot.",
    recipient: "The last recipient was refused here.",
  },
  why: "The message is sent for nothing, and a client that only looks at the last reply believes that it was delivered.",
  fix: "Server: answer DATA with 554 “no valid recipients”. Client: after such a 354 end the data at once with a dot.",
  wrong: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 550 5.1.1 No such user",
    "C: DATA",
    "S: 354 Go ahead",
    "C: .",
    "S: 554 5.5.1 No valid recipients",
  ),
  right: exampleSession(
    [],
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 550 5.1.1 No such user",
    "C: RSET",
    "S: 250 2.0.0 Ok",
  ),
  check(session, context) {
    for (const exchange of commandsWith(session, "DATA")) {
      const envelope = envelopeBefore(session, exchange);
      if (exchange.reply?.code !== 354 || !envelope.mail || !envelope.known) continue;
      if (envelope.refused === 0 || envelope.accepted + envelope.open > 0) continue;
      const wire = replyWire(exchange.reply);
      if (!wire) continue;
      context.report({ at: { wire }, related: relatedReply(envelope.refusedRecipient?.reply, "recipient") });
    }
  },
};
