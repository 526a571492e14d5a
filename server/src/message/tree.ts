import type { Field, HeaderSection } from "./header.js";
import { firstField, readHeader } from "./header.js";
import type { LineRange, MessageLines } from "./lines.js";
import type { ParameterizedValue } from "./params.js";
import { readParameters } from "./params.js";

/** Deepest nesting that is read; what lies below stays one leaf. */
export const MAX_DEPTH = 100;

/** A delimiter line of a multipart (RFC 2046 §5.1.1). */
export interface Delimiter {
  readonly line: number;
  readonly close: boolean;
}

/** What a multipart has beside its parts. */
export interface Multipart {
  /** The boundary parameter; "" where it is missing. */
  readonly boundary: string;
  readonly delimiters: readonly Delimiter[];
  readonly closed: boolean;
  readonly preamble: LineRange;
  readonly epilogue: LineRange;
}

/** An entity: the message itself or a body part. Lines are those of the message's `MessageLines`. */
export interface Part {
  /** Place in the tree: "" for the message itself, "1", "2.1"; a nested message is child 1 of the part that holds it. */
  readonly path: string;
  readonly depth: number;
  readonly parent: Part | undefined;
  readonly header: HeaderSection;
  /** First line of the entity. */
  readonly line: number;
  /** First line of the body. */
  readonly bodyLine: number;
  /** Line behind the last one of the body. */
  readonly endLine: number;
  /** Media type in lower case, with the default where the field is missing or broken (RFC 2045 §5.2). */
  readonly type: string;
  readonly contentType: ParameterizedValue | undefined;
  readonly contentTypeField: Field | undefined;
  /** Content-Transfer-Encoding in lower case; "7bit" where it is missing. */
  readonly encoding: string;
  readonly kind: "leaf" | "multipart" | "message";
  readonly multipart: Multipart | undefined;
  readonly children: readonly Part[];
}

/** A message, its lines and its tree. */
export interface Message {
  readonly lines: MessageLines;
  readonly root: Part;
  /** All parts, each before its children. */
  readonly parts: readonly Part[];
  /** Line of the `From ` separator of an mbox file (RFC 4155), or undefined. */
  readonly mboxLine: number | undefined;
}

/**
 * Reads the structure of a message in one pass: header sections and the MIME tree (RFC 5322, RFC 2045, RFC 2046). Bodies
 * are not copied and not decoded. Never throws.
 */
export function readMessage(lines: MessageLines, from = 0, to = lines.count): Message {
  const reader = new TreeReader(lines, to);
  let start = from;
  let mboxLine: number | undefined;
  if (start < to && /^>?From [^:]/.test(lines.text(start)) && !/^From\s+:/.test(lines.text(start))) {
    mboxLine = start;
    start++;
  }
  const root = reader.entity(start, undefined, "", "text/plain");
  return { lines, root, parts: reader.parts, mboxLine };
}

interface Draft {
  path: string;
  depth: number;
  parent: Part | undefined;
  header: HeaderSection;
  line: number;
  bodyLine: number;
  endLine: number;
  type: string;
  contentType: ParameterizedValue | undefined;
  contentTypeField: Field | undefined;
  encoding: string;
  kind: Part["kind"];
  multipart: Multipart | undefined;
  children: Part[];
}

interface Hit {
  readonly boundary: string;
  readonly close: boolean;
}

const IDENTITY: ReadonlySet<string> = new Set(["7bit", "8bit", "binary", ""]);
const NESTED: ReadonlySet<string> = new Set(["message/rfc822", "message/global", "message/news"]);

class TreeReader {
  readonly parts: Part[] = [];
  readonly #lines: MessageLines;
  readonly #to: number;
  /** How many open multiparts use a boundary. */
  readonly #open = new Map<string, number>();
  readonly #isDelimiter = (_: number, text: string): boolean => this.#hit(text) !== undefined;

  constructor(lines: MessageLines, to: number) {
    this.#lines = lines;
    this.#to = to;
  }

