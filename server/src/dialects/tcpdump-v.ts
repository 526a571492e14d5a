import { clockTime } from "./log-head.js";
import { type Packet, packetOf } from "./tcpdump-packet.js";
import type { Dialect, ReadContext } from "./types.js";
import { WireStreams } from "./wire-stream.js";

const FIRST =
  /^(?:\d{4}-\d\d-\d\d )?(\d\d:\d\d:\d\d\.\d{1,9}) (?:[\w.-]{1,30} {1,3}(?:In|Out) {1,3})?IP6? \((?:tos|class|flowlabel|hlim)/;
const SECOND = /^ {4}\S{2,80} > \S{2,80}: Flags \[/;

/** `tcpdump -v`: two lines a packet, the lines of the payload behind a tab. */
export const tcpdumpV: Dialect = {
  id: "tcpdump-v",
  title: "tcpdump -v",
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
  },
  detect(sample) {
    if (sample.count(SECOND) === 0) return 0;
    return sample.count(/: SMTP, length: \d+$/) > 0 ? 0.97 : 0.5;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  const streams = new WireStreams(context);
  let packet: Packet | undefined;
  let time: number | undefined;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (packet && packet.length > 0 && text.startsWith("\t")) {
      const pieces = [{ line, from: 1, to: text.length }];
      streams.line(
        packet.channel,
        packet.fromServer ? "server" : "client",
        { pieces, text: text.slice(1), end: undefined },
        time,
      );
      continue;
    }
    if (text === "") continue;
    const first = FIRST.exec(text);
    if (first) {
      time = clockTime(first[1] as string);
      packet = undefined;
    } else if (SECOND.test(text)) {
      packet = packetOf(text);
      if (packet && packet.length > 0) streams.segment();
    }
    streams.tool(line, undefined, packet?.channel);
  }
  streams.flush();
}
