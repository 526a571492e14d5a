import { CurlInfo } from "./curl-info.js";
import { clockAt } from "./log-head.js";
import type { Dialect, Piece, ReadContext, Speaker } from "./types.js";

/** `15:53:34.796413 <= Recv header, 36 bytes (0x24)`; SSL data holds TLS records, not SMTP. */
export const CURL_BLOCK =
  /^(\d\d:\d\d:\d\d\.\d{6} )?(<=|=>) (Recv|Send) (header|data|SSL data), (\d{1,10}) bytes \(0x[0-9a-f]{1,8}\)$/;
/** `== Info: …`, with or without a time stamp. */
export const CURL_INFO = /^(\d\d:\d\d:\d\d\.\d{6} )?== Info: /;
const ROW = /^([0-9a-f]{4,8}): ?/;

/** What a block of curl's trace is. */
export interface CurlBlock {
  readonly speaker: Speaker | undefined;
  readonly size: number;
  readonly time: number | undefined;
}

/** Reads the head of a block of curl's trace, or undefined; TLS records have no speaker. */
export function curlBlock(text: string): CurlBlock | undefined {
  const match = CURL_BLOCK.exec(text);
  if (!match) return undefined;
  const speaker = match[4] === "SSL data" ? undefined : match[2] === "<=" ? "server" : "client";
  return { speaker, size: Number(match[5]), time: match[1] === undefined ? undefined : clockAt(text, 0) };
}

/** `curl --trace-ascii`: blocks of rows; a row ends after 64 octets or at CR LF, and its offset tells which of the two. */
export const curlTraceAscii: Dialect = {
  id: "curl-trace-ascii",
  title: "curl --trace-ascii",
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
    const blocks = sample.count(CURL_BLOCK);
    if (blocks === 0) return sample.count(CURL_INFO) > 0 ? 0.5 : 0;
    return sample.count(/^[0-9a-f]{4,8}: (?:[0-9a-f]{2} ){2}/) * 2 > sample.count(ROW) ? 0.3 : 0.99;
  },
  read(context) {
    new Reader(context).read();
  },
};

class Reader {
  readonly #info = new CurlInfo();
  #block: CurlBlock | undefined;
  /** The pieces of the wire line that is being put together, and the offset behind them in the block. */
  #pieces: Piece[] = [];
  #behind = 0;
  #segment = 0;

  constructor(readonly context: ReadContext) {}

  read(): void {
    const { view } = this.context;
    for (let line = 0; line < view.lineCount; line++) {
      const text = view.text(line);
      if (text === "") continue;
      const row = this.#block ? ROW.exec(text) : null;
      if (row) this.#row(line, text, row);
      else if (text.charCodeAt(0) <= 61) this.#head(line, text);
      else this.context.tool(line);
    }
    this.#flush();
  }

  #head(line: number, text: string): void {
    const block = curlBlock(text);
    if (block) {
      this.#finishBlock(block);
      if (block.speaker) this.#segment++;
      this.context.tool(line, undefined, block.time === undefined ? undefined : { time: block.time });
      return;
    }
    const info = CURL_INFO.exec(text);
    if (!info) {
      this.context.tool(line);
      return;
    }
    this.#flush();
    this.#block = undefined;
    this.#info.take(this.context, line, text.slice(info[0].length), info[1] ? clockAt(text, 0) : undefined);
  }

  /** A line whose end was not in its block goes on in the next block of the same speaker. */
  #finishBlock(next: CurlBlock): void {
    const open = this.#block;
    const cutOff = open !== undefined && this.#behind === open.size && next.speaker === open.speaker;
    if (!cutOff) this.#flush();
    this.#block = next;
    this.#behind = 0;
  }

  #row(line: number, text: string, row: RegExpExecArray): void {
    const block = this.#block as CurlBlock;
    if (block.speaker === undefined) {
      this.context.tool(line);
      return;
    }
    const offset = Number.parseInt(row[1] as string, 16);
    if (offset !== this.#behind) this.#flush();
    const from = row[0].length;
    this.#pieces.push({ line, from, to: text.length });
    this.#behind = offset + text.length - from;
    // CR LF are left out of the row, but counted: the last row of a block that ends a line.
    if (this.#behind + 2 === block.size) this.#flush();
  }

  #flush(): void {
    const pieces = this.#pieces;
    if (pieces.length === 0) return;
    this.#pieces = [];
    const block = this.#block as CurlBlock;
    if (block.speaker === undefined) return;
    if (block.speaker === "server") this.#info.serverSpoke();
    const extras = { time: block.time, tls: this.#info.tls || undefined, segment: this.#segment };
    const only = pieces[0] as Piece;
    if (pieces.length === 1) this.context.emit(block.speaker, only.line, only.from, only.to, extras);
    else this.context.emitPieces(block.speaker, pieces, extras);
  }
}
