import { CurlInfo } from "./curl-info.js";
import { CURL_BLOCK, CURL_INFO, type CurlBlock, curlBlock } from "./curl-trace-ascii.js";
import { emitBuffered, OctetBuffer } from "./hex-dump.js";
import { clockAt } from "./log-head.js";
import type { Dialect, ReadContext, Speaker } from "./types.js";

const ROW = /^[0-9a-f]{4,8}: /;

/** `curl --trace`: the same blocks as `--trace-ascii`, as rows of 16 octets in hex. */
export const curlTrace: Dialect = {
  id: "curl-trace",
  title: "curl --trace",
  seenWith: "curl 7.88.1",
  traits: {
    body: "stuffed",
    sides: "both",
    endOfDataShown: false,
    order: "wire",
    closeShown: false,
    origin: "recorded",
    startShown: true,
    repliesWhole: true,
  },
  detect(sample) {
    if (sample.count(CURL_BLOCK) === 0) return 0;
    return sample.count(/^[0-9a-f]{4,8}: (?:[0-9a-f]{2} ){2}/) * 2 > sample.count(ROW) ? 0.99 : 0;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  const info = new CurlInfo();
  let buffer = new OctetBuffer();
  let block: CurlBlock | undefined;
  let segment = 0;
  const flush = (speaker: Speaker | undefined, time: number | undefined, all: boolean): void => {
    if (speaker === undefined) return;
    if (speaker === "server") info.serverSpoke();
    const extras = { time, tls: info.tls || undefined, segment };
    buffer.takeLines(context, all, (line) => emitBuffered(context, speaker, line, extras));
  };
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text === "") continue;
    const next = curlBlock(text);
    if (next) {
      flush(block?.speaker, block?.time, next.speaker !== block?.speaker);
      if (next.speaker === undefined || next.speaker !== block?.speaker) buffer = new OctetBuffer();
      block = next;
      if (next.speaker) segment++;
      context.tool(line, undefined, next.time === undefined ? undefined : { time: next.time });
    } else if (block && ROW.test(text)) {
      if (block.speaker) buffer.pushRow(text, line, text.indexOf(":") + 2, 16);
      else context.tool(line);
    } else {
      const head = CURL_INFO.exec(text);
      flush(block?.speaker, block?.time, true);
      block = undefined;
      if (head) info.take(context, line, text.slice(head[0].length), head[1] ? clockAt(text, 0) : undefined);
      else context.tool(line);
    }
  }
  flush(block?.speaker, block?.time, true);
}
