import type { FoldingRange } from "vscode-languageserver-types";

/**
 * Folding ranges of which no two begin on the same line, sorted by line: editors keep one range a line and drop the others.
 * Of ranges that begin together the largest stays; the others begin on the next free line, and what is left without a
 * second line goes.
 */
export function withOwnStarts<Range extends FoldingRange>(ranges: readonly Range[]): Range[] {
  const order = (a: Range, b: Range): number => a.startLine - b.startLine || b.endLine - a.endLine;
  const first = new Map<number, Range>();
  const others: Range[] = [];
  for (const range of [...ranges].sort(order)) {
    if (first.has(range.startLine)) others.push(range);
    else first.set(range.startLine, range);
  }
  for (const range of others) {
    let { startLine } = range;
    while (first.has(startLine) && startLine < range.endLine) startLine++;
    if (startLine < range.endLine) first.set(startLine, { ...range, startLine });
  }
  return [...first.values()].sort(order);
}
