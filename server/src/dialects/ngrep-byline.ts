import { isNgrepEnd, isNgrepNoise, type NgrepHead, ngrepHead } from "./ngrep-head.js";
import type { Dialect, DialectTraits, ReadContext, Sample } from "./types.js";
import { type StreamLine, WireStreams } from "./wire-stream.js";

const TRAITS: DialectTraits = {
  body: "stuffed",
  sides: "both",
  endOfDataShown: true,
  order: "wire",
  closeShown: false,
  origin: "recorded",
  startShown: true,
  repliesWhole: true,
  printsDots: true,
};

/** `ngrep -W byline`: one line a line, its CR printed as a dot. */
export const ngrepByline: Dialect = {
  id: "ngrep-byline",
  title: "ngrep -W byline",
  seenWith: "ngrep 1.47",
  traits: TRAITS,
  detect: (sample) => score(sample, false),
  read,
};

/** The same with time stamps (`-t`). */
export const ngrepBylineT: Dialect = {
  id: "ngrep-byline-t",
  title: "ngrep -t -W byline",
  seenWith: "ngrep 1.47",
  traits: TRAITS,
  detect: (sample) => score(sample, true),
  read,
};

function score(sample: Sample, stamped: boolean): number {
  const heads = sample.lines.map(ngrepHead).filter((head) => head !== undefined);
  if (heads.length === 0) return 0;
  // The default form indents what it prints by two blanks.
  const indented = sample.count(/^ {2}(?:[2-5]\d\d[ -]|[A-Z]{4})/);
  const plain = sample.count(/^(?:[2-5]\d\d[ -]|[A-Z]{4}[ .]).*\.$/);
  const form = plain >= indented ? 0.97 : 0.3;
  return heads.some((head) => head.stamped) === stamped ? form : form / 2;
}

function read(context: ReadContext): void {
  const { view } = context;
  const streams = new WireStreams(context);
  let head: NgrepHead | undefined;
  let bare = false;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    const next = ngrepHead(text);
    if (next || isNgrepEnd(text) || (isNgrepNoise(text) && endsPacket(context, line))) {
      if (next) streams.segment();
      head = next;
      bare = false;
      streams.tool(line, undefined, next?.channel);
    } else if (head && !(text === "" && endsPacket(context, line))) {
      const data = dataLine(line, text, bare);
      bare = data.end === "lf";
      streams.line(head.channel, head.speaker, data, head.time);
    } else if (text !== "") {
      streams.tool(line);
    }
  }
  streams.flush();
}

/** True if only empty lines, ngrep's own lines or the head of a packet follow: the packet is over here. */
function endsPacket(context: ReadContext, line: number): boolean {
  const { view } = context;
  let next = line + 1;
  while (next < view.lineCount && next < line + 4 && view.text(next) === "") next++;
  if (next >= view.lineCount) return true;
  const text = view.text(next);
  return isNgrepNoise(text) || ngrepHead(text) !== undefined;
}

/** A dot at the end is the CR. A dot alone is an empty line, unless the line before had no CR either: then it is a bare dot. */
function dataLine(line: number, text: string, bare: boolean): StreamLine {
  const crlf = text.endsWith(".") && !(text === "." && bare);
  const to = crlf ? text.length - 1 : text.length;
  return { pieces: [{ line, from: 0, to }], text: text.slice(0, to), end: crlf ? "crlf" : "lf" };
}
