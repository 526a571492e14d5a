import { readDialect } from "../dialects/read.js";
import type { Delivery, Dialect, DialectTraits } from "../dialects/types.js";
import { lexReplyLine } from "../protocol/reply.js";
import { buildSessions } from "../session/build.js";
import { createExpecting } from "../session/expecting.js";
import { changeBetween } from "../text/changed.js";
import { SourceText } from "../text/source.js";
import { type Veil, viewThrough } from "../text/veil.js";
import { type Block, blockIndexAt, moved, movedDelivery } from "./block.js";
import { type Stretch, split } from "./split.js";

/** A document that was read, in blocks. */
export interface BlockReading {
  readonly source: SourceText;
  readonly dialect: Dialect;
  readonly veil: Veil;
  readonly traits: DialectTraits;
  readonly blocks: readonly Block[];
}

/** The blocks `[from, to)` that are to be read again. */
interface Reach {
  readonly from: number;
  readonly to: number;
  /** The first and the last of them are untouched and must read as they did before. */
  readonly head: Block | undefined;
  readonly tail: Block | undefined;
  /** How many lines and UTF-16 units longer the text became. */
  readonly lines: number;
  readonly offset: number;
}

/** What was read of the lines in reach, at its places in the new text. */
type Piece = Omit<Stretch, "source">;

/**
 * Reads the next version of a document: only the blocks that the edit touched, with a block on either side. Where these two
 * read as before, so does all that lies beyond them, and its blocks are taken over. Undefined where the whole text has to
 * be read: the dialect needs it, the edit is large, or something beyond its blocks changed.
 * The blocks of `before` are moved to their new places: that reading must not be used any more.
 */
export function reread(before: BlockReading, source: SourceText): Block[] | undefined {
  const { blocks, dialect } = before;
  if (!dialect.inParts || blocks.length < 4) return undefined;
  const reach = reachOf(before, source);
  if (!reach) return undefined;
  const piece = readPiece(before, source, reach);
  if (!piece || !agrees(piece, reach)) return undefined;
  const above = blocks.slice(0, reach.from);
  const fresh = split({ ...withoutTail(piece, reach), source });
  const below = blocks.slice(reach.tail ? reach.to - 1 : reach.to);
  let first = 0;
  return [...above, ...fresh, ...below].map((block, k) => {
    const isBelow = k >= above.length + fresh.length;
    const placed = moved(block, first, isBelow ? reach.lines : 0, isBelow ? reach.offset : 0);
    first += block.sessions.length;
    return placed;
  });
}

function reachOf({ blocks, source: old }: BlockReading, source: SourceText): Reach | undefined {
  const { start, beforeEnd } = changeBetween(old.text, source.text);
  // A line more on either side: an edit next to a CR or LF changes how the line before it ends.
  const first = blockIndexAt(blocks, old.lineAt(start) - 1);
  const last = blockIndexAt(blocks, old.lineAt(beforeEnd) + 1);
  let from = first - 1;
  while (from > 0 && !isSettled(blocks[from] as Block)) from--;
  let to = last + 1;
  while (to < blocks.length && !isSettled(blocks[to] as Block)) to++;
  if (to - from > Math.max(4, blocks.length / 2)) return undefined;
  return {
    from: Math.max(from, 0),
    to: Math.min(to + 1, blocks.length),
    head: from > 0 ? blocks[from] : undefined,
    tail: to < blocks.length ? blocks[to] : undefined,
    lines: source.lineCount - old.lineCount,
    offset: source.text.length - old.text.length,
  };
}

/** True for a block that ends every look ahead: a positive reply with a line of the client behind it. */
function isSettled({ wire }: Block): boolean {
  const reply = wire.findIndex(({ speaker, text }) => speaker === "server" && isPositive(lexReplyLine(text).code));
  return reply !== -1 && wire.some(({ speaker }, k) => k > reply && speaker === "client");
}

function isPositive(code: number | null): boolean {
  return code !== null && code !== 221 && code >= 200 && code < 400;
}

function readPiece(before: BlockReading, source: SourceText, reach: Reach): Piece | undefined {
  const { blocks, dialect, traits, veil } = before;
  const origin = { ...(blocks[reach.from] as Block).origin };
  const next = blocks[reach.to]?.origin;
  const end = next ? source.lineEnd(next.line + reach.lines - 1) : source.text.length;
  const text = copyOf(source.text.slice(origin.offset, end));
  const reading = readDialect(viewThrough(new SourceText(text), veil), dialect, createExpecting(), origin);
  if (!sameTraits(reading.traits, traits) || reading.wire.some(({ channel }) => channel !== undefined))
    return undefined;
  return {
    line: origin.line,
    wire: reading.wire,
    sessions: buildSessions(reading.wire, reading.traits),
    deliveries: reading.deliveries.map((one) => movedDelivery(one, origin.line, origin.offset)),
  };
}

/** A string of its own: engines keep the whole text alive for the sake of a slice. */
function copyOf(slice: string): string {
  return ` ${slice}`.slice(1);
}

function sameTraits(a: DialectTraits, b: DialectTraits): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The untouched blocks at both ends read as they did, and a session begins where the last of them does. */
function agrees({ wire, sessions, deliveries }: Piece, { head, tail, lines, offset }: Reach): boolean {
  if (head && !head.wire.every((one, k) => wire[k]?.equals(one, 0, 0))) return false;
  if (head && !head.deliveries.every((one, k) => sameDelivery(deliveries[k], one, 0, 0))) return false;
  if (!tail) return true;
  const from = wire.length - tail.wire.length;
  if (from < 0 || !tail.wire.every((one, k) => wire[from + k]?.equals(one, lines, offset))) return false;
  const told = deliveries.length - tail.deliveries.length;
  if (!tail.deliveries.every((one, k) => sameDelivery(deliveries[told + k], one, lines, offset))) return false;
  const first = sessions.length - tail.sessions.length;
  return tail.sessions.every((session, k) => {
    const other = sessions[first + k];
    return other?.line === session.line + lines && other.endLine === session.endLine + lines;
  });
}

function sameDelivery(now: Delivery | undefined, before: Delivery, lines: number, offset: number): boolean {
  return JSON.stringify(now) === JSON.stringify(movedDelivery(before, lines, offset));
}

/** What lies above the untouched block at the end, which is taken over. */
function withoutTail(piece: Piece, { tail, lines }: Reach): Piece {
  if (!tail) return piece;
  const end = tail.origin.line + lines;
  const above = <T extends { readonly line: number }>(list: readonly T[]): T[] => list.filter(({ line }) => line < end);
  return { ...piece, wire: above(piece.wire), sessions: above(piece.sessions), deliveries: above(piece.deliveries) };
}
