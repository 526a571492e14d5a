import type { SourceText } from "./source.js";

/**
 * A source text line by line, as a dialect's reader sees it: without what merely surrounds the transcript (e-mail
 * quoting, code fences, common indentation, terminal colours), and with the way back to the source.
 */
export interface TextView {
  readonly source: SourceText;
  readonly lineCount: number;
  /** The visible characters of a line (from 0), without its line end. */
  text(line: number): string;
  /** Source offset of column `column` of the visible text; a column at the end of the text is allowed. */
  offset(line: number, column: number): number;
}

/** The view that hides nothing. */
export function plainView(source: SourceText): TextView {
  return new PlainView(source);
}

class PlainView implements TextView {
  /** The line that was asked for last: a reader looks at each one several times. */
  #line = -1;
  #text = "";

  constructor(readonly source: SourceText) {}

  get lineCount(): number {
    return this.source.lineCount;
  }

  text(line: number): string {
    if (line !== this.#line) {
      this.#line = line;
      this.#text = this.source.lineText(line);
    }
    return this.#text;
  }

  offset(line: number, column: number): number {
    return this.source.lineStart(line) + column;
  }
}
