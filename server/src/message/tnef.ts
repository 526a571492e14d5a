import { decodeBytes } from "./charset.js";
import { filenameOf } from "./disposition.js";
import type { MessageLines } from "./lines.js";
import { decodeBody } from "./transfer.js";
import type { Part } from "./tree.js";

/** A file or message inside a TNEF stream. */
export interface TnefAttachment {
  /** Place in the stream: "1", "2"; "2.1" is the first one in the message that is attachment 2. */
  readonly path: string;
  /** Name as written, which may hold anything; "" where none is given. */
  readonly name: string;
  /** Media type in lower case, where the stream tells it; "application/ms-tnef" for a message inside. */
  readonly type: string | undefined;
  /** A view of the stream's octets. */
  readonly bytes: Uint8Array;
}

/** What a TNEF stream holds besides the text of its message. */
export interface Tnef {
  readonly attachments: readonly TnefAttachment[];
  /** False where the stream ends in the middle, or breaks off in something that is no TNEF. */
  readonly complete: boolean;
}

/** First four octets of every stream ([MS-OXTNEF] §2.1.3.1). */
const SIGNATURE = 0x223e9f78;
/** Attributes by id and type ([MS-OXTNEF] §2.1.3.2). */
const ATTRIBUTE = {
  oemCodepage: 0x00069007,
  /** Begins an attachment. */
  attachRendData: 0x00069002,
  attachData: 0x0006800f,
  attachTitle: 0x00018010,
  attachTransportFilename: 0x00069001,
  /** Properties of the attachment. */
  attachment: 0x00069005,
} as const;
/** Properties of attachments ([MS-OXPROPS]). */
const PROPERTY = {
  displayName: 0x3001,
  dataObject: 0x3701,
  filename: 0x3704,
  longFilename: 0x3707,
  mimeTag: 0x370e,
} as const;
/** The interface of a message, IID_IMessage, as its first four octets say it. */
const MESSAGE_INTERFACE = 0x00020307;
const MAX_ATTACHMENTS = 1000;
const MAX_PROPERTIES = 10_000;
/** How often a message may hold a message. */
const MAX_DEPTH = 5;

/**
 * Lists the attachments of a TNEF stream (`winmail.dat`, application/ms-tnef), those of messages inside included
 * ([MS-OXTNEF]). Undefined where the octets do not begin like one. Never throws; octets are not copied.
 */
export function readTnef(bytes: Uint8Array): Tnef | undefined {
  const reader = new Octets(bytes);
  if (reader.u32() !== SIGNATURE) return undefined;
  const attachments: TnefAttachment[] = [];
  const complete = readStream(bytes, "", 0, attachments);
  return { attachments, complete };
}

/** Octets of a part that are decoded; what lies behind them is left out. */
const LIMIT = 32 * 1024 * 1024;

/** What a part holds that is a TNEF container by its media type or its name; undefined for every other part. */
export function tnefFiles(lines: MessageLines, part: Part): Tnef | undefined {
  if (part.kind !== "leaf") return undefined;
  const called = /^application\/(?:vnd\.)?ms-tnef$/.test(part.type) || /^winmail\.dat$/i.test(filenameOf(part) ?? "");
  return called ? readTnef(decodeBody(lines, part, LIMIT).bytes) : undefined;
}

/** An attachment while its attributes are read. */
interface Draft {
  bytes: Uint8Array;
  title: string;
  transportName: string;
  properties: AttachmentProperties | undefined;
}

function readStream(bytes: Uint8Array, prefix: string, depth: number, found: TnefAttachment[]): boolean {
  const reader = new Octets(bytes);
  reader.skip(6);
  let charset = "windows-1252";
  let draft: Draft | undefined;
  let number = 0;
  const finish = (): void => {
    if (draft !== undefined && found.length < MAX_ATTACHMENTS)
      addAttachment(draft, `${prefix}${++number}`, depth, found);
    draft = undefined;
  };
  while (reader.left > 0) {
    const level = reader.u8();
    const id = reader.u32();
    const data = reader.take(reader.u32());
    reader.skip(2);
    if ((level !== 1 && level !== 2) || data === undefined || reader.failed) {
      finish();
      return false;
    }
    if (id === ATTRIBUTE.oemCodepage) charset = charsetOfCodepage(new Octets(data).u32());
    else if (id === ATTRIBUTE.attachRendData) {
      finish();
      draft = { bytes: new Uint8Array(), title: "", transportName: "", properties: undefined };
    } else if (draft !== undefined) attribute(draft, id, data, charset);
  }
  finish();
  return !reader.failed;
}

function attribute(draft: Draft, id: number, data: Uint8Array, charset: string): void {
  if (id === ATTRIBUTE.attachData) draft.bytes = data;
  else if (id === ATTRIBUTE.attachTitle) draft.title = textOf(data, charset);
  else if (id === ATTRIBUTE.attachTransportFilename) draft.transportName = textOf(data, charset);
  else if (id === ATTRIBUTE.attachment) draft.properties = readProperties(data, charset);
}

