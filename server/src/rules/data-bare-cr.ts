import type { MailData } from "../session/model.js";
import { EXAMPLE_HEADER, exampleEscaped, exampleMessage } from "./lib/example.js";
import { messagesOf, outcomeReply } from "./lib/message.js";
import { scanOf } from "./lib/scan.js";
import { irregularEnds } from "./lib/smuggling.js";
import { relatedReply } from "./support.js";
import type { Anchor, Rule, RuleContext, Session } from "./types.js";

/** A CR in the message that is not followed by LF. */
export const dataBareCr: Rule = {
  id: "data-bare-cr",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "2.3.8" },
    { document: "RFC 5322", section: "2.3" },
  ],
  topic: "bytes",
  title: "A bare CR in the message",
  messages: {
    default:
      "A CR without LF stands in the message ({count} in all). Servers refuse it, remove it or take it for a line end, which breaks signatures: convert line ends to CR LF.",
    reply: "The reply to the message: {code}",
  },
  why: "CR and LF may only occur together (RFC 5321 §2.3.8). What a server makes of a single CR is its own choice, and differing choices are what SMTP smuggling uses.",
  fix: "Convert all line ends to CR LF; look for text of old Mac systems and for line ends that were converted twice (CR CR LF).",
  wrong: exampleEscaped("Subject: Hello\\r\\n\\r\\nHi Bob\\rbye\\r\\n.\\r\\n", "250 2.0.0 Ok: queued as 4Xk2pQ1"),
  right: exampleMessage([], ...EXAMPLE_HEADER, "C: Hi Bob", "C: ."),
  fixable: false,
  check(session: Session, context: RuleContext): void {
    for (const { data } of messagesOf(session, context)) {
      if (irregularEnds(session, data).length > 0) continue;
      const places = bareCrs(data);
      const at = places[0];
      if (!at) continue;
      context.report({ at, data: { count: places.length }, related: relatedReply(outcomeReply(data), "reply") });
    }
  },
};

function bareCrs(data: MailData): readonly Anchor[] {
  const places: Anchor[] = [];
  const { bareCr, controls } = scanOf(data);
  for (const wire of bareCr) places.push({ wire });
  for (const wire of controls) {
    for (let at = wire.text.indexOf("\r"); at !== -1; at = wire.text.indexOf("\r", at + 1)) {
      places.push({ wire, from: at, to: at + 1 });
    }
  }
  return places;
}
