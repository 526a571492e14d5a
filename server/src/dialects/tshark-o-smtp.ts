import { emitReply, type ReplyPart, whole } from "./tshark-dissection.js";
import type { Dialect, ReadContext, WireEnd } from "./types.js";
import { serverOf, WireStreams } from "./wire-stream.js";

const PORTS =
  /^Transmission Control Protocol, Src Port: (?:[\w-]{1,40} \()?(\d{1,5})\)?, Dst Port: (?:[\w-]{1,40} \()?(\d{1,5})\)?/;
const COMMAND = /^ {4}Command Line: /;
const CREDENTIAL = /^ {4}(?:Username\/Password|Username|Password): /;
const RESPONSE = /^ {4}Response: /;
const PARAMETER = /^ {8}Response parameter: /;
const ROW = /^ {8}(?! )/;

/** `tshark -O smtp`: the dissection of each packet; of a reply only the first line keeps its code. */
export const tsharkOSmtp: Dialect = {
  id: "tshark-O-smtp",
  title: "tshark -O smtp",
  seenWith: "tshark 4.0.17",
  traits: {
    body: "hidden",
    sides: "both",
    endOfDataShown: true,
    order: "wire",
    closeShown: false,
    origin: "recorded",
    startShown: true,
    repliesWhole: false,
  },
  detect(sample) {
    if (sample.count(/^Simple Mail Transfer Protocol$/) === 0) return 0;
    return sample.count(COMMAND) + sample.count(RESPONSE) > 0 ? 0.98 : 0.6;
  },
  read,
};

function read(context: ReadContext): void {
  new Dissection(context).read();
}

/** Walks the frames. */
class Dissection {
  readonly #streams: WireStreams;
  #channel = "";
  #fromServer = false;
  #textRows = false;

  constructor(readonly context: ReadContext) {
    this.#streams = new WireStreams(context);
  }

  read(): void {
    const { view } = this.context;
    for (let line = 0; line < view.lineCount; line++) {
      const text = view.text(line);
      if (text === "") this.#textRows = false;
      else line = this.#take(line, text);
    }
    this.#streams.flush();
  }

  /** Reads the line; gives the number of the last line it dealt with. */
  #take(line: number, text: string): number {
    const streams = this.#streams;
    if (text.startsWith("Transmission Control")) this.#ports(text);
    if (RESPONSE.test(text)) return this.#response(line, text);
    if (COMMAND.test(text) || CREDENTIAL.test(text)) {
      this.#client(line, text.indexOf(": ") + 2, text);
    } else if (text === "    C: .") {
      this.#client(line, 7, text);
    } else if (this.#textRows && ROW.test(text)) {
      // Chunks are printed as text, messages sent with DATA are only counted.
      if (/^ {8}BDAT /i.test(text)) this.context.traits({ body: "stuffed" });
      this.#client(line, 8, text);
    } else {
      this.#textRows = text.startsWith("    Line-based text data") && !this.#fromServer;
      if (text === "Simple Mail Transfer Protocol") this.#hiddenData(line);
      else if (text === "Internet Message Format") streams.tool(line, { kind: "client-hidden" }, this.#channel);
      else if (streams.tlsReady(this.#channel)) streams.tool(line, { kind: "tls-started" }, this.#channel);
      else streams.tool(line, undefined, this.#channel === "" ? undefined : this.#channel);
    }
    return line;
  }

  #ports(text: string): void {
    const ports = PORTS.exec(text);
    if (!ports) return;
    const from = Number(ports[1]);
    const to = Number(ports[2]);
    this.#fromServer = serverOf(from, to) === from;
    this.#channel = String(this.#fromServer ? to : from);
    this.#streams.segment();
  }

  /** The size of a message that is only counted stands two lines below, behind the dot. */
  #hiddenData(line: number): void {
    const { view } = this.context;
    for (let next = line + 1; next <= line + 2 && next < view.lineCount; next++) {
      const size = /^ {4}(?:\[\d{1,6} DATA fragments? \((\d{1,12}) bytes\)|C: DATA fragment, (\d{1,12}) bytes)/.exec(
        view.text(next),
      );
      if (!size) continue;
      const octets = Number(size[1] ?? size[2]);
      this.#streams.tool(line, { kind: "data-hidden", octets, open: true }, this.#channel);
      return;
    }
    this.#streams.tool(line, undefined, this.#channel);
  }

  #client(line: number, from: number, text: string): void {
    const end: WireEnd | undefined = text.endsWith("\\r\\n") ? "crlf" : text.endsWith("\\n") ? "lf" : undefined;
    const to = end === "crlf" ? text.length - 4 : end === "lf" ? text.length - 2 : text.length;
    const open = end === undefined && this.#textRows;
    const content = text.slice(from, Math.max(from, to));
    this.#streams.line(this.#channel, "client", {
      ...whole({ line, from, to: Math.max(from, to) }, content),
      end: open ? "none" : end,
    });
  }

  /** A reply: its first line, and the rest without codes as parameters (the first of them repeats the first line). */
  #response(line: number, text: string): number {
    const { view } = this.context;
    const from = text.indexOf(": ") + 2;
    const to = text.endsWith("\\r\\n") ? text.length - 4 : text.length;
    const parts: ReplyPart[] = [{ line, from, to }];
    const tools: number[] = [];
    let last = line;
    let parameters = 0;
    while (last + 1 < view.lineCount && /^ {8}Response (?:code|parameter): /.test(view.text(last + 1))) {
      last++;
      const row = view.text(last);
      const parameter = PARAMETER.exec(row);
      if (parameter && ++parameters > 1) parts.push({ line: last, from: parameter[0].length, to: row.length });
      else tools.push(last);
    }
    // Both repeats stand between the first line and the rest of the reply.
    emitReply(this.context, this.#streams, this.#channel, parts.slice(0, 1));
    for (const tool of tools) {
      const note = this.#streams.tlsReady(this.#channel) ? ({ kind: "tls-started" } as const) : undefined;
      this.#streams.tool(tool, note, this.#channel);
    }
    this.#rest(parts);
    return last;
  }

  #rest(parts: readonly ReplyPart[]): void {
    const first = parts[0] as ReplyPart;
    if (parts.length < 2) return;
    const code = this.context.view.text(first.line).slice(first.from, first.from + 3);
    const rest = parts.slice(1);
    rest.forEach((part, k) => {
      const text = this.context.view.text(part.line).slice(part.from, part.to);
      const prefix = `${code}${k === rest.length - 1 ? " " : "-"}`;
      const columns = [part.from, part.from, part.from, part.from];
      for (let column = part.from; column <= part.to; column++) columns.push(column);
      this.#streams.line(this.#channel, "server", { ...whole(part, text), text: prefix + text, columns });
    });
  }
}
