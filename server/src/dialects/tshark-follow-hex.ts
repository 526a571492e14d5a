import { emitBuffered, OctetBuffer } from "./hex-dump.js";
import { FollowHead } from "./tshark-follow.js";
import type { Dialect, ReadContext, Speaker } from "./types.js";
import { looksBinary } from "./wire-stream.js";

const ROW = /^(\t?)([0-9A-Fa-f]{8}) {2}(?=[0-9a-f]{2} )/;

/** `tshark -z follow,tcp,hex,N`: rows of 16 octets, those of the second node behind a tab. */
export const tsharkFollowHex: Dialect = {
  id: "tshark-follow-hex",
  title: "tshark follow (hex)",
  seenWith: "tshark 4.0.17",
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
    if (sample.count(/^Follow: (?:tcp|tls|ssl),hex$/) > 0) return 0.98;
    return sample.count(/^\t[0-9A-Fa-f]{8} {2}[0-9a-f]{2} /) > 0 && sample.count(ROW) > 1 ? 0.7 : 0;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  const head = new FollowHead();
  let buffers = { server: new OctetBuffer(), client: new OctetBuffer() };
  let segment = 0;
  let last = "";
  const take = (speaker: "client" | "server", all: boolean): void => {
    const extras = { channel: head.nodes.channel, segment };
    buffers[speaker].takeLines(context, all, (line) => {
      if (!looksBinary(line.text) || line.text.length < 4) emitBuffered(context, speaker, line, extras);
      else context.tool(line.line);
    });
  };
  const flush = (): void => {
    take("server", true);
    take("client", true);
    buffers = { server: new OctetBuffer(), client: new OctetBuffer() };
  };
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    const row = ROW.exec(text);
    if (row) {
      const speaker: Speaker = (row[1] === "\t" ? 1 : 0) === head.nodes.server ? "server" : "client";
      if (speaker !== last) {
        if (last === "server" || last === "client") take(last, true);
        segment++;
        last = speaker;
      }
      buffers[speaker].pushRow(text, line, row[0].length, 16);
      take(speaker, false);
    } else if (text !== "") {
      if (head.take(text)) flush();
      context.tool(line);
    }
  }
  flush();
}
