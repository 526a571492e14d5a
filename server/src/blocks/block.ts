import type { PlacedLine } from "../dialects/placed-line.js";
import type { Delivery } from "../dialects/types.js";
import type { Session } from "../session/model.js";
import type { Origin } from "../text/origin.js";
import { lastWhere } from "../text/search.js";

/**
 * A run of whole source lines with all that was read of it: sessions never reach over its borders. Its products count
 * their places from its origin; the origin is its identity, also after an edit above moved it.
 */
export interface Block {
  readonly origin: Origin;
  readonly wire: readonly PlacedLine[];
  readonly sessions: readonly Session[];
  readonly deliveries: readonly Delivery[];
}

/** The block with its sessions counted from `first`, and with all of it so many lines and UTF-16 units further down. */
export function moved(block: Block, first: number, lines: number, offset: number): Block {
  const { origin, wire } = block;
  if (lines === 0 && offset === 0 && (block.sessions[0]?.index ?? first) === first) return block;
  origin.line += lines;
  origin.offset += offset;
  return {
    origin,
    wire,
    // New values: what is remembered of a session may hold places in the text.
    sessions: block.sessions.map((session, k) => ({
      ...session,
      index: first + k,
      line: session.line + lines,
      endLine: session.endLine + lines,
      memo: [],
    })),
    deliveries: block.deliveries.map((delivery) => movedDelivery(delivery, lines, offset)),
  };
}

/** A delivery so many lines and UTF-16 units further down. */
export function movedDelivery(delivery: Delivery, lines: number, offset: number): Delivery {
  return {
    ...delivery,
    line: delivery.line + lines,
    start: delivery.start + offset,
    end: delivery.end + offset,
  };
}

/** Blocks in file order as one: all their lines, sessions and deliveries. */
export function blocksTogether(blocks: readonly Block[]): Pick<Block, "wire" | "sessions" | "deliveries"> & {
  readonly blocks: readonly Block[];
} {
  return {
    blocks,
    wire: joined(blocks.map(({ wire }) => wire)),
    sessions: joined(blocks.map(({ sessions }) => sessions)),
    deliveries: joined(blocks.map(({ deliveries }) => deliveries)),
  };
}

/** Copies lists as a whole: ten times as fast as `flat`, and there can be a million lines. */
function joined<T>(lists: readonly (readonly T[])[]): readonly T[] {
  return ([] as T[]).concat(...lists);
}

/** Index of the block that holds a source line (from 0); lines outside the text count to the nearest one. */
export function blockIndexAt(blocks: readonly Block[], line: number): number {
  return lastWhere(0, blocks.length - 1, (at) => (blocks[at] as Block).origin.line <= line);
}

/** The block that holds a source line (from 0). */
export function blockAt(blocks: readonly Block[], line: number): Block | undefined {
  return blocks[blockIndexAt(blocks, line)];
}
