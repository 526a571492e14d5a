import type { WireLine } from "../../dialects/types.js";
import { sourceOffset } from "../../dialects/wire.js";
import type { MessageLines } from "../../message/lines.js";
import { type Message, readMessage } from "../../message/tree.js";
import type { MailData, Session, Transaction } from "../../session/model.js";
import type { Transcript } from "../../transcript.js";
import { firstAfter, ownerOf, wireAt, wireInOrder } from "../place.js";
import { stuffing } from "../stuffing.js";
import type { ParsedDocument } from "../types.js";

/** A message that a transcript shows behind DATA or BDAT. */
export interface EmbeddedMessage {
  readonly message: Message;
  readonly session: Session;
  readonly transaction: Transaction;
  /** Source span from the first to the last line of the message. */
  readonly start: number;
  readonly end: number;
}

/** The lines of a message as they were meant: without prefixes of the dialect and the dots that the client added. */
function bodyLines(session: Session, data: MailData): MessageLines {
  const { lines } = data;
  const shift = stuffing(session, data);
  return {
    count: lines.length,
    text: (line) => {
      const wire = lines[line];
      return wire === undefined ? "" : wire.text.slice(shift(wire));
    },
    offset: (line, column) => {
      const wire = lines[line];
      return wire === undefined ? 0 : sourceOffset(wire, column + shift(wire));
    },
  };
}

const all = new WeakMap<Transcript, readonly EmbeddedMessage[]>();

/** The messages that a transcript shows, in order; read once a transcript. */
export function embeddedMessages(transcript: Transcript): readonly EmbeddedMessage[] {
  let found = all.get(transcript);
  if (found === undefined) {
    found = transcript.sessions.flatMap(embeddedIn);
    all.set(transcript, found);
  }
  return found;
}

/** The messages that one session shows, in order. */
export function embeddedIn(session: Session): readonly EmbeddedMessage[] {
  return session.transactions.flatMap((one) => embedded(session, one));
}

function embedded(session: Session, transaction: Transaction): EmbeddedMessage[] {
  const { data } = transaction;
  const first = data?.lines[0];
  const last = data?.lines[data.lines.length - 1];
  if (data === undefined || !data.shown || first === undefined || last === undefined) return [];
  return [{ message: readData(session, data), session, transaction, start: first.start, end: last.end }];
}

function readData(session: Session, data: MailData): Message {
  return readMessage(bodyLines(session, data));
}

const read = new WeakMap<Transcript, Map<MailData, Message>>();

/** The message of one DATA or BDAT, read when first asked for; undefined where the dialect does not print it. */
export function messageOfData(transcript: Transcript, session: Session, data: MailData): Message | undefined {
  if (!data.shown) return undefined;
  const known = read.get(transcript) ?? new Map<MailData, Message>();
  read.set(transcript, known);
  const message = known.get(data) ?? readData(session, data);
  known.set(data, message);
  return message;
}

/** The message at a source offset: the document itself, or the one that a transcript shows there. */
export function messageAt(document: ParsedDocument, offset: number): Message | undefined {
  if (document.language === "eml-message") return document.message;
  const { transcript } = document;
  const wire = wireAt(transcript, offset);
  const owner = wire && ownerOf(transcript, wire);
  return owner?.kind === "data" ? messageOfData(transcript, owner.session, owner.data) : undefined;
}

/** The message on a source line, and an offset on that line that lies in it, behind the prefix of the dialect. */
export function messageOnLine(
  document: ParsedDocument,
  line: number,
): { readonly message: Message; readonly offset: number } | undefined {
  const { source, message } = document;
  const start = source.lineStart(Math.max(0, line));
  if (document.language === "eml-message") return message && { message, offset: start };
  const { transcript } = document;
  const wires = wireInOrder(transcript);
  const end = source.lineEnd(Math.max(0, line));
  for (let k = Math.max(0, firstAfter(wires, start) - 1); k < wires.length; k++) {
    const wire = wires[k] as WireLine;
    if (wire.start > end) break;
    const owner = wire.end >= start ? ownerOf(transcript, wire) : undefined;
    const found = owner?.kind === "data" ? messageOfData(transcript, owner.session, owner.data) : undefined;
    if (found !== undefined) return { message: found, offset: Math.max(wire.start, start) };
  }
  return undefined;
}

/** All messages of a document. */
export function messagesOf(document: ParsedDocument): readonly Message[] {
  if (document.language === "eml-message") return document.message === undefined ? [] : [document.message];
  return embeddedMessages(document.transcript).map((one) => one.message);
}
