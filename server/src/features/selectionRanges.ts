import type { Position, Range, SelectionRange } from "vscode-languageserver-types";
import { sourceSpan } from "../dialects/wire.js";
import type { SourceText } from "../text/source.js";
import { columnAt, ownerOf, wireAt } from "./place.js";
import { exchangeLines, linesRange, rangeOf, transactionLines, wireRange } from "./ranges.js";
import type { Feature, ParsedDocument } from "./types.js";

/** Grows a selection: word → argument → content of the line → line → exchange → transaction → session → document. */
export const selectionRanges: Feature<{ positions: Position[] }, SelectionRange[]> = {
  method: "textDocument/selectionRange",
  languages: ["smtp-transcript"],
  run: ({ document }, { positions }) => positions.map((position) => selectionAt(document, position)),
};

function selectionAt(document: ParsedDocument, asked: Position): SelectionRange {
  const { source, transcript } = document;
  const offset = source.offsetAt(asked);
  // A place behind the end of its line means the end (LSP 3.18, "Position").
  const position = source.positionAt(offset);
  const ranges: Range[] = [];
  const wire = wireAt(transcript, offset);
  const owner = wire && ownerOf(transcript, wire);
  if (wire) {
    const column = columnAt(wire, offset);
    ranges.push(wordRange(source, wire, column));
    if (owner?.kind === "command" && owner.exchange.command && column >= owner.exchange.command.argumentFrom) {
      const { argumentFrom, argument } = owner.exchange.command;
      ranges.push(wireRange(source, wire, argumentFrom, argumentFrom + argument.length));
    }
    ranges.push(rangeOf(source, sourceSpan(wire)));
  }
  ranges.push(linesRange(source, position.line, position.line));
  if (owner) {
    const exchange =
      owner.kind === "command" ? owner.exchange : owner.kind === "reply" ? owner.reply.exchange : undefined;
    const lines = exchange && exchangeLines(source, exchange);
    if (lines) ranges.push(linesRange(source, lines.first, lines.last));
    const transaction = exchange?.transaction ?? (owner.kind === "data" ? owner.data.exchange.transaction : undefined);
    const whole = transaction && transactionLines(source, owner.session, transaction);
    if (whole) ranges.push(linesRange(source, whole.first, whole.last));
    ranges.push(linesRange(source, owner.session.line, owner.session.endLine));
  }
  ranges.push(linesRange(source, 0, source.lineCount - 1));
  return nest(ranges, position);
}

const WORD = /[\p{L}\p{N}._+=@-]+/gu;

function wordRange(source: SourceText, wire: Parameters<typeof wireRange>[1], column: number): Range {
  // A window around the cursor keeps a line of ten million characters cheap.
  const from = Math.max(0, column - 200);
  const window = wire.text.slice(from, column + 200);
  for (const match of window.matchAll(WORD)) {
    const start = from + match.index;
    if (start <= column && column <= start + match[0].length)
      return wireRange(source, wire, start, start + match[0].length);
  }
  return wireRange(source, wire, column, column);
}

/** Keeps only ranges that grow, innermost first, and links them. */
function nest(ranges: readonly Range[], position: Position): SelectionRange {
  const kept: Range[] = [];
  for (const range of ranges) {
    const inner = kept[kept.length - 1];
    if (!inner ? contains(range, { start: position, end: position }) : contains(range, inner) && !same(range, inner))
      kept.push(range);
  }
  let result: SelectionRange | undefined;
  for (const range of kept.reverse()) result = result ? { range, parent: result } : { range };
  return result ?? { range: { start: position, end: position } };
}

function before(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character <= b.character);
}

function contains(outer: Range, inner: Range): boolean {
  return before(outer.start, inner.start) && before(inner.end, outer.end);
}

function same(a: Range, b: Range): boolean {
  return contains(a, b) && contains(b, a);
}
