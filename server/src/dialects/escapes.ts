import type { ReadContext, Speaker, WireEnd, WireExtras } from "./types.js";

/** Which escapes a quoted literal may hold, and whether its characters are octets. */
export interface LiteralKind {
  /** True: `\xNN` are octets of the wire, to be read as UTF-8 where they are (Python `b'…'`, Ruby with binary strings). */
  readonly octets: boolean;
  /** Ruby's `inspect`: also `\e`, `\s`, `\#`, `\u{…}`. */
  readonly ruby?: boolean;
  /** JSON and logfmt: a character that needs no escape may have one (`\/`). */
  readonly json?: boolean;
}

const SIMPLE: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  e: "\u001b",
  f: "\f",
  n: "\n",
  r: "\r",
  s: " ",
  t: "\t",
  v: "\v",
  "0": "\0",
};
const HEX = /^[0-9a-fA-F]+$/;

const JSON_LITERAL: LiteralKind = { octets: false, json: true };

/** Unescaped content with the column that each character comes from, and one more for the end. */
export interface Unescaped {
  readonly text: string;
  readonly columns: readonly number[];
}

/** One wire line inside a literal. */
interface LiteralLine {
  /** Column where it begins. */
  readonly from: number;
  /** Column behind its last character, the spelled line end left out. */
  readonly to: number;
  readonly end: WireEnd;
  /** Unescaped text with the column of each character and of the end; absent where the columns hold it as it is. */
  readonly text?: string;
  readonly columns?: number[];
}

/**
 * Emits the wire lines of a quoted literal of one view line: split at `\r\n`, `\n` and lone `\r`, unescaped, each character
 * mapped to its column.
 * @param from column of the opening quote.
 * @returns column behind the closing quote (or the end of a literal that is cut off), -1 if no quote stands there.
 */
export function emitLiteral(
  context: ReadContext,
  speaker: Speaker,
  line: number,
  from: number,
  kind: LiteralKind,
  extras: WireExtras = {},
): number {
  const source = context.view.text(line);
  const quote = source[from];
  if (quote !== "'" && quote !== '"') return -1;
  const end = closingQuote(source, from + 1, quote);
  let at = from + 1;
  do {
    const part = literalLine(source, at, end, kind);
    const partExtras = { ...extras, wireEnd: part.end };
    if (part.text === undefined) context.emit(speaker, line, part.from, part.to, partExtras);
    else context.emitMapped(speaker, line, part.text, part.columns as number[], partExtras);
    at = part.to + (part.end === "crlf" ? 4 : part.end === "none" ? 0 : 2);
  } while (at < end);
  return Math.min(end + 1, source.length);
}

/** The first wire line of a literal and its text, without emitting it (for a look at what a line says); "" if there is none. */
export function firstOfLiteral(source: string, from: number, kind: LiteralKind): string {
  const quote = source[from];
  if (quote !== "'" && quote !== '"') return "";
  const part = literalLine(source, from + 1, closingQuote(source, from + 1, quote), kind);
  return part.text ?? source.slice(part.from, part.to);
}

/**
 * The characters of a JSON or logfmt literal, spelled line ends included, with the column of each and one more for the end.
 * @param from column behind the opening quote.
 */
export function unescapeJson(source: string, from: number): Unescaped {
  const end = closingQuote(source, from, '"');
  const columns: number[] = [];
  let text = "";
  let at = from;
  while (at < end) {
    const plain = source[at] !== "\\";
    const decoded = plain ? { text: source[at] as string, length: 1 } : escapeAt(source, at, end, JSON_LITERAL);
    for (let k = 0; k < decoded.text.length; k++) columns.push(at);
    text += decoded.text;
    at += decoded.length;
  }
  columns.push(at);
  return { text, columns };
}

/** Column of the quote that closes a literal; the end of the line where it is cut off. */
function closingQuote(source: string, from: number, quote: string): number {
  let at = source.indexOf(quote, from);
  while (at !== -1) {
    let slashes = 0;
    while (at - 1 - slashes >= from && source[at - 1 - slashes] === "\\") slashes++;
    if (slashes % 2 === 0) return at;
    at = source.indexOf(quote, at + 1);
  }
  return source.length;
}

