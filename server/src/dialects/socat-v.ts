import { isoTime } from "./log-head.js";
import type { Dialect, ReadContext, Speaker, WireEnd } from "./types.js";
import { type StreamLine, WireStreams } from "./wire-stream.js";

const HEADER = /[<>] \d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d\.\d{6,9} {1,2}length=\d{1,10} from=\d{1,12} to=\d{1,12}$/;
const AT_START = new RegExp(`^${HEADER.source}`);
const ESCAPES: Readonly<Record<string, string>> = {
  r: "\r",
  a: "\x07",
  b: "\b",
  v: "\v",
  f: "\f",
  t: "\t",
  "\\": "\\",
  '"': '"',
};

/** `socat -v`: blocks with a header, carriage returns written as `\r`, so that bare line feeds show. */
export const socatV: Dialect = {
  id: "socat-v",
  title: "socat -v",
  seenWith: "socat 1.7.4.4",
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
    return sample.count(AT_START) > 0 ? 0.98 : sample.count(HEADER) > 0 ? 0.9 : 0;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  const streams = new WireStreams(context);
  const serverMark = serverArrow(context);
  let speaker: Speaker | undefined;
  let time: number | undefined;
  /** Octets of the block that are still to come. */
  let left = 0;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    const header = text.endsWith("\\r") || !text.includes(" to=") ? null : HEADER.exec(text);
    const data = header ? text.slice(0, header.index) : text;
    if (header && header.index === 0) {
      // Nothing stands in front: the header has the line for itself.
    } else if (speaker && left > 0) {
      if (data !== "" || line + 1 < view.lineCount) {
        const content = dataLine(line, data, header !== null);
        left -= content.text.length + (content.end === "crlf" ? 2 : content.end === "lf" ? 1 : 0);
        streams.line("socat", speaker, content, time);
      }
    } else if (data.trim() !== "") {
      streams.tool(line);
    }
    if (header) {
      streams.segment();
      speaker = header[0][0] === serverMark ? "server" : "client";
      time = socatTime(header[0]);
      left = Number(/length=(\d+)/.exec(header[0])?.[1]);
      streams.tool(line);
    }
  }
  streams.flush();
}

/** socat's microseconds stand in nine digits, the first three of them zero. */
function socatTime(header: string): number | undefined {
  const seconds = isoTime(header.slice(2, 21));
  const fraction = /\.(\d{6,9})/.exec(header)?.[1];
  return seconds === undefined || fraction === undefined ? seconds : seconds + Number(fraction) / 1000;
}

/** `<` is what the second address sent: the server, unless socat was called the other way round. */
function serverArrow(context: ReadContext): string {
  const { view } = context;
  for (let line = 0; line + 1 < view.lineCount && line < 200; line++) {
    const text = view.text(line);
    if (!AT_START.test(text)) continue;
    if (/^220[ -]/.test(view.text(line + 1))) return text[0] as string;
  }
  return "<";
}

function dataLine(line: number, data: string, cutOff: boolean): StreamLine {
  const crlf = !cutOff && data.endsWith("\\r");
  const to = crlf ? data.length - 2 : data.length;
  const end: WireEnd = cutOff ? "none" : crlf ? "crlf" : "lf";
  const content = data.slice(0, to);
  const pieces = [{ line, from: 0, to }];
  if (!content.includes("\\")) return { pieces, text: content, end };
  let text = "";
  const columns: number[] = [];
  for (let at = 0; at < to; ) {
    const escaped = content[at] === "\\" ? ESCAPES[content[at + 1] ?? ""] : undefined;
    columns.push(at);
    text += escaped ?? content[at];
    at += escaped === undefined ? 1 : 2;
  }
  columns.push(to);
  return { pieces, text, end, columns };
}
