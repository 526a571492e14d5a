import type { Span } from "../text/span.js";
import type { MessageLines } from "./lines.js";

/** A half-open range of columns of an unfolded text. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A stretch of one line that takes part in an unfolded text. */
export interface Stretch {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/**
 * The value of a field with its line ends taken out (RFC 5322 §2.2.3), and the way back to the source. Columns count
 * UTF-16 code units of `text`.
 */
export class Unfolded {
  readonly text: string;
  readonly #lines: MessageLines;
  readonly #stretches: readonly Stretch[];
  readonly #starts: readonly number[];

  constructor(lines: MessageLines, stretches: readonly Stretch[]) {
    this.#lines = lines;
    this.#stretches = stretches;
    const starts: number[] = [];
    let text = "";
    for (const stretch of stretches) {
      starts.push(text.length);
      text += stretch.text;
    }
    this.#starts = starts;
    this.text = text;
  }

  /** Source offset of the character at a column; columns outside are clamped. */
  offset(column: number): number {
    const k = this.#find(column);
    return this.#at(k, column);
  }

  /** Source span of columns; the end stays on the line of the last character. */
  span(from: number, to: number): Span {
    const start = this.offset(from);
    if (to <= from) return { start, end: start };
    const k = this.#find(to - 1);
    return { start, end: this.#at(k, to) };
  }

  /** Source span of a range of columns. */
  spanOf(range: Range): Span {
    return this.span(range.from, range.to);
  }

  /** Column for a source offset inside the text, or -1. */
  columnAt(offset: number): number {
    for (let k = 0; k < this.#stretches.length; k++) {
      const stretch = this.#stretches[k] as Stretch;
      const begin = this.#lines.offset(stretch.line, stretch.column);
      const end = this.#lines.offset(stretch.line, stretch.column + stretch.text.length);
      if (offset >= begin && offset <= end) {
        let low = 0;
        let high = stretch.text.length;
        while (low < high) {
          const middle = (low + high + 1) >> 1;
          if (this.#lines.offset(stretch.line, stretch.column + middle) <= offset) low = middle;
          else high = middle - 1;
        }
        return (this.#starts[k] as number) + low;
      }
    }
    return -1;
  }

  #find(column: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= column) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #at(k: number, column: number): number {
    const stretch = this.#stretches[k];
    if (stretch === undefined) return 0;
    const inside = Math.max(0, Math.min(column - (this.#starts[k] as number), stretch.text.length));
    return this.#lines.offset(stretch.line, stretch.column + inside);
  }
}
