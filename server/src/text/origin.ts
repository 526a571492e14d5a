/**
 * Where a stretch of lines begins in the source: line from 0, offset in UTF-16 code units. What was read of the stretch
 * keeps its own places relative to this one, so that an edit above moves all of it at once.
 */
export interface Origin {
  line: number;
  offset: number;
}
