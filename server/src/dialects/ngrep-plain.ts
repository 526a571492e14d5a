import { lastWhere } from "../text/search.js";
import { isNgrepNoise, type NgrepHead, ngrepHead } from "./ngrep-head.js";
import type { Dialect, Piece, ReadContext } from "./types.js";
import { WireStreams } from "./wire-stream.js";

/** ngrep's default form: rows of fixed width behind two blanks, every octet that is no text a dot. */
export const ngrepPlain: Dialect = {
  id: "ngrep-plain",
  title: "ngrep",
  seenWith: "ngrep 1.47",
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
    if (!sample.lines.some((line) => ngrepHead(line) !== undefined)) return 0;
    const indented = sample.count(/^ {2}(?:[2-5]\d\d[ -]|[A-Z]{4})/);
    const plain = sample.count(/^(?:[2-5]\d\d[ -]|[A-Z]{4}[ .]).*\.$/);
    return indented > plain ? 0.97 : 0.2;
  },
  read,
};

function read(context: ReadContext): void {
  const { view } = context;
  const streams = new WireStreams(context);
  let head: NgrepHead | undefined;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    const next = ngrepHead(text);
    if (next) {
      head = next;
      streams.segment();
      streams.tool(line, undefined, next.channel);
    } else if (head && text.startsWith("  ")) {
      const first = line;
      while (line + 1 < view.lineCount && view.text(line + 1).startsWith("  ")) line++;
      packet(context, streams, head, first, line);
    } else if (text !== "") {
      if (isNgrepNoise(text)) head = undefined;
      streams.tool(line);
    }
  }
  streams.flush();
}

/** Rows of a packet as one text, with the way back. */
class Rows {
  text = "";
  readonly #starts: number[] = [];

  constructor(
    context: ReadContext,
    readonly first: number,
    last: number,
  ) {
    const texts: string[] = [];
    let length = 0;
    for (let line = first; line <= last; line++) {
      const row = context.view.text(line).slice(2);
      this.#starts.push(length);
      const kept = line === last ? row.trimEnd() : row;
      texts.push(kept);
      length += kept.length;
    }
    this.text = texts.join("");
  }

  /** The stretches of the rows between two places of the text. `row`: where to begin to look. */
  pieces(from: number, to: number): Piece[] {
    const pieces: Piece[] = [];
    let row = this.#rowAt(from);
    let at = from;
    do {
      const start = this.#starts[row] as number;
      const stop = Math.min(to, this.#starts[row + 1] ?? to);
      pieces.push({ line: this.first + row, from: at - start + 2, to: stop - start + 2 });
      at = stop;
      row++;
    } while (at < to);
    return pieces;
  }

  #rowAt(place: number): number {
    return lastWhere(0, this.#starts.length - 1, (row) => (this.#starts[row] as number) <= place);
  }
}

/** CR LF are two dots: a run of dots is line ends, an odd one in front is text; the end of the data is one dot more. */
function packet(context: ReadContext, streams: WireStreams, head: NgrepHead, first: number, last: number): void {
  const rows = new Rows(context, first, last);
  const { text } = rows;
  let from = 0;
  const put = (to: number, cutOff = false): void => {
    const end = cutOff ? "none" : undefined;
    streams.line(
      head.channel,
      head.speaker,
      { pieces: rows.pieces(from, to), text: text.slice(from, to), end },
      head.time,
    );
  };
  for (let at = text.indexOf("..", from); at !== -1; at = text.indexOf("..", from)) {
    let stop = at;
    while (text[stop] === ".") stop++;
    let dots = stop - at;
    const inData = head.speaker === "client" && streams.inData(head.channel);
    const terminates = inData && stop === text.length && dots >= 5 && dots % 2 === 1;
    if (!terminates && dots % 2 === 1) {
      at++;
      dots--;
    }
    const ends = terminates ? (dots - 3) / 2 : dots / 2;
    for (let k = 0; k < ends; k++) {
      put(k === 0 ? at : from);
      from = at + 2 * (k + 1);
    }
    if (terminates) {
      put(from + 1);
      from = stop;
    }
  }
  if (from < text.length) put(text.length, true);
}
