/**
 * A half-open range `[start, end)` of UTF-16 code units in a source text.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place in a text as editors count it: line and UTF-16 character, both from 0 (LSP 3.18, "Position"). */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** True if `offset` lies in `span`; the end counts as inside, as a cursor behind the last character does. */
export function touches(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}
