import type { ToolNote } from "./types.js";
import { unmarkedDialect } from "./unmarked.js";
import { unmarkedCounts } from "./unmarked-lines.js";

const SUCCEEDED =
  /^Connection to (\S{1,255}) (?:\(([0-9a-fA-F.:]{3,45})\) )?(\d{1,5}) port \[[^\]]{1,40}\] succeeded!$/;
const OPEN = /^(\S{1,255}) \[([0-9a-fA-F.:]{3,45})\] (\d{1,5}) \([\w?-]{1,40}\) open$/;
const FAILED =
  /^(?:nc: )?(?:connect to \S+ .*port \d+ .*failed: |getaddrinfo: |\S+ \[\S+\] \d+ \(\S+\) : |\(UNKNOWN\) \[\S+\] \d+ \(\S+\) : )/;
const OWN = /^nc: (?:write|read|connect|getaddrinfo|port|using|missing|cannot|unix|invalid)/;

/**
 * nc (OpenBSD and traditional): without -v nothing but what passes. On a terminal each line of the server ends CR CR LF;
 * fed from a pipe only the server's lines are printed.
 */
export const nc = unmarkedDialect(
  {
    id: "nc",
    title: "nc",
    seenWith: "OpenBSD netcat 1.219",
    detect(sample) {
      if (sample.count(SUCCEEDED) + sample.count(OPEN) > 0) return 0.95;
      if (sample.count(OWN) > 0) return 0.8;
      const { replies, commands } = unmarkedCounts(sample);
      if (replies < 2) return 0;
      if (commands > 0) return sample.cr > 0.2 ? 0.65 : 0;
      return replies > sample.lines.length * 0.9 ? 0.4 : 0;
    },
  },
  () => ncOptions(),
);

/** How nc's own lines are told and what they say. */
export function ncOptions(): { isTool(text: string): boolean; note(text: string): ToolNote | undefined } {
  return {
    isTool: (text) => OWN.test(text),
    note(text) {
      const opened = SUCCEEDED.exec(text) ?? OPEN.exec(text);
      if (opened) {
        const host = opened[1] as string;
        const named = host !== "(UNKNOWN)" && !/^[\d.]+$|:/.test(host) ? host : undefined;
        return { kind: "connect", host: named, ip: opened[2] ?? (named ? undefined : host), port: Number(opened[3]) };
      }
      return FAILED.test(text) ? { kind: "connect-failed", text } : undefined;
    },
  };
}
