import type { PlacedLine } from "../dialects/placed-line.js";
import type { Delivery } from "../dialects/types.js";
import type { Session } from "../session/model.js";
import type { SourceText } from "../text/source.js";
import type { Block } from "./block.js";

/** Short sessions share a block of at least so many lines. */
const LEAST_LINES = 64;

/** What was read of a stretch of lines, in file order, at its places in `source`. */
export interface Stretch {
  /** First source line, from 0. */
  readonly line: number;
  readonly source: SourceText;
  readonly wire: readonly PlacedLine[];
  readonly sessions: readonly Session[];
  readonly deliveries: readonly Delivery[];
}

/** Cuts a stretch into blocks where sessions begin. Interleaved sessions stay in one block. */
export function split(stretch: Stretch): Block[] {
  const { source } = stretch;
  const lines = bordersOf(stretch);
  const wires = cut(stretch.wire, lines);
  const sessions = cut(stretch.sessions, lines);
  const deliveries = cut(stretch.deliveries, lines);
  return lines.map((line, k) => {
    const origin = { line, offset: source.lineStart(line) };
    const wire = wires[k] as PlacedLine[];
    for (const one of wire) one.rebase(origin);
    return { origin, wire, sessions: sessions[k] as Session[], deliveries: deliveries[k] as Delivery[] };
  });
}

/** First lines of the blocks. */
function bordersOf({ line: first, source, wire, sessions }: Stretch): number[] {
  const borders = [first];
  if (!isInOrder(wire)) return borders;
  let reach = -1;
  let next = 0;
  for (const session of sessions) {
    const { line } = session;
    // Content that was put together from several lines may reach into the line where a session begins.
    const start = source.lineStart(line);
    let clear = true;
    while (next < wire.length && (wire[next] as PlacedLine).start < start) {
      if ((wire[next] as PlacedLine).end > start) clear = false;
      next++;
    }
    if (line > reach && clear && line - (borders[borders.length - 1] as number) >= LEAST_LINES) borders.push(line);
    reach = Math.max(reach, session.endLine);
  }
  return borders;
}

/** One connection's lines after the other, none in two places: only then can a part be read by itself. */
function isInOrder(wire: readonly PlacedLine[]): boolean {
  let start = 0;
  for (const one of wire) {
    if (one.start < start || one.channel !== undefined) return false;
    start = one.start;
  }
  return true;
}

/** Deals out what is in file order to the blocks that begin at these lines. */
function cut<T extends { readonly line: number }>(list: readonly T[], borders: readonly number[]): T[][] {
  let from = 0;
  return borders.map((_, k) => {
    const end = borders[k + 1] ?? Number.POSITIVE_INFINITY;
    let to = from;
    while (to < list.length && (list[to] as T).line < end) to++;
    const part = list.slice(from, to);
    from = to;
    return part;
  });
}
