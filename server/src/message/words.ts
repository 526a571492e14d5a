import { charsetStatus, decodeBytes, hexPair } from "./charset.js";
import type { Range } from "./unfolded.js";

/** What can be wrong with an encoded word (RFC 2047). */
export type WordProblemKind = "too-long" | "bad-encoding" | "bad-base64" | "bad-q" | "space-inside" | "unknown-charset";

/** One encoded word `=?charset?encoding?text?=` with its place. */
export interface EncodedWord extends Range {
  readonly charset: string;
  /** "B" or "Q" in upper case, or whatever stands there. */
  readonly encoding: string;
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly problems: readonly WordProblemKind[];
}

export interface DecodedWords {
  /** The text as a person reads it. */
  readonly text: string;
  readonly words: readonly EncodedWord[];
}

/** RFC 2047 §2. */
export const MAX_ENCODED_WORD = 75;

const WORD = /=\?([^?\s]{0,100})\?([^?\s]{0,20})\?([^?]*)\?=/g;

/** All encoded words of a text; blanks inside the text part are tolerated and noted. */
export function findWords(text: string): EncodedWord[] {
  if (!text.includes("=?")) return [];
  const words: EncodedWord[] = [];
  for (const match of text.matchAll(WORD)) {
    const charset = (match[1] as string).replace(/\*.*$/, "");
    const encoding = (match[2] as string).toUpperCase();
    const content = match[3] as string;
    const problems: WordProblemKind[] = [];
    if (match[0].length > MAX_ENCODED_WORD) problems.push("too-long");
    if (/\s/.test(content)) problems.push("space-inside");
    if (charsetStatus(charset) === "unknown") problems.push("unknown-charset");
    const bytes =
      encoding === "B" ? wordBase64(content, problems) : encoding === "Q" ? wordQ(content, problems) : undefined;
    if (bytes === undefined) problems.push("bad-encoding");
    const from = match.index;
    words.push({
      charset,
      encoding,
      text: content,
      bytes: bytes ?? new Uint8Array(),
      problems,
      from,
      to: from + match[0].length,
    });
  }
  return words;
}

/**
 * Decodes the encoded words of a text (RFC 2047 §6). White space between two words is dropped, and neighbours of one
 * character set are decoded together, so that a character cut in two still reads right. Never throws.
 */
export function decodeWords(text: string): DecodedWords {
  const words = findWords(text);
  if (words.length === 0) return { text, words };
  let out = "";
  let at = 0;
  for (let k = 0; k < words.length; k++) {
    const word = words[k] as EncodedWord;
    const between = text.slice(at, word.from);
    if (k === 0 || between.trim() !== "") out += between;
    if (word.problems.includes("bad-encoding")) {
      out += text.slice(word.from, word.to);
      at = word.to;
      continue;
    }
    const run = [word.bytes];
    while (k + 1 < words.length && joins(text, word, words[k] as EncodedWord, words[k + 1] as EncodedWord))
      run.push((words[++k] as EncodedWord).bytes);
    out += decodeBytes(concat(run), word.charset).text;
    at = (words[k] as EncodedWord).to;
  }
  return { text: out + text.slice(at), words };
}

function joins(text: string, first: EncodedWord, last: EncodedWord, next: EncodedWord): boolean {
  if (next.problems.includes("bad-encoding")) return false;
  return next.charset.toLowerCase() === first.charset.toLowerCase() && text.slice(last.to, next.from).trim() === "";
}

/** Joins byte arrays. */
export function concat(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0] as Uint8Array;
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function wordBase64(text: string, problems: WordProblemKind[]): Uint8Array {
  const clean = text.replace(/[^A-Za-z0-9+/]/g, "");
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) problems.push("bad-base64");
  return base64Bytes(clean);
}

/** Bytes of base64 letters only; a single letter left over is dropped. */
export function base64Bytes(letters: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let buffer = 0;
  for (let k = 0; k < letters.length; k++) {
    const value = base64Value(letters.charCodeAt(k));
    if (value < 0) continue;
    buffer = ((buffer << 6) | value) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[length++] = (buffer >> bits) & 0xff;
    }
  }
  return bytes.subarray(0, length);
}

/** Value of a base64 letter (RFC 4648 §4), or -1. */
export function base64Value(code: number): number {
  if (code >= 65 && code <= 90) return code - 65;
  if (code >= 97 && code <= 122) return code - 71;
  if (code >= 48 && code <= 57) return code + 4;
  if (code === 43) return 62;
  return code === 47 ? 63 : -1;
}

function wordQ(text: string, problems: WordProblemKind[]): Uint8Array {
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  let bad = false;
  for (let at = 0; at < text.length; at++) {
    const c = text[at] as string;
    if (c === "_") bytes.push(32);
    else if (c === "=") {
      const value = hexPair(text, at + 1);
      if (value < 0) {
        bad = true;
        bytes.push(61);
      } else {
        bytes.push(value);
        at += 2;
      }
    } else if (c.charCodeAt(0) < 128) bytes.push(c.charCodeAt(0));
    else bytes.push(...encoder.encode(c));
  }
  if (bad) problems.push("bad-q");
  return Uint8Array.from(bytes);
}

/** Writes a text as encoded words in UTF-8 base64, none longer than 75 characters and no character cut in two. */
export function encodeWords(text: string): string {
  const words: string[] = [];
  let chunk: number[] = [];
  const encoder = new TextEncoder();
  const flush = (): void => {
    if (chunk.length > 0) words.push(`=?UTF-8?B?${base64Text(Uint8Array.from(chunk))}?=`);
    chunk = [];
  };
  for (const character of text) {
    const bytes = encoder.encode(character);
    if (chunk.length + bytes.length > 45) flush();
    chunk.push(...bytes);
  }
  flush();
  return words.join(" ");
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Base64 of bytes, in one line (RFC 4648 §4). */
export function base64Text(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let k = 0; k < bytes.length; k += 3) {
    const a = bytes[k] as number;
    const b = bytes[k + 1];
    const c = bytes[k + 2];
    const word = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    const letter = (shift: number): string => LETTERS[(word >> shift) & 63] as string;
    pieces.push(letter(18) + letter(12) + (b === undefined ? "=" : letter(6)) + (c === undefined ? "=" : letter(0)));
  }
  return pieces.join("");
}
