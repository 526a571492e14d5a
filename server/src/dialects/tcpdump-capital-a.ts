import { clockTime } from "./log-head.js";
import { type Packet, packetOf } from "./tcpdump-packet.js";
import type { Dialect, ReadContext } from "./types.js";
import { WireStreams } from "./wire-stream.js";

const SUMMARY =
  /^(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d\.\d{1,9} (?:[\w.-]{1,30} {1,3}(?:In|Out|P|B|M) {1,3})?IP6? \S{2,80} > \S{2,80}: Flags \[/;

/** `tcpdump -A`: a summary, then the packet with its headers, of which the octets that are no text are dots. */
export const tcpdumpCapitalA: Dialect = {
  id: "tcpdump-A",
  title: "tcpdump -A",
  seenWith: "tcpdump 4.99.3",
  traits: {
    body: "stuffed",
    sides: "both",
    endOfDataShown: true,
    order: "wire",
    closeShown: false,
    origin: "recorded",
    startShown: true,
    repliesWhole: true,
    printsDots: true,
  },
  detect(sample) {
    const rows = sample.count(SUMMARY);
    if (rows === 0) return 0;
    return sample.count(/: SMTP(?:: |$)/) > 0 || sample.count(/^[E`].{3,10}@/) > 0 ? 0.97 : 0.6;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  const streams = new WireStreams(context);
  for (let line = 0; line < view.lineCount; ) {
    const text = view.text(line);
    const packet = SUMMARY.test(text) ? packetOf(text) : undefined;
    if (!packet) {
      if (text !== "") streams.tool(line);
      line++;
      continue;
    }
    let next = line + 1;
    while (next < view.lineCount && !SUMMARY.test(view.text(next))) next++;
    take(context, streams, packet, line, next);
    line = next;
  }
  streams.flush();
}

function take(context: ReadContext, streams: WireStreams, packet: Packet, line: number, next: number): void {
  const { view } = context;
  const summary = view.text(line);
  const time = clockTime(/\d\d:\d\d:\d\d\.\d+/.exec(summary)?.[0] ?? "");
  const speaker = packet.fromServer ? "server" : "client";
  if (packet.length > 0) streams.segment();
  if (next === line + 1) {
    // Without -A the summary quotes the first line of the payload.
    const quoted = /^: SMTP: /.test(summary.slice(packet.behind)) ? packet.behind + ": SMTP: ".length : -1;
    if (quoted === -1) streams.tool(line, undefined, packet.channel);
    else {
      const pieces = [{ line, from: quoted, to: summary.length }];
      streams.line(packet.channel, speaker, { pieces, text: summary.slice(quoted), end: undefined }, time);
    }
    return;
  }
  streams.tool(line, undefined, packet.channel);
  // The headers stand in front of the payload, an octet a character; one of them may be a line feed.
  const headers = (/ IP6 /.test(summary.slice(0, 80)) ? 40 : 20) + 20 + packet.optionOctets;
  let column = headers;
  let at = line + 1;
  while (at < next && (packet.length === 0 || column > view.text(at).length)) {
    column -= view.text(at).length + 1;
    if (view.text(at) !== "") streams.tool(at, undefined, packet.channel);
    at++;
  }
  if (at >= next || column < 0) return;
  // Behind a payload that ends in CR LF comes tcpdump's own line end.
  let last = next - 1;
  const complete = last > at && view.text(last) === "";
  if (complete) last--;
  else if (last + 1 === view.lineCount) last = view.lineCount - 1;
  for (; at <= last; at++) {
    const text = view.text(at);
    const pieces = [{ line: at, from: column, to: text.length }];
    const end = at === last && !complete ? "none" : undefined;
    streams.line(packet.channel, speaker, { pieces, text: text.slice(column), end }, time);
    column = 0;
  }
}
