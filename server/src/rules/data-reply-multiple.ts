import { EXAMPLE_HEADER, exampleMessage } from "./lib/example.js";
import { parameterOf } from "./lib/parameters.js";
import { isShownCommand, replyWire } from "./support.js";
import type { Reply, Rule, RuleContext, Session } from "./types.js";

/** More than one reply after the final dot. */
export const dataReplyMultiple: Rule = {
  id: "data-reply-multiple",
  severity: "error",
  party: "server",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.2" }],
  topic: "data",
  title: "More than one reply to one message",
  messages: {
    default:
      "The message was answered already, and this is one reply too many. The client takes it for the answer to its next command, and every reply after it is off by one.",
    first: "The reply to the message: {code}",
  },
  why: "Each command and each message gets exactly one reply (RFC 5321 §4.2). Only LMTP and the extension PRDR give one a recipient.",
  fix: "Server: send one reply after the dot. If the message was ended by an irregular dot inside it, see smuggling-end-of-data.",
  wrong: exampleMessage([], ...EXAMPLE_HEADER, "C: Hi Bob", "C: .", "S: 250 2.0.0 Ok: queued as 8Jd1Ab2"),
  right: exampleMessage([], ...EXAMPLE_HEADER, "C: Hi Bob", "C: ."),
  fixable: false,
  check(session: Session, context: RuleContext): void {
    const { traits } = session;
    if (session.protocol === "LMTP" || traits.sides !== "both" || !traits.repliesWhole || traits.body === "hidden")
      return;
    const behind = unasked(session);
    if (behind.size === 0) return;
    for (const { mail, data } of session.transactions) {
      const end = data?.end;
      const first = end?.reply;
      if (!end || !first || end.kind !== "end-of-data" || context.isConsequence(end)) continue;
      if (isShownCommand(mail) && parameterOf(mail, "PRDR")) continue;
      const extra = behind.get(first);
      const wire = extra && replyWire(extra);
      const before = replyWire(first);
      if (!extra || !wire || !before || context.isConsequence(extra)) continue;
      context.report({
        at: { wire },
        related: [{ at: { wire: before }, message: "first", data: { code: first.code ?? "?" } }],
      });
    }
  },
};

/** Replies that nobody asked for, by the reply right before them. */
function unasked(session: Session): ReadonlyMap<Reply, Reply> {
  const behind = new Map<Reply, Reply>();
  let before: Reply | undefined;
  for (const item of session.items) {
    if (item.kind === "exchange") before = undefined;
    if (item.kind !== "reply") continue;
    const { reply } = item;
    const counts = reply.code !== null && reply.code !== 421 && reply.code !== 220;
    if (before && reply.exchange === undefined && counts) behind.set(before, reply);
    before = reply;
  }
  return behind;
}
