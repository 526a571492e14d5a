import { EXAMPLE_HEADER, exampleSession } from "./lib/example.js";
import { messagesOf } from "./lib/message.js";
import { parameterOf } from "./lib/parameters.js";
import { scanOf } from "./lib/scan.js";
import { isRefusal, isShownCommand, relatedReply } from "./support.js";
import type { Rule, RuleContext, Session } from "./types.js";

/** The message is larger than SIZE= said. */
export const sizeActualLarger: Rule = {
  id: "size-actual-larger",
  severity: "hint",
  party: "client",
  level: "practice",
  references: [{ document: "RFC 1870", section: "6.3" }],
  topic: "parameters",
  title: "The message is larger than announced",
  messages: {
    default:
      "SIZE says {size} octets, the message has about {actual}. That is allowed, but a server may refuse at the end what it would have refused here: announce the size with line ends as CR LF.",
    reply: "The reply to the message: {code}",
  },
  why: "A client may announce less than it sends (RFC 1870 §6.3), but then the early refusal that SIZE is for does not work. Often line ends were counted as one octet.",
  fix: "Count each line end as two octets (CR LF), without the stuffed dots and the final dot.",
  wrong: exampleSession(
    ["SIZE 10240000"],
    "C: MAIL FROM:<alice@example.org> SIZE=10",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 250 2.1.5 Ok",
    "C: DATA",
    "S: 354 End data with <CR><LF>.<CR><LF>",
    ...EXAMPLE_HEADER,
    "C: Hi Bob",
    "C: .",
    "S: 250 2.0.0 Ok: queued as 4Xk2pQ1",
  ),
  right: exampleSession(["SIZE 10240000"], "C: MAIL FROM:<alice@example.org> SIZE=1000", "S: 250 2.1.0 Ok"),
  about: "parameters",
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const { mail, data } of messagesOf(session, context, "DATA")) {
      if (!isShownCommand(mail) || !data.end) continue;
      const parameter = parameterOf(mail, "SIZE");
      const size = /^\d{1,15}$/.test(parameter?.value ?? "") ? Number(parameter?.value) : undefined;
      if (!parameter || size === undefined) continue;
      const actual = scanOf(data).octets;
      // Trace fields and a last empty line that tools add are no reason to speak.
      if (actual <= size + Math.max(100, size / 10)) continue;
      context.report({
        at: { wire: mail.wire, from: parameter.from, to: parameter.to },
        data: { size, actual },
        severity: data.end.reply?.code === 552 && isRefusal(data.end.reply) ? "information" : "hint",
        related: relatedReply(data.end.reply, "reply"),
      });
    }
  },
};
