import type { WireLine } from "../../dialects/types.js";
import { sourceOffset } from "../../dialects/wire.js";
import type { MessageLines } from "../../message/lines.js";
import { type Message, readMessage } from "../../message/tree.js";
import type { MailData, Session } from "../../session/model.js";
import { firstAfter, ownerOf, wireAt, wireInOrder } from "../place.js";
import { stuffing } from "../stuffing.js";
import type { ParsedDocument } from "../types.js";

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

/** The messages that one session shows, in order, read anew: with what is wrong in them at its present place. */
export function embeddedIn(session: Session): readonly Message[] {
  return session.transactions.flatMap(({ data }) => (isShown(data) ? [readData(session, data)] : []));
}

function isShown(data: MailData | undefined): data is MailData {
  return data?.shown === true && data.lines.length > 0;
}

function readData(session: Session, data: MailData): Message {
  return readMessage(bodyLines(session, data));
}

const read = new WeakMap<MailData, Message>();

/**
 * The message of one DATA or BDAT, read when first asked for; undefined where the dialect does not print it. It is kept
 * over edits elsewhere, which may move it: its structure holds, places are looked up, but `problems` of its header carry
 * the places of when it was read.
 */
export function messageOfData(session: Session, data: MailData | undefined): Message | undefined {
  if (!isShown(data)) return undefined;
  const message = read.get(data) ?? readData(session, data);
  read.set(data, message);
  return message;
}

/** The message at a source offset: the document itself, or the one that a transcript shows there. */
export function messageAt(document: ParsedDocument, offset: number): Message | undefined {
  if (document.language === "eml-message") return document.message;
  const { transcript } = document;
  const wire = wireAt(transcript, offset);
  const owner = wire && ownerOf(transcript, wire);
  return owner?.kind === "data" ? messageOfData(owner.session, owner.data) : undefined;
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
    const found = owner?.kind === "data" ? messageOfData(owner.session, owner.data) : undefined;
    if (found !== undefined) return { message: found, offset: Math.max(wire.start, start) };
  }
  return undefined;
}

/** All messages of a document. */
export function messagesOf(document: ParsedDocument): readonly Message[] {
  if (document.language === "eml-message") return document.message === undefined ? [] : [document.message];
  return document.transcript.sessions.flatMap((session) =>
    session.transactions.flatMap(({ data }) => messageOfData(session, data) ?? []),
  );
}