function literalLine(source: string, from: number, end: number, kind: LiteralKind): LiteralLine {
  let slash = source.indexOf("\\", from);
  if (slash === -1 || slash >= end) return { from, to: end, end: "none" };
  // Most lines hold no escape but their end: they stand in the source as they are.
  const plain = lineEndAt(source, slash, end);
  if (plain !== undefined) return { from, to: slash, end: plain };
  let text = "";
  const columns: number[] = [];
  let at = from;
  let high = false;
  for (;;) {
    const stop = slash === -1 || slash >= end ? end : slash;
    text += source.slice(at, stop);
    for (let column = at; column < stop; column++) columns.push(column);
    const wireEnd = stop === end ? "none" : lineEndAt(source, stop, end);
    if (wireEnd !== undefined) {
      columns.push(stop);
      const line = { from, to: stop, end: wireEnd };
      return kind.octets && high ? { ...line, ...octetsToText(text, columns) } : { ...line, text, columns };
    }
    const decoded = escapeAt(source, stop, end, kind);
    text += decoded.text;
    for (let k = 0; k < decoded.text.length; k++) columns.push(stop);
    high ||= decoded.text.charCodeAt(0) > 0x7f;
    at = stop + decoded.length;
    slash = source.indexOf("\\", at);
  }
}

/** The line end that is spelled at a backslash, if there is one. */
function lineEndAt(source: string, slash: number, end: number): WireEnd | undefined {
  const letter = slash + 1 < end ? source[slash + 1] : "";
  if (letter === "n") return "lf";
  if (letter !== "r") return undefined;
  return source.startsWith("\\n", slash + 2) && slash + 3 < end ? "crlf" : "cr";
}

function escapeAt(source: string, slash: number, end: number, kind: LiteralKind): { text: string; length: number } {
  const letter = slash + 1 < end ? (source[slash + 1] as string) : "";
  const numbered = letter === "x" ? 2 : letter === "u" ? 4 : letter === "U" && !kind.ruby ? 8 : 0;
  if (letter === "u" && kind.ruby && source[slash + 2] === "{") {
    const close = source.indexOf("}", slash + 3);
    const digits = close === -1 || close > slash + 11 ? "" : source.slice(slash + 3, close);
    if (HEX.test(digits)) return { text: codePoint(digits), length: close + 1 - slash };
  } else if (numbered > 0) {
    const digits = source.slice(slash + 2, Math.min(slash + 2 + numbered, end));
    if (digits.length === numbered && HEX.test(digits)) return { text: codePoint(digits), length: 2 + numbered };
  }
  const simple = SIMPLE[letter];
  if (simple !== undefined && (kind.ruby || (letter !== "e" && letter !== "s"))) return { text: simple, length: 2 };
  if (letter === "\\" || letter === "'" || letter === '"' || (letter === "#" && kind.ruby))
    return { text: letter, length: 2 };
  if (kind.json && numbered === 0 && letter !== "") return { text: letter, length: 2 };
  // No escape that is known: the backslash stands for itself.
  return { text: "\\", length: 1 };
}

function codePoint(digits: string): string {
  const value = Number.parseInt(digits, 16);
  return value > 0x10ffff ? "\ufffd" : String.fromCodePoint(value);
}

/**
 * Reads octets (one character each) as UTF-8 where they are UTF-8; an octet that is no part of a valid sequence keeps its
 * Latin-1 character. `columns` holds a place for each octet and one for the end; the same comes back for the characters.
 */
export function octetsToText(octets: string, columns: ArrayLike<number>): { text: string; columns: number[] } {
  let text = "";
  const kept: number[] = [];
  for (let k = 0; k < octets.length; ) {
    const size = sequenceLength(octets, k);
    let value = octets.charCodeAt(k);
    if (size > 1) {
      value &= size === 2 ? 0x1f : size === 3 ? 0x0f : 0x07;
      for (let j = 1; j < size; j++) value = (value << 6) | (octets.charCodeAt(k + j) & 0x3f);
    }
    const character = String.fromCodePoint(value);
    text += character;
    for (let unit = 0; unit < character.length; unit++) kept.push(columns[k] as number);
    k += size;
  }
  kept.push(columns[octets.length] as number);
  return { text, columns: kept };
}

/** Length of the valid UTF-8 sequence at a place (RFC 3629 §4), 1 where there is none. */
function sequenceLength(octets: string, at: number): number {
  const lead = octets.charCodeAt(at);
  const size =
    lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 1;
  for (let j = 1; j < size; j++) {
    const next = octets.charCodeAt(at + j);
    const low = j === 1 && lead === 0xe0 ? 0xa0 : j === 1 && lead === 0xf0 ? 0x90 : 0x80;
    const top = j === 1 && lead === 0xed ? 0x9f : j === 1 && lead === 0xf4 ? 0x8f : 0xbf;
    if (!(next >= low && next <= top)) return 1;
  }
  return size;
}
