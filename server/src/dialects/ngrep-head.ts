import { isoTime } from "./log-head.js";
import type { Speaker } from "./types.js";
import { serverOf } from "./wire-stream.js";

const HEAD =
  /^T (\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d\.\d{1,6} |\+?\d{1,10}\.\d{6} )?(\S{2,60}):(\d{1,5}) -> (\S{2,60}):(\d{1,5}) \[[A-Z]{1,6}\](?: #\d{1,9})?$/;
/** Packets that were counted and not shown, and the frame of the output. */
const NOISE = /^(?:#+(?:exit)?|exit|input: .*|interface: .*|filter: .*|match: .*)$/;

/** The head of a packet. */
export interface NgrepHead {
  readonly speaker: Speaker;
  readonly channel: string;
  readonly stamped: boolean;
  readonly time: number | undefined;
}

/** Reads the head of a packet; undefined for other lines. */
export function ngrepHead(text: string): NgrepHead | undefined {
  const match = text.startsWith("T ") ? HEAD.exec(text) : null;
  if (!match) return undefined;
  const from = Number(match[3]);
  const to = Number(match[5]);
  const speaker = serverOf(from, to) === from ? "server" : "client";
  const stamp = match[1];
  return {
    speaker,
    channel: speaker === "server" ? `${match[4]}:${to}` : `${match[2]}:${from}`,
    stamped: stamp !== undefined,
    time: stamp === undefined ? undefined : stampTime(stamp),
  };
}

/** True for the mark at the end of ngrep's output. */
export function isNgrepEnd(text: string): boolean {
  return /^#{0,200}exit$/.test(text);
}

/** True for ngrep's own lines between packets. */
export function isNgrepNoise(text: string): boolean {
  return NOISE.test(text);
}

/** `-t` prints the date, `-T` the seconds since the packet before (which is no scale by itself). */
function stampTime(stamp: string): number | undefined {
  return stamp.includes("/") ? isoTime(stamp) : undefined;
}
