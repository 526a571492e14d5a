import { emitReply, type ReplyPart, whole } from "./tshark-dissection.js";
import type { Dialect, ReadContext, WireEnd } from "./types.js";
import { WireStreams } from "./wire-stream.js";

const ROW =
  /^ {0,12}\d{1,9} {1,8}(\d{1,10}\.\d{1,9}|\d{4}-\d\d-\d\d \S{8,20}) {1,3}(\S{1,45}) (?:\u2192|->) (\S{1,45}) {1,20}([A-Z]\S{1,20}) (\d{1,7}) /;
const LABEL = /^(?:User|Pass): /;

/** tshark's list of packets: one row each, several lines joined by ` | `. */
export const tsharkSummary: Dialect = {
  id: "tshark-summary",
  title: "tshark packet list",
  seenWith: "tshark 4.0.17",
  traits: {
    body: "stuffed",
    sides: "both",
    endOfDataShown: false,
    order: "wire",
    closeShown: false,
    origin: "recorded",
    startShown: true,
    repliesWhole: false,
  },
  detect(sample) {
    const rows = sample.count(ROW);
    if (rows === 0) return 0;
    return sample.count(/ SMTP(?:\/IMF)? \d{1,7} (?:[CS]: |\w+: )/) > 0 ? 0.97 : 0.3;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  const streams = new WireStreams(context);
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text === "") continue;
    const row = ROW.exec(text);
    const protocol = row?.[4] ?? "";
    if (!row || !protocol.startsWith("SMTP")) {
      streams.tool(line);
      continue;
    }
    const from = row[0].length;
    const seconds = Number(row[1]);
    const time = Number.isFinite(seconds) ? seconds * 1000 : undefined;
    // The row names no ports: connections between the same two hosts follow each other by their greetings.
    const channel = [row[2] as string, row[3] as string].sort().join(" ");
    streams.segment();
    if (protocol !== "SMTP") message(context, streams, channel, line, from, time);
    else if (text.startsWith("S: ", from)) server(context, streams, channel, line, from + 3, time);
    else if (/^C: DATA fragment, \d+ bytes/.test(text.slice(from))) {
      const octets = Number(/(\d+) bytes/.exec(text.slice(from))?.[1]);
      streams.tool(line, { kind: "data-hidden", octets, open: true }, channel);
    } else if (text.startsWith("C: ", from)) client(context, streams, channel, line, from + 3, time);
    else streams.tool(line, undefined, channel);
  }
  streams.flush();
}

/** The parts of a row between ` | `. */
function parts(text: string, line: number, from: number): ReplyPart[] {
  const result: ReplyPart[] = [];
  let at = from;
  for (;;) {
    const next = text.indexOf(" | ", at);
    result.push({ line, from: at, to: next === -1 ? text.length : next });
    if (next === -1) return result;
    at = next + 3;
  }
}

function client(
  context: ReadContext,
  streams: WireStreams,
  channel: string,
  line: number,
  from: number,
  time: number | undefined,
): void {
  const text = context.view.text(line);
  for (const part of parts(text, line, from)) {
    const label = streams.inData(channel) ? null : LABEL.exec(text.slice(part.from, part.to));
    const start = label ? part.from + label[0].length : part.from;
    streams.line(channel, "client", whole({ ...part, from: start }, text.slice(start, part.to)), time);
  }
}

/** Replies of one row; what has no code of its own goes on with the reply before. */
function server(
  context: ReadContext,
  streams: WireStreams,
  channel: string,
  line: number,
  from: number,
  time: number | undefined,
): void {
  const text = context.view.text(line);
  let reply: ReplyPart[] = [];
  for (const part of parts(text, line, from)) {
    const more = reply.length > 0 && text[(reply[0] as ReplyPart).from + 3] === "-";
    if (/^[2-5]\d\d[ -]/.test(text.slice(part.from, part.from + 4)) || !more) {
      emitReply(context, streams, channel, reply, time);
      reply = [part];
    } else {
      reply.push(part);
    }
  }
  emitReply(context, streams, channel, reply, time);
}

/**
 * A message: a few header fields put together by tshark, then the lines of the body behind `, `; CR LF is printed as two
 * blanks, a bare LF as one. The final dot, and what was sent behind it, are left out.
 */
function message(
  context: ReadContext,
  streams: WireStreams,
  channel: string,
  line: number,
  from: number,
  time: number | undefined,
): void {
  const text = context.view.text(line);
  const header = text.indexOf(", , ", from);
  let at = header === -1 ? text.length : header + 4;
  context.emit("tool", line, from, at, { channel });
  const END = /( {1,2})(?:, |$)/g;
  while (at < text.length) {
    END.lastIndex = at;
    const end = END.exec(text);
    const to = end ? end.index : text.length;
    const wireEnd: WireEnd | undefined = end?.[1] === "  " ? "crlf" : end?.[1] === " " ? "lf" : undefined;
    streams.line(channel, "client", { ...whole({ line, from: at, to }, text.slice(at, to)), end: wireEnd }, time);
    at = end ? end.index + end[0].length : text.length;
  }
  context.emit("tool", line, text.length, text.length, { channel, note: { kind: "client-hidden" } });
}
