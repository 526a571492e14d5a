import type { DocumentSymbol } from "vscode-languageserver-types";
import type { SourceText } from "../text/source.js";
import { linesRange } from "./ranges.js";

/**
 * Siblings in order, each ending before the next begins: a pipelined command's reply stands behind other commands, and an
 * editor takes the first sibling that holds the cursor.
 */
export function apart(source: SourceText, symbols: readonly DocumentSymbol[]): DocumentSymbol[] {
  return symbols.map((symbol, k) => {
    const next = symbols[k + 1]?.range.start.line;
    const { start, end } = symbol.range;
    if (next === undefined || next <= start.line || next > end.line) return symbol;
    const range = { start, end: linesRange(source, start.line, next - 1).end };
    const { selectionRange: shown } = symbol;
    return { ...symbol, range, selectionRange: shown.end.line < next ? shown : { start: shown.start, end: range.end } };
  });
}
