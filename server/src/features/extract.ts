import type { Session, Transaction } from "../session/model.js";
import type { Transcript } from "../transcript.js";

/** A message taken out of a transcript. */
export interface ExtractedMessage {
  /** Session and transaction, from 0. */
  readonly session: number;
  readonly transaction: number;
  /** Source line of its MAIL command, from 0; of its first line where MAIL is not shown. */
  readonly line: number;
  /** The message as the client sent it, dots unstuffed (RFC 5321 §4.5.2), with the line ends of the wire (CR LF where the dialect does not show them). */
  readonly text: string;
  /** False where the end of data is not shown, so that the message may be cut. */
  readonly complete: boolean;
}

/** Takes the messages out of a transcript that shows them, in order. */
export function extractMessages(transcript: Transcript): ExtractedMessage[] {
  const messages: ExtractedMessage[] = [];
  for (const session of transcript.sessions) {
    session.transactions.forEach((transaction, index) => {
      const text = messageText(session, transaction);
      if (text === undefined) return;
      const line = transaction.mail.wire?.line ?? transaction.data?.lines[0]?.line ?? session.line;
      messages.push({
        session: session.index,
        transaction: index,
        line,
        text,
        complete: transaction.data?.end !== undefined,
      });
    });
  }
  return messages;
}

const ENDS = { crlf: "\r\n", lf: "\n", cr: "\r", none: "" } as const;

/** The text of one message; undefined where the transcript does not show it. */
export function messageText(session: Session, transaction: Transaction): string | undefined {
  const { data } = transaction;
  if (!data?.shown) return undefined;
  const stuffed = session.traits.body === "stuffed" && data.kind === "DATA";
  return data.lines
    .map(
      (wire) => (stuffed && wire.text.startsWith(".") ? wire.text.slice(1) : wire.text) + ENDS[wire.wireEnd ?? "crlf"],
    )
    .join("");
}