function addAttachment(draft: Draft, path: string, depth: number, found: TnefAttachment[]): void {
  const { properties } = draft;
  // An embedded object has its picture in the attribute, and itself among the properties.
  const own = properties?.data ?? new Uint8Array();
  const bytes = own.length > draft.bytes.length ? own : draft.bytes;
  const names = [
    properties?.longFilename,
    draft.transportName,
    properties?.filename,
    draft.title,
    properties?.displayName,
  ];
  const name = names.find((one) => one !== undefined && one !== "") ?? "";
  const message = properties?.isMessage === true && bytes === own && new Octets(bytes).u32() === SIGNATURE;
  const type = message ? "application/ms-tnef" : properties?.mimeTag?.toLowerCase();
  found.push({ path, name, type: type === "" ? undefined : type, bytes });
  if (message && depth < MAX_DEPTH) readStream(bytes, `${path}.`, depth + 1, found);
}

interface AttachmentProperties {
  displayName?: string;
  filename?: string;
  longFilename?: string;
  mimeTag?: string;
  data?: Uint8Array;
  isMessage?: boolean;
}

/** The properties of an attachment as far as they are used ([MS-OXTNEF] §2.1.3.4); stops at what it does not understand. */
function readProperties(bytes: Uint8Array, charset: string): AttachmentProperties {
  const reader = new Octets(bytes);
  const out: AttachmentProperties = {};
  for (let left = Math.min(reader.u32(), MAX_PROPERTIES); left > 0 && reader.left > 0; left--) {
    const type = reader.u16();
    const id = reader.u16();
    if (id >= 0x8000) skipName(reader);
    const value = readValue(reader, type);
    if (value === undefined || reader.failed) break;
    if (id === PROPERTY.dataObject) takeData(value, type, out);
    const text = type === STRING8 ? textOf(value, charset) : type === UNICODE ? textOf(value, "utf-16le") : undefined;
    if (text === undefined) continue;
    if (id === PROPERTY.displayName) out.displayName = text;
    else if (id === PROPERTY.filename) out.filename = text;
    else if (id === PROPERTY.longFilename) out.longFilename = text;
    else if (id === PROPERTY.mimeTag) out.mimeTag = text;
  }
  return out;
}

/** A named property: its GUID, and a number or a name in UTF-16. */
function skipName(reader: Octets): void {
  reader.skip(16);
  const isText = reader.u32() === 1;
  const value = reader.u32();
  if (isText) reader.skip(padded(value));
}

function takeData(value: Uint8Array, type: number, out: AttachmentProperties): void {
  if (type === OBJECT && value.length >= 16) {
    out.isMessage = new Octets(value).u32() === MESSAGE_INTERFACE;
    out.data = value.subarray(16);
  } else if (type === BINARY) out.data = value;
}

/** Types of properties ([MS-OXCDATA] §2.11.1). */
const OBJECT = 0x000d;
const STRING8 = 0x001e;
const UNICODE = 0x001f;
const BINARY = 0x0102;
const MANY = 0x1000;
/** Octets of the types of one size; those of two octets are followed by two more. */
const SIZES: Readonly<Record<number, number>> = {
  1: 4,
  2: 4,
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 8,
  10: 4,
  11: 4,
  20: 8,
  64: 8,
  72: 16,
};

/** The first value of a property; undefined for a type that nobody knows. */
function readValue(reader: Octets, type: number): Uint8Array | undefined {
  const one = type & ~MANY;
  const size = SIZES[one];
  if (size === undefined && ![OBJECT, STRING8, UNICODE, BINARY].includes(one)) return undefined;
  const several = size === undefined || (type & MANY) !== 0;
  const count = several ? reader.u32() : 1;
  let first: Uint8Array | undefined;
  for (let k = 0; k < count && !reader.failed; k++) {
    const length = size ?? reader.u32();
    const value = reader.take(length);
    if (size === undefined) reader.skip(padded(length) - length);
    first ??= value;
  }
  return first ?? new Uint8Array();
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}

/** Text up to its first NUL. */
function textOf(bytes: Uint8Array, charset: string): string {
  const { text } = decodeBytes(bytes, charset);
  const end = text.indexOf("\0");
  return end < 0 ? text : text.slice(0, end);
}

const CODEPAGES: Readonly<Record<number, string>> = {
  874: "windows-874",
  932: "shift_jis",
  936: "gbk",
  949: "euc-kr",
  950: "big5",
  20866: "koi8-r",
  21866: "koi8-u",
  65001: "utf-8",
};

function charsetOfCodepage(codepage: number): string {
  if (codepage >= 1250 && codepage <= 1258) return `windows-${codepage}`;
  if (codepage >= 28591 && codepage <= 28605) return `iso-8859-${codepage - 28590}`;
  return CODEPAGES[codepage] ?? "windows-1252";
}

/** Reads little-endian numbers and stretches; past the end it gives 0 or undefined and remembers that it failed. */
class Octets {
  failed = false;
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  skip(count: number): void {
    if (count > this.left) this.failed = true;
    this.#at = Math.min(this.#at + count, this.#bytes.length);
  }

  take(count: number): Uint8Array | undefined {
    const from = this.#at;
    this.skip(count);
    return this.failed ? undefined : this.#bytes.subarray(from, from + count);
  }

  u8(): number {
    return this.take(1)?.[0] ?? 0;
  }

  u16(): number {
    return this.u8() + this.u8() * 0x100;
  }

  u32(): number {
    return this.u16() + this.u16() * 0x10000;
  }
}
