import { emitBuffered, OctetBuffer } from "./hex-dump.js";
import type { Dialect, ReadContext, ToolNote } from "./types.js";
import { INTERACTIVE_TRAITS, readUnmarked } from "./unmarked.js";
import { looksLikeServerLine, unmarkedCounts } from "./unmarked-lines.js";

const ROW = /^([0-9a-f]{4,8}) {3}[0-9a-f]{2}(?: {1,2}[0-9a-f]{2}){0,15} /;
const OWN = /^(?:Ncat|NCAT DEBUG|libnsock \S+): /;
const CONNECTED = /^Ncat: Connected to (\[?[0-9a-fA-F.:]{3,45}?\]?):(\d{1,5})\.$/;
const TLS = /^Ncat: SSL connection to (\S+?):(\d{1,5})\./;

/**
 * ncat: its own lines begin `Ncat: `; `-o` records both directions without marks, as octets (CR LF at the end of every line);
 * `-x` records them in hex, each read and write from offset 0000 on.
 */
export const ncat: Dialect = {
  id: "ncat",
  title: "ncat",
  seenWith: "Ncat 7.93",
  traits: INTERACTIVE_TRAITS,
  detect(sample) {
    if (sample.share(ROW) > 0.5) return 0.95;
    if (sample.count(/^Ncat: /) > 0) return 0.95;
    const { replies, commands } = unmarkedCounts(sample);
    return replies > 1 && commands > 1 && sample.crlf > 0.99 && sample.blanks < commands ? 0.58 : 0;
  },
  read(context) {
    if (hasRows(context)) readHex(context);
    else readUnmarked(context, { isTool: (text) => OWN.test(text), note: noteOf });
  },
};

function noteOf(text: string): ToolNote | undefined {
  const connected = CONNECTED.exec(text);
  if (connected) return { kind: "connect", ip: connected[1], port: Number(connected[2]) };
  const tls = TLS.exec(text);
  if (tls) return { kind: "tls-started", implicit: true };
  if (/^Ncat: (?:Connection refused|Connection timed out|Could not resolve|No route)/.test(text)) {
    return { kind: "connect-failed", text };
  }
  return /^Ncat: (?:\d+ bytes sent|Connection reset|Broken pipe)/.test(text)
    ? { kind: "close", by: "unknown" }
    : undefined;
}

function hasRows(context: ReadContext): boolean {
  const { view } = context;
  for (let line = 0; line < Math.min(view.lineCount, 50); line++) if (ROW.test(view.text(line))) return true;
  return false;
}

/** Blocks of rows: each is what was read or written in one go; who spoke is told by the state of the session. */
function readHex(context: ReadContext): void {
  const { view, expecting } = context;
  const buffer = new OctetBuffer();
  let segment = 0;
  const flush = (all: boolean): void => {
    buffer.takeLines(context, all, (line) => {
      const server = expecting.next !== "data" && looksLikeServerLine(line.text);
      emitBuffered(context, server ? "server" : "client", line, { segment });
      expecting.saw(server ? "server" : "client", line.text);
    });
  };
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    const row = ROW.exec(text);
    if (row) {
      if (/^0+$/.test(row[1] as string)) {
        flush(false);
        segment++;
      }
      buffer.pushRow(text, line, text.indexOf(" "), 16);
    } else if (text !== "") {
      flush(true);
      context.tool(line, noteOf(text));
    }
  }
  flush(true);
}
