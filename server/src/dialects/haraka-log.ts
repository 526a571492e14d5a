import { type Unescaped, unescapeJson } from "./escapes.js";
import { isoTime } from "./log-head.js";
import type { Dialect, ReadContext, ToolNote, WireExtras } from "./types.js";

const DEFAULT = /^(?:(\d{4}-\d\d-\d\dT[\d:.]{8,15}Z) )?\[([A-Z]{1,12})\] {1,3}\[([^\]\s]{1,80})\] \[([^\]]{1,80})\] ?/;
const LOGFMT = /^(?:(\d{4}-\d\d-\d\dT[\d:.]{8,15}Z) )?level=([A-Z]{1,12}) uuid=(\S{1,80}) origin=(\S{1,80}) message="/;
const JSON_LINE = /^(?:\d{4}-\d\d-\d\dT[\d:.]{8,15}Z )?\{"/;
const PROTOCOL =
  /^(?:\d\S* )?\[PROTOCOL\] \[[^\]]+\] \[core\] [CS]: |^(?:\d\S* )?level=PROTOCOL uuid=|"level":"PROTOCOL"/;

const DATA_LINE = /^(?:\d\S* )?\[DATA\] \[[^\]]+\] \[core\] C: .* {2}$/;

/** Haraka's log at level protocol, in its three formats. */
export const harakaLog: Dialect = {
  id: "haraka-log",
  title: "Haraka log",
  seenWith: "Haraka 3.3.4",
  traits: {
    body: "hidden",
    sides: "both",
    endOfDataShown: false,
    order: "wire",
    closeShown: true,
    origin: "recorded",
    startShown: true,
    repliesWhole: true,
  },
  detect(sample) {
    if (sample.count(PROTOCOL) > 0) return 0.97;
    return sample.count(/^Starting up Haraka version |^loglevel: PROTOCOL$|\[core\] running \w+ hooks?\b/) > 0
      ? 0.7
      : 0;
  },
  read,
};

/** A log line whatever its format: the message with the column of each character. */
interface HarakaLine {
  readonly uuid: string;
  readonly time: number | undefined;
  readonly message: Unescaped | undefined;
  /** Column of the message where it stands unescaped. */
  readonly from: number;
}

function read(context: ReadContext): void {
  const { view } = context;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text === "") continue;
    const head = harakaLine(text);
    if (!head) {
      context.tool(line);
      continue;
    }
    // Each transaction counts up behind the connection's id.
    const channel = head.uuid === "-" ? undefined : head.uuid.replace(/\.\d{1,9}$/, "");
    const extras: WireExtras = { channel, time: head.time };
    const message = head.message?.text ?? text.slice(head.from);
    if (/^[CS]: /.test(message) && channel !== undefined) emit(context, line, text, head, extras);
    else context.tool(line, note(text, message), extras);
  }
}

function harakaLine(text: string): HarakaLine | undefined {
  const plain = DEFAULT.exec(text);
  if (plain) {
    return { uuid: plain[3] as string, time: timeOf(plain[1]), message: undefined, from: plain[0].length };
  }
  const logfmt = LOGFMT.exec(text);
  if (logfmt) {
    const message = unescapeJson(text, logfmt[0].length);
    return { uuid: logfmt[3] as string, time: timeOf(logfmt[1]), message, from: logfmt[0].length };
  }
  if (!JSON_LINE.test(text)) return undefined;
  const uuid = /"uuid":"([^"]{1,80})"/.exec(text)?.[1];
  const key = text.indexOf('"message":"');
  if (uuid === undefined || key === -1) return undefined;
  const from = key + '"message":"'.length;
  const stamp = /"timestamp":"([^"]{1,40})"/.exec(text)?.[1];
  return { uuid, time: timeOf(stamp), message: unescapeJson(text, from), from };
}

function timeOf(stamp: string | undefined): number | undefined {
  return stamp === undefined ? undefined : isoTime(stamp);
}

/** A line of the dialogue; the state of the connection is printed behind a command (`state=1`) and is no part of it. */
function emit(context: ReadContext, line: number, text: string, head: HarakaLine, extras: WireExtras): void {
  if (!head.message) {
    const speaker = text[head.from] === "C" ? "client" : "server";
    const state = speaker === "client" ? / state=\d{1,3}$/.exec(text) : null;
    // A line of the message stands with its CR LF, each printed as a blank.
    const data = text.includes("[DATA] ") && DATA_LINE.test(text);
    context.emit(speaker, line, head.from + 3, state ? state.index : data ? text.length - 2 : text.length, extras);
    return;
  }
  const { text: message, columns } = head.message;
  const speaker = message[0] === "C" ? "client" : "server";
  context.emitMapped(speaker, line, message.slice(3), columns.slice(3), extras);
}

function note(text: string, message: string): ToolNote | undefined {
  if (message.startsWith("connect ip=") || text.includes('"message":"connect"') || text.includes('message="connect"')) {
    const ip = /\bip[=:"]{1,3}([0-9a-fA-F.:]{2,45})/.exec(text)?.[1];
    return { kind: "connect", ip: ip?.replace(/"$/, "") };
  }
  if (message.startsWith("secured:")) {
    const tls = /cipher[=:"]{1,3}([\w-]{1,60})"?,?.{0,3}version[=:"]{1,3}([\w.]{1,20})/.exec(text);
    return { kind: "tls-started", version: tls?.[2], cipher: tls?.[1] };
  }
  if (message.startsWith("disconnect ip=") || /"message":"disconnect"|message="disconnect"/.test(text)) {
    // The last reply of a session that the server gave up is printed; after QUIT it is empty.
    return { kind: "close", by: /\blr[=:"]{1,3}[45]\d\d/.test(text) ? "server" : "unknown" };
  }
  if (message === "client dropped connection" || message.startsWith("client dropped"))
    return { kind: "close", by: "client" };
  return undefined;
}
