import type { Origin } from "../text/origin.js";
import type { TextView } from "../text/view.js";
import { PlacedLine } from "./placed-line.js";
import type {
  Delivery,
  Dialect,
  DialectTraits,
  Expecting,
  Piece,
  ReadContext,
  Speaker,
  WireExtras,
  WireLine,
} from "./types.js";

/** What reading a text in one dialect gives. */
export interface Reading {
  readonly wire: readonly PlacedLine[];
  readonly deliveries: readonly Delivery[];
  readonly traits: DialectTraits;
}

/**
 * Reads a view in a dialect. `origin` is where the view's text begins in the document; `expecting` is the state hook for dialects without speaker marks.
 * A reader that fails gives what it had read until then: nothing throws on any input.
 */
export function readDialect(view: TextView, dialect: Dialect, expecting: Expecting, origin: Origin = start()): Reading {
  const collector = new Collector(view, expecting, origin, dialect.traits);
  try {
    dialect.read(collector);
  } catch {
    // Invariant tested by hostile input: no reader throws. Should one do so, the rest of the pipeline works on its part.
  }
  return { wire: collector.wire, deliveries: collector.deliveries, traits: collector.shown };
}

function start(): Origin {
  return { line: 0, offset: 0 };
}

class Collector implements ReadContext {
  readonly wire: PlacedLine[] = [];
  readonly deliveries: Delivery[] = [];
  shown: DialectTraits;

  constructor(
    readonly view: TextView,
    readonly expecting: Expecting,
    readonly origin: Origin,
    traits: DialectTraits,
  ) {
    this.shown = traits;
  }

  emit(speaker: Speaker, line: number, from: number, to: number, extras?: WireExtras): void {
    const { view } = this;
    const start = view.offset(line, from);
    const end = view.offset(line, to);
    const text = view.text(line).slice(from, to);
    // A view may drop characters inside the line (colour codes): then each character keeps its own place.
    const map = end - start === to - from ? undefined : columnsToOffsets(view, line, from, to);
    this.wire.push(new PlacedLine(speaker, text, this.origin, line, start, end, map, extras));
  }

  emitPieces(speaker: Speaker, pieces: readonly Piece[], extras?: WireExtras): void {
    const first = pieces[0];
    const last = pieces[pieces.length - 1];
    if (!first || !last) return;
    const { view } = this;
    let text = "";
    const map: number[] = [];
    for (const piece of pieces) {
      text += view.text(piece.line).slice(piece.from, piece.to);
      for (let column = piece.from; column < piece.to; column++) map.push(view.offset(piece.line, column));
    }
    const end = view.offset(last.line, last.to);
    map.push(end);
    this.wire.push(new PlacedLine(speaker, text, this.origin, first.line, map[0] as number, end, map, extras));
  }

  emitMapped(speaker: Speaker, line: number, text: string, columns: ArrayLike<number>, extras?: WireExtras): void {
    const map = new Uint32Array(text.length + 1);
    for (let k = 0; k <= text.length; k++) map[k] = this.view.offset(line, columns[k] ?? 0);
    const [start, end] = [map[0] as number, map[text.length] as number];
    this.wire.push(new PlacedLine(speaker, text, this.origin, line, start, end, map, extras));
  }

  emitOffsets(speaker: Speaker, line: number, text: string, offsets: ArrayLike<number>, extras?: WireExtras): void {
    const start = offsets[0] ?? 0;
    const end = offsets[text.length] ?? start;
    this.wire.push(new PlacedLine(speaker, text, this.origin, line, start, end, offsets, extras));
  }

  tool(line: number, note?: WireLine["note"], extras?: WireExtras): void {
    this.emit("tool", line, 0, this.view.text(line).length, note ? { ...extras, note } : extras);
  }

  delivery(delivery: Delivery): void {
    this.deliveries.push(delivery);
  }

  traits(patch: Partial<DialectTraits>): void {
    this.shown = { ...this.shown, ...patch };
  }
}

function columnsToOffsets(view: TextView, line: number, from: number, to: number): number[] {
  const map: number[] = [];
  for (let column = from; column <= to; column++) map.push(view.offset(line, column));
  return map;
}
