import type { ReadContext } from "./types.js";
import type { StreamLine, WireStreams } from "./wire-stream.js";

/** Where a part of a reply stands: one line of the view, its columns. */
export interface ReplyPart {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Gives a reply whose continuation lines tshark prints without their code: the code of the first line is put in front of
 * each, mapped to where the text begins.
 */
export function emitReply(
  context: ReadContext,
  streams: WireStreams,
  channel: string,
  parts: readonly ReplyPart[],
  time?: number,
): void {
  const first = parts[0];
  if (!first) return;
  const code = context.view.text(first.line).slice(first.from, first.from + 3);
  parts.forEach((part, k) => {
    const text = context.view.text(part.line).slice(part.from, part.to);
    if (k === 0) {
      streams.line(channel, "server", whole(part, text), time);
      return;
    }
    const prefix = `${code}${k === parts.length - 1 ? " " : "-"}`;
    const columns: number[] = [];
    for (let at = 0; at < prefix.length; at++) columns.push(part.from);
    for (let column = part.from; column <= part.to; column++) columns.push(column);
    streams.line(channel, "server", { ...whole(part, text), text: prefix + text, columns }, time);
  });
}

/** A line that stands in one piece. */
export function whole(part: ReplyPart, text: string): StreamLine {
  return { pieces: [{ line: part.line, from: part.from, to: part.to }], text, end: undefined };
}