  /** Reads an entity from its first line to the next delimiter of an open multipart, or to the end. */
  entity(from: number, parent: Part | undefined, path: string, defaultType: string): Part {
    const header = readHeader(this.#lines, from, this.#to, this.#isDelimiter);
    const contentTypeField = firstField(header, "content-type");
    const contentType = contentTypeField === undefined ? undefined : readParameters(contentTypeField.value);
    const type = mediaType(contentType) ?? defaultType;
    const encoding = (firstField(header, "content-transfer-encoding")?.text ?? "7bit")
      .replace(/\(.*/, "")
      .trim()
      .toLowerCase();
    const part: Draft = {
      path,
      depth: parent === undefined ? 0 : parent.depth + 1,
      parent,
      header,
      line: from,
      bodyLine: Math.min(header.bodyLine, this.#to),
      endLine: this.#to,
      type,
      contentType,
      contentTypeField,
      encoding,
      kind: "leaf",
      multipart: undefined,
      children: [],
    };
    this.parts.push(part);
    if (part.depth < MAX_DEPTH && type.startsWith("multipart/")) this.#multipart(part);
    else if (part.depth < MAX_DEPTH && NESTED.has(type) && IDENTITY.has(encoding)) this.#nested(part);
    else part.endLine = this.#scan(part.bodyLine);
    return part;
  }

  #nested(part: Draft): void {
    part.kind = "message";
    const child = this.entity(part.bodyLine, part, childPath(part, 1), "text/plain");
    part.children.push(child);
    part.endLine = child.endLine;
  }

  #multipart(part: Draft): void {
    part.kind = "multipart";
    const boundary = (part.contentType?.get("boundary") ?? "").trimEnd();
    if (boundary === "") {
      part.endLine = this.#scan(part.bodyLine);
      const rest = { from: part.bodyLine, to: part.endLine };
      part.multipart = {
        boundary,
        delimiters: [],
        closed: false,
        preamble: rest,
        epilogue: { from: rest.to, to: rest.to },
      };
      return;
    }
    this.#open.set(boundary, (this.#open.get(boundary) ?? 0) + 1);
    const defaultType = part.type === "multipart/digest" ? "message/rfc822" : "text/plain";
    const delimiters: Delimiter[] = [];
    let line = this.#scan(part.bodyLine);
    const preamble = { from: part.bodyLine, to: line };
    let closed = false;
    while (line < this.#to) {
      const hit = this.#hit(this.#lines.text(line));
      if (hit === undefined || hit.boundary !== boundary) break;
      delimiters.push({ line, close: hit.close });
      line++;
      if (hit.close) {
        closed = true;
        break;
      }
      const child = this.entity(line, part, childPath(part, part.children.length + 1), defaultType);
      part.children.push(child);
      line = child.endLine;
    }
    this.#release(boundary);
    const epilogueFrom = line;
    part.endLine = closed ? this.#scan(line) : line;
    part.multipart = { boundary, delimiters, closed, preamble, epilogue: { from: epilogueFrom, to: part.endLine } };
  }

  #release(boundary: string): void {
    const left = (this.#open.get(boundary) ?? 1) - 1;
    if (left === 0) this.#open.delete(boundary);
    else this.#open.set(boundary, left);
  }

  /** The line of the next delimiter of an open multipart, or the end. */
  #scan(from: number): number {
    if (this.#open.size === 0) return this.#to;
    const lines = this.#lines;
    for (let line = from; line < this.#to; line++) {
      if (lines.charCode !== undefined && (lines.charCode(line, 0) !== 45 || lines.charCode(line, 1) !== 45)) continue;
      const text = lines.text(line);
      if (text.startsWith("--") && this.#hit(text) !== undefined) return line;
    }
    return this.#to;
  }

  /** Whether a line is a delimiter: dashes, boundary, perhaps dashes, then only white space (RFC 2046 §5.1.1). */
  #hit(text: string): Hit | undefined {
    if (this.#open.size === 0) return undefined;
    const rest = text.slice(2).trimEnd();
    if (this.#open.has(rest)) return { boundary: rest, close: false };
    if (!rest.endsWith("--")) return undefined;
    const inner = rest.slice(0, -2);
    return this.#open.has(inner) ? { boundary: inner, close: true } : undefined;
  }
}

function childPath(part: Draft, number: number): string {
  return part.path === "" ? String(number) : `${part.path}.${number}`;
}

/** Media type in lower case, or undefined where the value is no `type/subtype` (RFC 2045 §5.1). */
export function mediaType(value: ParameterizedValue | undefined): string | undefined {
  if (value === undefined) return undefined;
  const match = /^([^\s/()]+)\s{0,9}\/\s{0,9}([^\s/()]+)$/.exec(value.value);
  return match === null ? undefined : `${match[1]}/${match[2]}`.toLowerCase();
}
