import { OpenBoundaries } from "./delimiters.js";
import type { Field, HeaderSection } from "./header.js";
import { firstField, readHeader } from "./header.js";
import type { LineRange, MessageLines } from "./lines.js";
import type { ParameterizedValue } from "./params.js";

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
  /** Lines of its preamble and leaves that begin like a delimiter but go on behind the boundary: to some readers they are one. */
  readonly nearby: readonly number[];
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

/** A part while it is read. */
class Entity implements Part {
  readonly path: string;
  readonly depth: number;
  readonly parent: Part | undefined;
  readonly header: HeaderSection;
  readonly line: number;
  readonly bodyLine: number;
  readonly contentTypeField: Field | undefined;
  readonly type: string;
  readonly encoding: string;
  endLine: number;
  kind: Part["kind"] = "leaf";
  multipart: Multipart | undefined = undefined;
  readonly children: Part[] = [];

  constructor(header: HeaderSection, parent: Part | undefined, path: string, defaultType: string, to: number) {
    this.path = path;
    this.depth = parent === undefined ? 0 : parent.depth + 1;
    this.parent = parent;
    this.header = header;
    this.line = header.line;
    this.bodyLine = Math.min(header.bodyLine, to);
    this.endLine = to;
    this.contentTypeField = firstField(header, "content-type");
    this.type = typeOf(this.contentTypeField) ?? defaultType;
    this.encoding = encodingOf(firstField(header, "content-transfer-encoding"));
  }

  get contentType(): ParameterizedValue | undefined {
    return this.contentTypeField?.parameters;
  }
}

/** A media type without comment, up to its parameters: what nearly every field is, and quickly seen. */
const PLAIN_TYPE = /^([^\s/();"]+\/[^\s/();"]+)\s*(?:;|$)/;

function typeOf(field: Field | undefined): string | undefined {
  if (field === undefined) return undefined;
  return PLAIN_TYPE.exec(field.text)?.[1]?.toLowerCase() ?? mediaType(field.parameters);
}

function encodingOf(field: Field | undefined): string {
  if (field === undefined) return "7bit";
  return field.text.replace(/\(.*/, "").trim().toLowerCase();
}

const IDENTITY: ReadonlySet<string> = new Set(["7bit", "8bit", "binary", ""]);
const NESTED: ReadonlySet<string> = new Set(["message/rfc822", "message/global", "message/news"]);

/** Whether parts of that media type (lower case) hold a message (RFC 2046 §5.2.1, RFC 6532 §3.7, RFC 5537 §4). */
export function holdsMessage(type: string): boolean {
  return NESTED.has(type);
}

class TreeReader {
  readonly parts: Part[] = [];
  readonly #lines: MessageLines;
  readonly #to: number;
  readonly #open = new OpenBoundaries();
  /** The multipart whose parts are read: its boundary, and the lines that begin like its delimiters. */
  #around: { readonly boundary: string; readonly nearby: number[] } | undefined;
  readonly #isDelimiter = (_: number, text: string): boolean => this.#open.hit(text) !== undefined;

  constructor(lines: MessageLines, to: number) {
    this.#lines = lines;
    this.#to = to;
  }

  /** Reads an entity from its first line to the next delimiter of an open multipart, or to the end. */
  entity(from: number, parent: Part | undefined, path: string, defaultType: string): Part {
    const header = readHeader(this.#lines, from, this.#to, this.#isDelimiter);
    const part = new Entity(header, parent, path, defaultType, this.#to);
    this.parts.push(part);
    if (part.depth >= MAX_DEPTH) part.endLine = this.#scan(part.bodyLine);
    else if (part.type.startsWith("multipart/")) this.#multipart(part);
    else if (holdsMessage(part.type) && IDENTITY.has(part.encoding)) this.#nested(part);
    else part.endLine = this.#scan(part.bodyLine, part.encoding === "base64" ? undefined : this.#around);
    return part;
  }

  #nested(part: Entity): void {
    part.kind = "message";
    const around = this.#around;
    this.#around = undefined;
    const child = this.entity(part.bodyLine, part, childPath(part, 1), "text/plain");
    this.#around = around;
    part.children.push(child);
    part.endLine = child.endLine;
  }

  #multipart(part: Entity): void {
    part.kind = "multipart";
    const boundary = (part.contentType?.get("boundary") ?? "").trimEnd();
    if (boundary === "") {
      part.endLine = this.#scan(part.bodyLine);
      const rest = { from: part.bodyLine, to: part.endLine };
      part.multipart = {
        boundary,
        delimiters: [],
        closed: false,
        nearby: [],
        preamble: rest,
        epilogue: { from: rest.to, to: rest.to },
      };
      return;
    }
    this.#open.open(boundary);
    const around = this.#around;
    const own = { boundary, nearby: [] };
    const defaultType = part.type === "multipart/digest" ? "message/rfc822" : "text/plain";
    const delimiters: Delimiter[] = [];
    let line = this.#scan(part.bodyLine, own);
    const preamble = { from: part.bodyLine, to: line };
    let closed = false;
    this.#around = own;
    while (line < this.#to) {
      const hit = this.#open.hit(this.#lines.text(line));
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
    this.#around = around;
    this.#open.close(boundary);
    part.endLine = closed ? this.#scan(line) : line;
    const epilogue = { from: line, to: part.endLine };
    part.multipart = { boundary, delimiters, closed, nearby: own.nearby, preamble, epilogue };
  }

  /**
   * The line of the next delimiter of an open multipart, or the end.
   * @param around where lines are noted that begin like its delimiter but go on behind it.
   */
  #scan(from: number, around?: { readonly boundary: string; readonly nearby: number[] }): number {
    if (this.#open.none) return this.#to;
    for (let line = from; line < this.#to; line++) {
      if (!this.#open.resembles(this.#lines, line)) continue;
      const text = this.#lines.text(line);
      if (this.#open.hit(text) !== undefined) return line;
      if (around !== undefined && text.startsWith(`--${around.boundary} `)) around.nearby.push(line);
    }
    return this.#to;
  }
}

function childPath(part: Entity, number: number): string {
  return part.path === "" ? String(number) : `${part.path}.${number}`;
}

/** Media type in lower case, or undefined where the value is no `type/subtype` (RFC 2045 §5.1). */
export function mediaType(value: ParameterizedValue | undefined): string | undefined {
  if (value === undefined) return undefined;
  const match = /^([^\s/()]+)\s{0,9}\/\s{0,9}([^\s/()]+)$/.exec(value.value);
  return match === null ? undefined : `${match[1]}/${match[2]}`.toLowerCase();
}
