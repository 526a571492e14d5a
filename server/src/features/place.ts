import { type Block, blockAt } from "../blocks/block.js";
import type { WireLine } from "../dialects/types.js";
import type { Exchange, MailData, Reply, ReplyLine, Session } from "../session/model.js";
import { firstWhere, lastWhere } from "../text/search.js";
import type { Transcript } from "../transcript.js";

/** What a wire line is in its session. */
export type Owner =
  | { readonly kind: "command"; readonly session: Session; readonly exchange: Exchange }
  | { readonly kind: "reply"; readonly session: Session; readonly reply: Reply; readonly line: ReplyLine }
  | { readonly kind: "data"; readonly session: Session; readonly data: MailData; readonly index: number }
  | { readonly kind: "note"; readonly session: Session };

/** A block is indexed when somebody first asks for a line of it: an edit leaves most of them as they are. */
const owners = new WeakMap<Block, Map<WireLine, Owner>>();

/** What a wire line is: a command (or SASL response, or final dot), a line of a reply, message text, a note; undefined outside sessions. */
export function ownerOf(transcript: Transcript, wire: WireLine): Owner | undefined {
  const block = blockAt(transcript.blocks, wire.line);
  if (!block) return undefined;
  let known = owners.get(block);
  if (!known) {
    known = indexOwners(block);
    owners.set(block, known);
  }
  return known.get(wire);
}

function indexOwners({ sessions }: Block): Map<WireLine, Owner> {
  const index = new Map<WireLine, Owner>();
  for (const session of sessions) {
    for (const item of session.items) {
      if (item.kind === "exchange") {
        if (item.exchange.wire) index.set(item.exchange.wire, { kind: "command", session, exchange: item.exchange });
      } else if (item.kind === "reply") {
        const { reply } = item;
        for (const line of reply.lines) index.set(line.wire, { kind: "reply", session, reply, line });
      } else if (item.kind === "data") {
        const { data } = item;
        for (const [k, wire] of data.lines.entries()) index.set(wire, { kind: "data", session, data, index: k });
      } else index.set(item.wire, { kind: "note", session });
    }
  }
  return index;
}

const sorted = new WeakMap<Transcript, readonly WireLine[]>();

/** Wire lines in the order of their place in the source. */
export function wireInOrder(transcript: Transcript): readonly WireLine[] {
  let known = sorted.get(transcript);
  if (!known) {
    const { wire } = transcript;
    const ordered = wire.every((line, k) => k === 0 || (wire[k - 1] as WireLine).start <= line.start);
    known = ordered ? wire : [...wire].sort((a, b) => a.start - b.start);
    sorted.set(transcript, known);
  }
  return known;
}

/**
 * The wire line at a source offset, or where none covers it, the one whose content begins last on the same source line.
 */
export function wireAt(transcript: Transcript, offset: number): WireLine | undefined {
  const lines = wireInOrder(transcript);
  const last = firstAfter(lines, offset) - 1;
  const before = lines[last];
  if (before && offset <= before.end) return before;
  const line = transcript.source.lineAt(offset);
  const after = lines[last + 1];
  if (after && after.line === line) return after;
  return before && before.line === line ? before : undefined;
}

/** Index of the first wire line in order whose content begins behind an offset. */
export function firstAfter(lines: readonly WireLine[], offset: number): number {
  return firstWhere(0, lines.length, (at) => (lines[at] as WireLine).start > offset);
}

/** Column in a wire line's content of a source offset, clamped to the content. */
export function columnAt(wire: WireLine, offset: number): number {
  if (!wire.mapped) return Math.max(0, Math.min(offset - wire.start, wire.text.length));
  return lastWhere(0, wire.text.length, (column) => wire.offsetAt(column) <= offset);
}
