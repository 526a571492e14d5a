import type { MailData, Transaction } from "../../session/model.js";
import { replyWire, standsAlone } from "../support.js";
import type { Reply, RuleContext, Session, WireLine } from "../types.js";
import { perSession } from "./memo.js";

/** A transaction whose message was sent by DATA, is printed by the tool and can be judged line by line. */
export type ShownMessage = Transaction & { readonly data: MailData };

/**
 * Transactions with a printed message (by DATA alone, or by BDAT too), without those that are consequences of another
 * mistake.
 */
export function messagesOf(
  session: Session,
  context: RuleContext,
  kinds: "DATA" | "any" = "any",
): readonly ShownMessage[] {
  const messages = allMessages(session, context);
  return kinds === "any" ? messages : messages.filter(({ data }) => data.kind === "DATA");
}

const allMessages = perSession((session: Session, context: RuleContext): readonly ShownMessage[] => {
  if (session.traits.body === "hidden") return [];
  return session.transactions.filter((transaction): transaction is ShownMessage => {
    const { data } = transaction;
    return data?.shown === true && data.lines.length > 0 && !context.isConsequence(data.exchange);
  });
});

/** The final dot of a message, where the transcript prints it. */
export function finalDot(data: MailData): WireLine | undefined {
  return data.kind === "DATA" ? data.end?.wire : undefined;
}

/** The reply that decided over the message; undefined where none is seen. */
export function outcomeReply(data: MailData): Reply | undefined {
  return data.end?.reply;
}

/** Index of the empty line that ends the header section; the number of lines where there is none. */
export function headerEnd(lines: readonly WireLine[]): number {
  const at = lines.findIndex((line) => line.text === "");
  return at === -1 ? lines.length : at;
}

/** Index of the first character above U+007F, or -1. */
export function firstNonAscii(text: string): number {
  for (let k = 0; k < text.length; k++) if (text.charCodeAt(k) > 0x7f) return k;
  return -1;
}

/** An end of line that is not CR LF on the wire, where the dialect shows it. */
export function isIrregularEnd(wire: WireLine | undefined): boolean {
  return wire?.wireEnd === "lf" || wire?.wireEnd === "cr";
}

/** True where every line of a reply stands alone on its source line, so that it can be moved or removed. */
export function replyStandsAlone(context: RuleContext, reply: Reply): boolean {
  return replyWire(reply) !== undefined && reply.lines.every((line) => standsAlone(context.transcript, line.wire));
}
