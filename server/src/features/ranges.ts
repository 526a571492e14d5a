import type { Range } from "vscode-languageserver-types";
import type { WireLine } from "../dialects/types.js";
import { sourceSpan } from "../dialects/wire.js";
import type { Exchange, Reply, Session, Transaction } from "../session/model.js";
import type { SourceText } from "../text/source.js";
import type { Span } from "../text/span.js";

/** An editor's range of a source span. */
export function rangeOf(source: SourceText, span: Span): Range {
  return { start: source.positionAt(span.start), end: source.positionAt(span.end) };
}

/** An editor's range of a piece of a wire line (columns of its content; all of it where none are given). */
export function wireRange(source: SourceText, wire: WireLine, from = 0, to: number = wire.text.length): Range {
  return rangeOf(source, sourceSpan(wire, from, to));
}

/** Range of whole source lines, line ends left out. */
export function linesRange(source: SourceText, first: number, last: number): Range {
  return {
    start: { line: first, character: 0 },
    end: { line: last, character: source.lineEnd(last) - source.lineStart(last) },
  };
}

/** Last source line that a wire line covers. */
export function lastLineOf(source: SourceText, wire: WireLine): number {
  return wire.mapped ? source.lineAt(wire.end) : wire.line;
}

/** First and last source line of what an exchange and its replies occupy; undefined where nothing of it is shown. */
export function exchangeLines(source: SourceText, exchange: Exchange): { first: number; last: number } | undefined {
  const wires = [exchange.wire, ...exchange.replies.flatMap(replyWires)].filter((wire) => wire !== undefined);
  return extent(source, wires);
}

/** First and last source line of a transaction, from MAIL to the reply that ended it. */
export function transactionLines(
  source: SourceText,
  session: Session,
  transaction: Transaction,
): { first: number; last: number } | undefined {
  const wires: WireLine[] = [];
  for (const exchange of session.exchanges) {
    if (exchange.transaction !== transaction) continue;
    if (exchange.wire) wires.push(exchange.wire);
    for (const reply of exchange.replies) wires.push(...replyWires(reply));
  }
  const lines = transaction.data?.lines ?? [];
  const lastData = lines[lines.length - 1];
  if (lines[0] && lastData) wires.push(lines[0], lastData);
  return extent(source, wires);
}

function replyWires(reply: Reply): WireLine[] {
  return reply.lines.map((line) => line.wire);
}

function extent(source: SourceText, wires: readonly WireLine[]): { first: number; last: number } | undefined {
  if (wires.length === 0) return undefined;
  let first = Number.POSITIVE_INFINITY;
  let last = -1;
  for (const wire of wires) {
    first = Math.min(first, wire.line);
    last = Math.max(last, lastLineOf(source, wire));
  }
  return { first, last };
}
