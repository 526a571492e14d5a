import { firstWhere, lastWhere } from "./search.js";
import type { Position, Span } from "./span.js";

/** How a line of the file ends: what an editor calls its line ending; "" at the end of the text. */
export type LineEnd = "\r\n" | "\n" | "\r" | "";

const LF = 10;
const CR = 13;

/**
 * A text with an index of its lines. Lines end at CR LF, LF or a lone CR (LSP 3.18, "Text Documents"), count from 0,
 * and there is always at least one. Offsets are UTF-16 code units. Immutable.
 */
export class SourceText {
  readonly text: string;
  readonly lineCount: number;
  readonly #starts: Uint32Array;

  constructor(text: string, starts: Uint32Array = lineStarts(text)) {
    this.text = text;
    this.#starts = starts;
    this.lineCount = starts.length;
  }

  /** This text with the characters of a span replaced; the index of lines is mended, not made anew. */
  replaced({ start, end }: Span, put: string): SourceText {
    const text = this.text.slice(0, start) + put + this.text.slice(end);
    const old = this.#starts;
    const by = put.length - (end - start);
    // A line starts by the two characters around it: those before the span keep theirs, those behind it move.
    const kept = countBelow(old, Math.max(start, 1));
    const gone = countBelow(old, end + 1);
    const fresh: number[] = [];
    for (let at = Math.max(start, 1); at <= start + put.length; at++) if (startsLine(text, at)) fresh.push(at);
    const starts = new Uint32Array(kept + fresh.length + old.length - gone);
    starts.set(old.subarray(0, kept));
    starts.set(fresh, kept);
    for (let from = gone, to = kept + fresh.length; from < old.length; from++, to++)
      starts[to] = (old[from] as number) + by;
    return new SourceText(text, starts);
  }

  /** Offset of the first character of a line; a line past the end gives the length of the text. */
  lineStart(line: number): number {
    return line < this.lineCount ? (this.#starts[Math.max(line, 0)] as number) : this.text.length;
  }

  /** Offset just behind the last character of a line, its line end left out. */
  lineEnd(line: number): number {
    if (line + 1 >= this.lineCount) return this.text.length;
    const next = this.#starts[line + 1] as number;
    const isCrLf = this.text.charCodeAt(next - 1) === LF && this.text.charCodeAt(next - 2) === CR;
    return isCrLf && next - 2 >= this.lineStart(line) ? next - 2 : next - 1;
  }

  /** The characters of a line without its line end. */
  lineText(line: number): string {
    return this.text.slice(this.lineStart(line), this.lineEnd(line));
  }

  /** The line end behind a line. */
  lineBreak(line: number): LineEnd {
    return this.text.slice(this.lineEnd(line), this.lineStart(line + 1)) as LineEnd;
  }

  /** The line that holds an offset; offsets outside the text are clamped to it. */
  lineAt(offset: number): number {
    return lastWhere(0, this.lineCount - 1, (line) => (this.#starts[line] as number) <= offset);
  }

  /** Offset to position; clamped to the text, never between CR and LF. */
  positionAt(offset: number): Position {
    const inside = Math.max(0, Math.min(offset, this.text.length));
    const line = this.lineAt(inside);
    return { line, character: Math.min(inside, this.lineEnd(line)) - this.lineStart(line) };
  }

  /** Position to offset; a character past the end of its line means the end of that line. */
  offsetAt(position: Position): number {
    if (position.line < 0) return 0;
    if (position.line >= this.lineCount) return this.text.length;
    const end = this.lineEnd(position.line);
    return Math.min(this.lineStart(position.line) + Math.max(0, position.character), end);
  }

  /** The characters of a span. */
  slice(span: Span): string {
    return this.text.slice(span.start, span.end);
  }
}

/** How many line starts lie below an offset. */
function countBelow(starts: Uint32Array, offset: number): number {
  return firstWhere(0, starts.length, (line) => (starts[line] as number) >= offset);
}

function startsLine(text: string, offset: number): boolean {
  const before = text.charCodeAt(offset - 1);
  return before === LF || (before === CR && text.charCodeAt(offset) !== LF);
}

function lineStarts(text: string): Uint32Array {
  let starts = new Uint32Array(Math.max(64, text.length >> 5));
  let count = 1;
  const push = (offset: number): void => {
    if (count === starts.length) {
      const grown = new Uint32Array(count * 2);
      grown.set(starts);
      starts = grown;
    }
    starts[count++] = offset;
  };
  if (!text.includes("\r")) {
    // indexOf runs at memory speed.
    for (let lf = text.indexOf("\n"); lf !== -1; lf = text.indexOf("\n", lf + 1)) push(lf + 1);
    return starts.slice(0, count);
  }
  // Two searches side by side look faster, but V8 may run the search for LF ahead on every CR, up to the end of the text.
  for (let k = 0; k < text.length; k++) {
    const unit = text.charCodeAt(k);
    if (unit === LF || (unit === CR && text.charCodeAt(k + 1) !== LF)) push(k + 1);
  }
  return starts.slice(0, count);
}
