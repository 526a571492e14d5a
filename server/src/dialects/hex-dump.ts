import { octetsToText } from "./escapes.js";
import type { ReadContext, Speaker, WireEnd, WireExtras } from "./types.js";

/** Octets put together from rows of a hex dump, each with the place in the view where it is printed. */
export class OctetBuffer {
  #octets = "";
  #lines: number[] = [];
  #columns: number[] = [];

  get length(): number {
    return this.#octets.length;
  }

  /** The octets so far, one character each. */
  get octets(): string {
    return this.#octets;
  }

  /** Adds an octet (0 to 255) that is printed at a column of a view line. */
  push(octet: number, line: number, column: number): void {
    this.#octets += String.fromCharCode(octet);
    this.#lines.push(line);
    this.#columns.push(column);
  }

  /**
   * Adds the pairs of hex digits of a row, from a column on, divided by blanks or hyphens, at most `most` of them.
   * @returns how many octets were added.
   */
  pushRow(text: string, line: number, from: number, most: number): number {
    let count = 0;
    let at = from;
    while (count < most) {
      while (text[at] === " " || (text[at] === "-" && count > 0)) at++;
      const value = hexPair(text, at);
      if (value < 0 || (at + 2 < text.length && text[at + 2] !== " " && text[at + 2] !== "-")) break;
      this.push(value, line, at);
      count++;
      at += 2;
      // The text column stands behind two or more blanks and may itself look like hex digits.
      if (count < most && /^ {4}/.test(text.slice(at, at + 4))) break;
    }
    return count;
  }

  /**
   * Takes the complete lines out and gives each to `emit`; what stands behind the last line end stays, unless `all`.
   * Lines end at CR LF, LF or CR not followed by LF.
   */
  takeLines(context: ReadContext, all: boolean, emit: (line: BufferedLine) => void): void {
    const octets = this.#octets;
    let from = 0;
    while (from < octets.length) {
      const lf = octets.indexOf("\n", from);
      if (lf === -1 && !all) break;
      const stop = lf === -1 ? octets.length : lf > from && octets[lf - 1] === "\r" ? lf - 1 : lf;
      const end: WireEnd = lf === -1 ? "none" : stop < lf ? "crlf" : "lf";
      emit(this.#line(context, from, stop, end));
      from = lf === -1 ? octets.length : lf + 1;
    }
    this.#octets = octets.slice(from);
    this.#lines = this.#lines.slice(from);
    this.#columns = this.#columns.slice(from);
  }

  #line(context: ReadContext, from: number, to: number, end: WireEnd): BufferedLine {
    const offsets: number[] = [];
    for (let k = from; k < to; k++) {
      offsets.push(context.view.offset(this.#lines[k] as number, this.#columns[k] as number));
    }
    const last = to > from ? to - 1 : Math.min(from, this.#lines.length - 1);
    const behind = context.view.offset(this.#lines[last] as number, this.#columns[last] as number);
    offsets.push(to > from ? behind + 2 : behind);
    const { text, columns } = octetsToText(this.#octets.slice(from, to), offsets);
    return { text, line: this.#lines[Math.min(from, this.#lines.length - 1)] as number, offsets: columns, end };
  }
}

/** A line of octets read as text, with the source offset of each character and of its end. */
export interface BufferedLine {
  readonly text: string;
  readonly line: number;
  readonly offsets: readonly number[];
  readonly end: WireEnd;
}

/** Emits a line from a hex dump. */
export function emitBuffered(
  context: ReadContext,
  speaker: Speaker,
  buffered: BufferedLine,
  extras: WireExtras = {},
): void {
  context.emitOffsets(speaker, buffered.line, buffered.text, buffered.offsets, { wireEnd: buffered.end, ...extras });
}

/** Value of two hex digits at a place of a text, -1 if they are none. */
function hexPair(text: string, at: number): number {
  const high = hexDigit(text.charCodeAt(at));
  const low = hexDigit(text.charCodeAt(at + 1));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function hexDigit(unit: number): number {
  if (unit >= 48 && unit <= 57) return unit - 48;
  if (unit >= 97 && unit <= 102) return unit - 87;
  if (unit >= 65 && unit <= 70) return unit - 55;
  return -1;
}
