import { lastWhere } from "../text/search.js";
import { decodeBytes, hexPair } from "./charset.js";
import type { LineRange, MessageLines } from "./lines.js";
import type { Part } from "./tree.js";
import { base64Value } from "./words.js";

/** What can be wrong with an encoded body (RFC 2045 §6.7, §6.8). Reported once a line at most. */
export type TransferProblemKind =
  | "base64-garbage"
  | "base64-early-padding"
  | "base64-length"
  | "qp-bad-escape"
  | "qp-lowercase"
  | "qp-trailing-space"
  | "qp-raw-8bit";

export interface TransferProblem {
  readonly kind: TransferProblemKind;
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** The decoded content of a part, with the way back to its lines. */
export interface DecodedBody {
  readonly bytes: Uint8Array;
  readonly problems: readonly TransferProblem[];
  /** Line and column of the source characters that a byte was made of. */
  place(byte: number): { line: number; column: number };
}

/** Most octets that `decodeBody` makes, unless asked otherwise; a preview or a hover needs no more. */
export const DEFAULT_BYTE_LIMIT = 64 * 1024 * 1024;

/**
 * Decodes the body of a leaf by its Content-Transfer-Encoding; an unknown one is taken as it stands. Lines of identity
 * encodings end in CRLF (RFC 2046 §4.1.1). Text of identity encodings was already decoded by whoever read the file, so
 * its octets are those of UTF-8.
 * @param limit stop after about this many octets.
 */
export function decodeBody(lines: MessageLines, part: Part, limit = DEFAULT_BYTE_LIMIT): DecodedBody {
  const range = { from: part.bodyLine, to: part.endLine };
  if (part.encoding === "base64") return decodeBase64(lines, range, limit);
  if (part.encoding === "quoted-printable") return decodeQuoted(lines, range, limit);
  return decodeIdentity(lines, range, limit);
}

class Sink {
  bytes = new Uint8Array(4096);
  length = 0;
  readonly lineStarts: number[] = [];

  push(byte: number): void {
    if (this.length === this.bytes.length) {
      const grown = new Uint8Array(this.length * 2);
      grown.set(this.bytes);
      this.bytes = grown;
    }
    this.bytes[this.length++] = byte;
  }

  pushAll(bytes: Uint8Array): void {
    for (const byte of bytes) this.push(byte);
  }

  /** Index (from 0) of the line that a byte comes from. */
  lineOf(byte: number): number {
    return lastWhere(0, this.lineStarts.length - 1, (line) => (this.lineStarts[line] as number) <= byte);
  }

