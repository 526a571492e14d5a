import { lastWhere } from "../text/search.js";
import type { Span } from "../text/span.js";
import type { MessageLines } from "./lines.js";

/** A half-open range of columns of an unfolded text. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * The value of a field with its line ends taken out (RFC 5322 §2.2.3), and the way back to the source. Columns count
 * UTF-16 code units of `text`.
 */
export class Unfolded {
  readonly text: string;
  readonly #lines: MessageLines;
  readonly #line: number;
  /** Column of the first line at which the value begins; on the others it is the first. */
  readonly #column: number;
  /** Columns of `text` at which the second and every further line begins. */
  readonly #folds: readonly number[];

  /**
   * @param line first line, `endLine` the line behind the last.
   * @param column where the value begins on the first line.
   */
  constructor(lines: MessageLines, line: number, endLine: number, column: number) {
    this.#lines = lines;
    this.#line = line;
    this.#column = column;
    let text = lines.text(line).slice(column);
    let folds: number[] | undefined;
    for (let next = line + 1; next < endLine; next++) {
      folds ??= [];
      folds.push(text.length);
      text += lines.text(next);
    }
    this.#folds = folds ?? NO_FOLDS;
    this.text = text;
  }

  /** Columns at which a line end was taken out. */
  get folds(): readonly number[] {
    return this.#folds;
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
    for (let k = 0; k <= this.#folds.length; k++) {
      const start = this.#start(k);
      const end = this.#folds[k] ?? this.text.length;
      if (offset < this.#at(k, start) || offset > this.#at(k, end)) continue;
      return lastWhere(start, end, (column) => this.#at(k, column) <= offset);
    }
    return -1;
  }

  /** Which of its lines holds a column. */
  #find(column: number): number {
    return lastWhere(0, this.#folds.length, (k) => this.#start(k) <= column);
  }

  /** Column at which its line number `k` begins. */
  #start(k: number): number {
    return k === 0 ? 0 : (this.#folds[k - 1] as number);
  }

  /** Source offset of a column on its line number `k`; columns beyond that line are clamped to it. */
  #at(k: number, column: number): number {
    const end = this.#folds[k] ?? this.text.length;
    const inside = Math.max(this.#start(k), Math.min(column, end)) - this.#start(k);
    return this.#lines.offset(this.#line + k, inside + (k === 0 ? this.#column : 0));
  }
}

const NO_FOLDS: readonly number[] = [];
