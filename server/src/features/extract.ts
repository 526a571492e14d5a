import type { WireLine } from "../dialects/types.js";
import { sourceOffset } from "../dialects/wire.js";
import type { Session, Transaction } from "../session/model.js";
import type { Transcript } from "../transcript.js";
import { stuffing } from "./stuffing.js";

/** How a file's octets became its text: what stands in it without an escape goes back the same way. */
export type FileEncoding = "utf-8" | "latin1";

/** A message taken out of a transcript. */
export interface ExtractedMessage {
  /** Session and transaction, from 0. */
  readonly session: number;
  readonly transaction: number;
  /** Source line of its MAIL command, from 0; of its first line where MAIL is not shown. */
  readonly line: number;
  /** The message as the client sent it, dots unstuffed (RFC 5321 §4.5.2), with the line ends of the wire (CR LF where the dialect does not show them). */
  readonly text: string;
  /** The same as octets: escapes and hex dumps spell them out, the rest goes back the way the file was read. */
  octets(encoding: FileEncoding): Uint8Array;
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
        octets: (encoding) => octetsOf(transcript, session, transaction, encoding),
        complete: transaction.data?.end !== undefined,
      });
    });
  }
  return messages;
}

const ENDS = { crlf: "\r\n", lf: "\n", cr: "\r", none: "" } as const;

/** The text of one message; undefined where the transcript does not show it. */
function messageText(session: Session, transaction: Transaction): string | undefined {
  const { data } = transaction;
  if (!data?.shown) return undefined;
  const from = stuffing(session, data);
  return data.lines.map((wire) => wire.text.slice(from(wire)) + ENDS[wire.wireEnd ?? "crlf"]).join("");
}

function octetsOf(
  { source }: Transcript,
  session: Session,
  transaction: Transaction,
  encoding: FileEncoding,
): Uint8Array {
  const octets: number[] = [];
  const { data } = transaction;
  if (!data) return new Uint8Array();
  const from = stuffing(session, data);
  for (const wire of data.lines) {
    lineOctets(source.text, wire, from(wire), encoding, octets);
    for (const end of ENDS[wire.wireEnd ?? "crlf"]) octets.push(end.charCodeAt(0));
  }
  return Uint8Array.from(octets);
}

function lineOctets(source: string, wire: WireLine, from: number, encoding: FileEncoding, octets: number[]): void {
  for (let k = from; k < wire.text.length; k++) {
    const unit = wire.text.codePointAt(k) as number;
    if (unit > 0xffff) k++;
    if (unit < 0x80) octets.push(unit);
    else if (isOneOctet(source, wire, unit > 0xffff ? k - 1 : k, unit, encoding)) octets.push(unit);
    else octets.push(...new TextEncoder().encode(String.fromCodePoint(unit)));
  }
}

/** How a program or a dump spells an octet: `\xe9`, `e9`. */
const SPELLED = /(?:\\x)?([0-9A-Fa-f]{2})/y;

/** True where a character from U+0080 to U+00FF was one octet on the wire and not two of UTF-8. */
function isOneOctet(source: string, wire: WireLine, at: number, unit: number, encoding: FileEncoding): boolean {
  if (unit > 0xff) return false;
  const offset = sourceOffset(wire, at);
  if (!wire.mapped || source.charCodeAt(offset) === unit) return encoding === "latin1";
  SPELLED.lastIndex = offset;
  const spelled = SPELLED.exec(source)?.[1];
  if (spelled === undefined) return encoding === "latin1";
  if (Number.parseInt(spelled, 16) !== unit) return false;
  // U+00C3 is the one letter of which UTF-8 begins with the letter's own number: C3 83.
  return unit !== 0xc3 || !/^(?:\\x|[ -]*)83/i.test(source.slice(SPELLED.lastIndex, SPELLED.lastIndex + 6));
}