  done(problems: TransferProblem[], from: number, column: (line: number, bytes: number) => number): DecodedBody {
    const place = (byte: number): { line: number; column: number } => {
      const k = this.lineOf(byte);
      return { line: from + k, column: column(from + k, byte - (this.lineStarts[k] ?? 0)) };
    };
    return { bytes: this.bytes.subarray(0, this.length), problems, place };
  }
}

/** Base64 (RFC 2045 §6.8): letters outside the alphabet are skipped, padding in the middle starts anew. */
function decodeBase64(lines: MessageLines, range: LineRange, limit = DEFAULT_BYTE_LIMIT): DecodedBody {
  const sink = new Sink();
  const problems = walkBase64(lines, range, limit, sink);
  return sink.done(problems, range.from, (line, bytes) => base64Column(lines.text(line), bytes));
}

/** What is wrong with a base64 body, without its octets. */
export function base64Problems(lines: MessageLines, range: LineRange, limit = DEFAULT_BYTE_LIMIT): TransferProblem[] {
  return isPlainBase64(lines, range, limit) ? [] : walkBase64(lines, range, limit, undefined);
}

/** Letters and line ends, padding only at the end: what nearly all bodies are. */
const PLAIN_BODY = /^[A-Za-z0-9+/\r\n]*={0,2}[\r\n]*$/;

/** Whether nothing is wrong with a base64 body, seen at one glance; false where a closer look is needed. */
function isPlainBase64({ plain }: MessageLines, { from, to }: LineRange, limit: number): boolean {
  if (plain === undefined || to <= from) return false;
  const most = (limit / 3) * 4;
  const raw = plain.raw(from, to);
  if (raw.length > most || !PLAIN_BODY.test(raw)) return false;
  let letters = 0;
  for (let line = from; line < to; line++) letters += plain.length(line);
  return letters % 4 === 0;
}

/** A line of letters and nothing else. */
const LETTERS = /^[A-Za-z0-9+/]+$/;

/** Goes through the letters of a base64 body; where nobody wants its octets (no sink), whole lines are judged at once. */
function walkBase64(lines: MessageLines, range: LineRange, limit: number, sink: Sink | undefined): TransferProblem[] {
  const problems: TransferProblem[] = [];
  const most = (limit / 3) * 4;
  let bits = 0;
  let buffer = 0;
  let letters = 0;
  let padLine = -1;
  for (let line = range.from; line < range.to && letters < most; line++) {
    sink?.lineStarts.push(sink.length);
    const text = lines.text(line);
    if (sink === undefined && padLine < 0 && LETTERS.test(text)) {
      letters += text.length;
      continue;
    }
    let noted = false;
    for (let column = 0; column < text.length; column++) {
      const code = text.charCodeAt(column);
      const value = base64Value(code);
      if (value >= 0) {
        if (padLine >= 0) {
          problems.push({ kind: "base64-early-padding", line: padLine, from: 0, to: lines.text(padLine).length });
          padLine = -1;
        }
        letters++;
        buffer = ((buffer << 6) | value) & 0xffffff;
        bits += 6;
        if (bits >= 8) {
          bits -= 8;
          sink?.push((buffer >> bits) & 0xff);
        }
      } else if (code === 61) {
        if (padLine < 0 && letters % 4 !== 0) padLine = line;
        bits = 0;
        letters += (4 - (letters % 4)) % 4;
      } else if (code !== 32 && code !== 9 && !noted) {
        noted = true;
        problems.push({ kind: "base64-garbage", line, from: column, to: text.length });
      }
    }
  }
  if (letters % 4 !== 0 && letters < most) {
    const line = lastFilled(lines, range);
    problems.push({ kind: "base64-length", line, from: 0, to: lines.text(line).length });
  }
  return problems;
}

function lastFilled(lines: MessageLines, range: LineRange): number {
  let line = range.to - 1;
  while (line > range.from && lines.text(line).trim() === "") line--;
  return line;
}

/** Column of the letter in which the byte number `bytes` of a line begins, taking the line to start at a group. */
function base64Column(text: string, bytes: number): number {
  const wanted = Math.floor((bytes * 8) / 6);
  let letters = 0;
  for (let column = 0; column < text.length; column++) {
    if (base64Value(text.charCodeAt(column)) < 0) continue;
    if (letters === wanted) return column;
    letters++;
  }
  return text.length;
}

/** Quoted-printable (RFC 2045 §6.7); a broken escape stands for itself. */
function decodeQuoted(lines: MessageLines, range: LineRange, limit = DEFAULT_BYTE_LIMIT): DecodedBody {
  const sink = new Sink();
  const problems: TransferProblem[] = [];
  for (let line = range.from; line < range.to && sink.length < limit; line++) {
    sink.lineStarts.push(sink.length);
    const raw = lines.text(line);
    const text = raw.trimEnd();
    const soft = text.endsWith("=");
    if (text.length < raw.length && !soft)
      problems.push({ kind: "qp-trailing-space", line, from: text.length, to: raw.length });
    quotedLine(soft ? text.slice(0, -1) : text, line, sink, problems);
    if (!soft && line + 1 < range.to) {
      sink.push(13);
      sink.push(10);
    }
  }
  return sink.done(problems, range.from, (line, bytes) => quotedColumn(lines.text(line), bytes));
}

function quotedLine(text: string, line: number, sink: Sink, problems: TransferProblem[]): void {
  const noted = new Set<TransferProblemKind>();
  const note = (kind: TransferProblemKind, from: number, to: number): void => {
    if (!noted.has(kind)) problems.push({ kind, line, from, to });
    noted.add(kind);
  };
  for (let column = 0; column < text.length; column++) {
    const code = text.charCodeAt(column);
    if (code === 61) {
      const value = hexPair(text, column + 1);
      if (value < 0) {
        note("qp-bad-escape", column, Math.min(column + 3, text.length));
        sink.push(61);
      } else {
        if (/[a-f]/.test(text.slice(column + 1, column + 3))) note("qp-lowercase", column, column + 3);
        sink.push(value);
        column += 2;
      }
    } else if (code < 128) sink.push(code);
    else {
      note("qp-raw-8bit", column, column + 1);
      const character = String.fromCodePoint(text.codePointAt(column) as number);
      sink.pushAll(encoder.encode(character));
      column += character.length - 1;
    }
  }
}

const encoder = new TextEncoder();

function quotedColumn(text: string, bytes: number): number {
  let column = 0;
  for (let left = bytes; left > 0 && column < text.length; left--) {
    column += text[column] === "=" && hexPair(text, column + 1) >= 0 ? 3 : 1;
  }
  return column;
}

function decodeIdentity(lines: MessageLines, range: LineRange, limit: number): DecodedBody {
  const sink = new Sink();
  for (let line = range.from; line < range.to && sink.length < limit; line++) {
    sink.lineStarts.push(sink.length);
    sink.pushAll(encoder.encode(lines.text(line)));
    if (line + 1 < range.to) {
      sink.push(13);
      sink.push(10);
    }
  }
  return sink.done([], range.from, (line, bytes) => utf8Column(lines.text(line), bytes));
}

/** UTF-16 column of a byte of a text's UTF-8 form. */
export function utf8Column(text: string, bytes: number): number {
  let left = bytes;
  let column = 0;
  while (left > 0 && column < text.length) {
    const point = text.codePointAt(column) as number;
    left -= point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    column += point > 0xffff ? 2 : 1;
  }
  return column;
}

/** The character set of a part's text; "us-ascii" where nothing is said (RFC 2046 §4.1.2). */
export function charsetOf(part: Part): string {
  return part.contentType?.get("charset")?.trim() || "us-ascii";
}

/** Whether the octets of a part are only visible decoded (base64, quoted-printable). */
export function isEncoded(part: Part): boolean {
  return part.encoding === "base64" || part.encoding === "quoted-printable";
}

export interface DecodedPartText {
  readonly text: string;
  readonly charset: string;
  readonly clean: boolean;
  readonly body: DecodedBody;
}

/**
 * The text of a part: decoded from its transfer encoding and its character set. Bodies without encoding are the text of
 * the file itself. Never throws.
 */
export function decodeText(lines: MessageLines, part: Part, limit = DEFAULT_BYTE_LIMIT): DecodedPartText {
  return textOfBody(part, decodeBody(lines, part, limit));
}

/** The text of a part whose octets were decoded before. */
export function textOfBody(part: Part, body: DecodedBody): DecodedPartText {
  const charset = isEncoded(part) ? charsetOf(part) : "utf-8";
  const decoded = decodeBytes(body.bytes, charset === "us-ascii" ? "utf-8" : charset);
  return { text: decoded.text, charset: charsetOf(part), clean: decoded.clean, body };
}
