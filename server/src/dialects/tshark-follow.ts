import type { Dialect, ReadContext, Speaker } from "./types.js";
import { keepsLineEnds, serverOf, WireStreams, wireEndOf } from "./wire-stream.js";

const RULE = /^={30,}$/;
const COUNT = /^(\t?)(\d{1,9})$/;
/** As many octets may be missing where editors took the blanks at line ends away ("-- "). */
const FEW = 16;
const NODE = /^Node ([01]): (?:\[?)(\S{1,60}?)(?:\]?):(\d{1,5})$/;
/** `Follow: tcp,ascii`; follow,tls shows what was decrypted. */
export const FOLLOW = /^Follow: (?:tcp|tls|ssl),(ascii|hex|utf-8|raw|ebcdic|yaml)$/;

/** `tshark -z follow,tcp,ascii,N`: segments behind their length, those of the second node behind a tab. */
export const tsharkFollow: Dialect = {
  id: "tshark-follow",
  title: "tshark follow (ascii)",
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
    printsDots: true,
  },
  detect(sample) {
    return sample.count(/^Follow: (?:tcp|tls|ssl),(?:ascii|utf-8)$/) > 0
      ? 0.98
      : sample.count(/^\t\d{1,9}$/) > 1 && sample.count(/^\d{1,9}$/) > 0
        ? 0.8
        : 0;
  },
  read,
};

/** The two ends of a followed stream. */
export interface Nodes {
  channel: string;
  /** Number of the node that is the server. */
  server: 0 | 1;
}

/** Reads the frame lines of a follow: the nodes with their ports; true if the line is one of them. */
export class FollowHead {
  readonly nodes: Nodes = { channel: "", server: 1 };
  #ports: number[] = [];
  #filter = "";

  take(text: string): boolean {
    const filter = /^Filter: (.{1,200})$/.exec(text);
    if (filter) this.#filter = filter[1] as string;
    const node = NODE.exec(text);
    if (node) {
      if (node[1] === "0") this.#ports = [];
      this.#ports.push(Number(node[3]));
      const [first, second] = this.#ports;
      if (first !== undefined && second !== undefined) this.nodes.server = serverOf(first, second) === first ? 0 : 1;
      this.nodes.channel = `${this.#filter} ${this.#ports.join("-")}`;
    }
    return filter !== null || node !== null || RULE.test(text) || FOLLOW.test(text);
  }
}

function read(context: ReadContext): void {
  const { view } = context;
  const streams = new WireStreams(context);
  const head = new FollowHead();
  const headless = serverWithoutHead(context);
  if (headless !== undefined) {
    head.nodes.channel = "stream";
    head.nodes.server = headless;
  }
  const exact = keepsLineEnds(context);
  let speaker: Speaker = "client";
  let left = 0;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text === "" && left > 0 && left < FEW && isHead(view.text(line + 1))) left = 0;
    if (left > 0 && !(text === "" && line + 1 === view.lineCount)) {
      const end = exact ? wireEndOf(context, line) : "crlf";
      const cutOff = left <= text.length;
      left = Math.max(0, left - text.length - (end === "crlf" ? 2 : 1));
      const pieces = [{ line, from: 0, to: text.length }];
      streams.line(head.nodes.channel, speaker, { pieces, text, end: cutOff ? "none" : exact ? end : undefined });
      continue;
    }
    if (text === "") continue;
    if (head.nodes.channel === "stream" && NODE.test(text)) head.nodes.channel = "";
    const count = head.nodes.channel === "" ? null : COUNT.exec(text);
    if (count) {
      speaker = (count[1] === "\t" ? 1 : 0) === head.nodes.server ? "server" : "client";
      left = Number(count[2]);
      streams.segment();
    } else if (head.take(text)) {
      streams.flush();
    }
    streams.tool(line);
  }
  streams.flush();
}

/** A segment, or the end of the stream, begins here. */
function isHead(text: string): boolean {
  return COUNT.test(text) || RULE.test(text);
}

/** In a part that begins behind the list of nodes: the node whose segments begin with replies. */
function serverWithoutHead(context: ReadContext): 0 | 1 | undefined {
  const { view } = context;
  for (let line = 0; line + 1 < view.lineCount && line < 400; line++) {
    const text = view.text(line);
    if (NODE.test(text)) return undefined;
    const count = COUNT.exec(text);
    if (count && /^[2-5]\d\d[ -]/.test(view.text(line + 1))) return count[1] === "\t" ? 1 : 0;
  }
  return undefined;
}
