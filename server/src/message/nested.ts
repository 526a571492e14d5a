import { SourceText } from "../text/source.js";
import { filenameOf } from "./disposition.js";
import { firstField } from "./header.js";
import type { MessageLines } from "./lines.js";
import { messageLinesOf } from "./lines.js";
import { parseMessage } from "./model.js";
import { decodeText, isEncoded } from "./transfer.js";
import { holdsMessage, type Message, type Part } from "./tree.js";
import { decodeWords } from "./words.js";

/** Octets of an encoded message that are decoded; what lies behind them is left out. */
const LIMIT = 8 * 1024 * 1024;
/** How often a decoded message may hold an encoded message in its turn. */
const MAX_LAYERS = 5;

/**
 * A part of a message that stands encoded inside another. It has no place of its own in the source: one letter there is
 * less than one octet here. Whoever needs places opens the decoded message as a document.
 */
export interface DecodedPart {
  /** Place in the tree, as if the message were not encoded. */
  readonly path: string;
  readonly type: string;
  readonly encoding: string;
  readonly filename: string | undefined;
  /** Names of its header fields as written. */
  readonly fields: readonly string[];
  /** Decoded subject, for the message itself and for messages inside it. */
  readonly subject: string | undefined;
  readonly parts: readonly DecodedPart[];
}

/**
 * The message that a leaf holds in base64 or quoted-printable, read from its decoded text. RFC 2046 §5.2.1 forbids it for
 * message/rfc822, RFC 6532 §3.7 allows it for message/global; both are met. Undefined for every other part, and where
 * what is decoded is no message.
 */
export function decodedMessage(lines: MessageLines, part: Part): Message | undefined {
  if (part.kind !== "leaf" || !isEncoded(part) || !holdsMessage(part.type)) return undefined;
  return parseMessage(messageLinesOf(new SourceText(decodeText(lines, part, LIMIT).text)));
}

const known = new WeakMap<Part, { readonly found: DecodedPart | undefined }>();

/** The structure of the message that a leaf holds encoded, or undefined; read once a part, its text is not kept. */
export function decodedStructure(lines: MessageLines, part: Part): DecodedPart | undefined {
  let kept = known.get(part);
  if (kept === undefined) {
    kept = { found: structureBelow(lines, part, part.path, MAX_LAYERS) };
    known.set(part, kept);
  }
  return kept.found;
}

function structureBelow(lines: MessageLines, part: Part, path: string, layers: number): DecodedPart | undefined {
  const message = layers === 0 ? undefined : decodedMessage(lines, part);
  return message === undefined
    ? undefined
    : plainPart(message, message.root, `${path === "" ? "" : `${path}.`}1`, layers);
}

function plainPart(message: Message, part: Part, path: string, layers: number): DecodedPart {
  const nested = structureBelow(message.lines, part, path, layers - 1);
  const subject =
    part.parent === undefined || part.parent.kind === "message" ? firstField(part.header, "subject") : undefined;
  return {
    path,
    type: part.type,
    encoding: part.encoding,
    filename: filenameOf(part),
    fields: part.header.fields.map((field) => field.name),
    subject: subject === undefined ? undefined : decodeWords(subject.text).text,
    parts:
      nested === undefined
        ? part.children.map((child, k) => plainPart(message, child, `${path}.${k + 1}`, layers))
        : [nested],
  };
}
