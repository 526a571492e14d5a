import type { SourceText } from "../text/source.js";
import type { Span } from "../text/span.js";

/**
 * The lines of one message as they were meant: without line ends, prefixes of a transcript and stuffed dots, and with
 * the way back to the source. The reader of messages works on nothing else, so an `.eml` file and the body after DATA
 * are the same to it. Lines and columns count from 0; offsets are UTF-16 code units of the source.
 */
export interface MessageLines {
  readonly count: number;
  /** Content of a line; "" for a line outside. */
  text(line: number): string;
  /** Source offset of a column; a column at the end of the content is allowed. */
  offset(line: number, column: number): number;
  /** Character code at a column, NaN outside; where it is given it must agree with `text` and be cheaper. */
  charCode?(line: number, column: number): number;
  /** Only where the lines are a stretch of the source as it stands, so that whole parts can be judged at once. */
  readonly plain?: {
    /** Source text from the beginning of a line to the end of the content of the one before `to`. */
    raw(from: number, to: number): string;
    /** Length of a line's content. */
    length(line: number): number;
  };
}

/** A stretch of lines `[from, to)`. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Lines of a whole source text or of a stretch of it.
 * @param from first line of the source, 0 if left out.
 * @param to line behind the last; the end of the text if left out. The empty line that the index of lines has behind a
 *   final line end is no line of the message and is left out.
 */
export function messageLinesOf(source: SourceText, from = 0, to = source.lineCount): MessageLines {
  const first = Math.max(0, from);
  let behind = Math.min(to, source.lineCount);
  if (behind === source.lineCount && behind > first && source.lineStart(behind - 1) === source.text.length) behind--;
  const count = Math.max(0, behind - first);
  return {
    count,
    text: (line) => (line < 0 || line >= count ? "" : source.lineText(first + line)),
    offset: (line, column) => source.lineStart(first + line) + column,
    charCode: (line, column) => source.text.charCodeAt(source.lineStart(first + line) + column),
    plain: {
      raw: (from, to) => source.text.slice(source.lineStart(first + from), source.lineEnd(first + to - 1)),
      length: (line) => source.lineEnd(first + line) - source.lineStart(first + line),
    },
  };
}

/** Source span of the columns `from` to `to` of a line. */
export function lineSpan(lines: MessageLines, line: number, from = 0, to = lines.text(line).length): Span {
  return { start: lines.offset(line, from), end: lines.offset(line, to) };
}

/** Source span of whole lines `[from, to)`, from the first character to the end of the last line's content. */
export function rangeSpan(lines: MessageLines, range: LineRange): Span {
  if (range.to <= range.from) {
    const at = lines.count === 0 ? 0 : offsetOrEnd(lines, range.from);
    return { start: at, end: at };
  }
  const last = range.to - 1;
  return { start: lines.offset(range.from, 0), end: lines.offset(last, lines.text(last).length) };
}

function offsetOrEnd(lines: MessageLines, line: number): number {
  if (line < lines.count) return lines.offset(line, 0);
  const last = lines.count - 1;
  return lines.offset(last, lines.text(last).length);
}
