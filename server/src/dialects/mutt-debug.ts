import { stampAt } from "./log-head.js";
import type { Dialect, Piece, ReadContext, ToolNote, WireExtras } from "./types.js";

/** `[2026-11-23 15:59:56] 4> `: the number is the file descriptor; NeoMutt adds the level and the function. */
const HEAD = /^\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\](?:<\d>)? (?:\w{1,40}\(\) )?(?:(\d{1,5})([<>]) ?)?/;
/** A second head on the line: mutt logs the dot of a stuffed line by itself, without a line end. */
const GLUED = /^\.\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\](?:<\d>)? (?:\w{1,40}\(\) )?\d{1,5}> /;
const CONNECTED = /^Connected to (\S+):(\d{1,5}) on fd=(\d{1,5})/;
const TLS_FAILED =
  /^(?:tls_check\w*: .*(?:unable|reject|fail|not )|tls_\w+: .*(?:error|fail)|gnutls_\w+: |ssl_\w+: .*(?:fail|error)|SSL failed|Error: certificate)/i;

/** mutt and NeoMutt at debug level 2 and up (`~/.muttdebug0`); lines of an IMAP or POP connection are left aside. */
export const muttDebug: Dialect = {
  id: "mutt-debug",
  title: "mutt -d",
  seenWith: "mutt 2.2.12",
  traits: {
    body: "stuffed",
    sides: "both",
    endOfDataShown: true,
    order: "wire",
    closeShown: false,
    origin: "recorded",
    startShown: true,
    repliesWhole: true,
  },
  detect(sample) {
    const lines = sample.count(
      /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\](?:<\d>)? (?:\w{1,40}\(\) )?\d{1,5}(?:< [2-5]\d\d[ -]|> [A-Z])/,
    );
    if (lines > 0) return 0.98;
    return sample.count(/^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] Mutt\/\d/) > 0 ? 0.9 : 0;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  // Whether a descriptor carries SMTP: its first line of a server begins with a code.
  const smtp = new Map<string, boolean>();
  let current: string | undefined;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text === "") continue;
    const head = HEAD.exec(text);
    if (!head) {
      context.tool(line);
      continue;
    }
    const time = stampAt(text, 1);
    const from = head[0].length;
    const channel = head[2];
    if (channel === undefined) {
      const connected = CONNECTED.exec(text.slice(from, from + 200));
      if (connected) {
        current = connected[3] as string;
        smtp.delete(current);
      }
      context.tool(line, noteOf(text.slice(from), connected), { time, channel: current });
      continue;
    }
    current = channel;
    const server = head[3] === "<";
    if (server && !smtp.has(channel)) smtp.set(channel, /^[2-5]\d\d(?:[ -]|$)/.test(text.slice(from, from + 5)));
    if (smtp.get(channel) === false) context.tool(line, undefined, { time, channel });
    else if (server) context.emit("server", line, from, text.length, { time, channel });
    else emitClient(context, line, text, from, { time, channel });
  }
}

function emitClient(context: ReadContext, line: number, text: string, from: number, extras: WireExtras): void {
  const glued = text.charCodeAt(from) === 46 ? GLUED.exec(text.slice(from, from + 120)) : null;
  if (!glued) {
    context.emit("client", line, from, text.length, extras);
    return;
  }
  const pieces: Piece[] = [
    { line, from, to: from + 1 },
    { line, from: from + glued[0].length, to: text.length },
  ];
  context.emitPieces("client", pieces, extras);
}

function noteOf(text: string, connected: RegExpExecArray | null): ToolNote | undefined {
  if (connected) return { kind: "connect", host: connected[1], port: Number(connected[2]) };
  return TLS_FAILED.test(text) ? { kind: "tls-failed", text } : undefined;
}
