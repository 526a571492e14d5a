import type { Field } from "../../message/header.js";
import type { Range } from "../../message/unfolded.js";
import { customTypes, type TokenType } from "../tokenTypes.js";

/** Takes a coloured stretch of a line of a message: line, columns `[from, to)`, type. */
export type AddToken = (line: number, from: number, to: number, type: TokenType) => void;

/**
 * The colours of a field's value by column, so that what is painted later lies over what was painted before and nothing
 * overlaps in the end.
 */
export class FieldPaint {
  readonly text: string;
  readonly #field: Field;
  /** Index of the type plus one; 0 where nothing is painted. */
  readonly #marks: Uint8Array;

  constructor(field: Field) {
    this.#field = field;
    this.text = field.value.text;
    this.#marks = new Uint8Array(this.text.length);
  }

  /** Paints columns of the unfolded value; a missing or empty range paints nothing. */
  paint(range: Range | undefined, type: TokenType): void {
    if (range !== undefined) this.#marks.fill(customTypes.indexOf(type) + 1, Math.max(0, range.from), range.to);
  }

  /** Gives the name and the painted stretches on the lines `[from, to)` of the message, in order. */
  give(from: number, to: number, add: AddToken): void {
    const { lines, line: first, endLine, nameColumn, name, colonColumn } = this.#field;
    if (first >= from) add(first, nameColumn, nameColumn + name.length, "mailField");
    let base = 0;
    for (let line = first; line < Math.min(endLine, to); line++) {
      const column = line === first ? colonColumn + 1 : 0;
      const length = lines.text(line).length - column;
      if (line >= from) this.#giveLine(line, column, base, base + length, add);
      base += length;
    }
  }

  #giveLine(line: number, column: number, from: number, to: number, add: AddToken): void {
    let at = from;
    while (at < to) {
      const mark = this.#marks[at] as number;
      const start = at;
      while (at < to && this.#marks[at] === mark) at++;
      if (mark > 0) add(line, column + start - from, column + at - from, customTypes[mark - 1] as TokenType);
    }
  }
}
