import type { Dialect, ReadContext, Speaker } from "./types.js";
import { keepsLineEnds, serverOf, WireStreams, wireEndOf } from "./wire-stream.js";

const HEAD =
  /^(?:\S{1,60} )?(\d{3}\.\d{3}\.\d{3}\.\d{3}|[0-9a-fA-F:]{4,45})\.(\d{5})-(\d{3}\.\d{3}\.\d{3}\.\d{3}|[0-9a-fA-F:]{4,45})\.(\d{5}): /;

/** `tcpflow -c`: the ends in front of the first line of each segment, an empty line behind it. */
export const tcpflowC: Dialect = {
  id: "tcpflow-c",
  title: "tcpflow -c",
  seenWith: "tcpflow 1.6.1",
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
    return sample.count(HEAD) > 0 ? 0.98 : 0;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  const streams = new WireStreams(context);
  const exact = keepsLineEnds(context);
  let channel: string | undefined;
  let speaker: Speaker = "client";
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    const head = HEAD.exec(text);
    if (head) {
      const from = Number(head[2]);
      const to = Number(head[4]);
      const server = serverOf(from, to);
      speaker = from === server ? "server" : "client";
      channel = speaker === "server" ? `${head[3]}:${to}` : `${head[1]}:${from}`;
      streams.segment();
    }
    const lastOfSegment = line + 1 >= view.lineCount || HEAD.test(view.text(line + 1));
    if (channel === undefined) {
      if (text.trim() !== "") streams.tool(line);
    } else if (text === "" && !head && (lastOfSegment || isLastBlank(context, line))) {
      // tcpflow's own empty line behind the segment.
    } else {
      const start = head ? head[0].length : 0;
      // Without its empty line the segment ended inside a line.
      const end = lastOfSegment && line + 1 < view.lineCount ? "none" : exact ? wireEndOf(context, line) : undefined;
      streams.line(channel, speaker, {
        pieces: [{ line, from: start, to: text.length }],
        text: text.slice(start),
        end,
      });
    }
  }
  streams.flush();
}

/** The empty line at the end of the file, in front of nothing. */
function isLastBlank(context: ReadContext, line: number): boolean {
  return line + 2 === context.view.lineCount && context.view.text(line + 1) === "";
}
