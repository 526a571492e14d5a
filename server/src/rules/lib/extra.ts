import { extensionEntry } from "../../reference/index.js";
import type { Reply, Session } from "../types.js";

/** A reply that nobody asked for, with the reply right before it. */
export interface ExtraReply {
  readonly reply: Reply;
  readonly before: Reply | undefined;
}

/** The replies without a command, where both parties are shown in the order of the wire. */
export function extraReplies(session: Session): ExtraReply[] {
  const { traits, items } = session;
  if (traits.sides !== "both" || traits.order === "loose" || !traits.repliesWhole) return [];
  const extra: ExtraReply[] = [];
  let before: Reply | undefined;
  for (const item of items) {
    if (item.kind === "reply") {
      if (!item.reply.exchange) extra.push({ reply: item.reply, before });
      before = item.reply;
    } else if (item.kind === "exchange" && item.exchange.wire) {
      before = undefined;
    }
  }
  return extra;
}

/** True if a reply and the extra one behind it were meant as one: the space behind a code came too early. */
export function isEarlyEnd({ reply, before }: ExtraReply): boolean {
  const last = before?.lines[before.lines.length - 1];
  const first = reply.lines[0];
  if (!before || !last || !first || before.code !== reply.code || last.separator !== " ") return false;
  if (first.separator === "-") return true;
  return before.exchange?.verb === "EHLO" && extensionEntry(first.text.split(/\s/, 1)[0] ?? "") !== undefined;
}
