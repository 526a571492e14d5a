import type { Piece, ReadContext, Speaker, ToolNote, WireEnd } from "./types.js";

/** Ports on which servers listen for SMTP, submission and LMTP. */
const SERVER_PORTS = new Set([24, 25, 26, 465, 587, 2024, 2025, 2465, 2525, 2526, 2587, 10024, 10025, 1025]);
const VERB =
  /^(?:EHLO|HELO|LHLO|MAIL FROM|RCPT TO|DATA|QUIT|STARTTLS|AUTH|RSET|NOOP|VRFY|EXPN|HELP|BDAT|ETRN|XCLIENT|XFORWARD|GET|POST)\b/i;
const REPLY = /^[2-5]\d\d(?:[ -]|$)/;
const CHUNK = /^BDAT[ \t]+(\d{1,9})\b/i;

/** True if a port is one that SMTP servers listen on. */
export function isServerPort(port: number): boolean {
  return SERVER_PORTS.has(port);
}

/** Which of two ports is the server's: a known one, else the lower one. */
export function serverOf(a: number, b: number): number {
  if (isServerPort(a) !== isServerPort(b)) return isServerPort(a) ? a : b;
  return Math.min(a, b);
}

/** True if text is rather TLS or other binary data, as captures print it, than SMTP. */
export function looksBinary(text: string): boolean {
  let odd = 0;
  const length = Math.min(text.length, 200);
  for (let k = 0; k < length; k++) {
    const unit = text.charCodeAt(k);
    if (unit < 32 || unit === 46 || unit > 126) odd++;
  }
  return odd * 3 > length || /[\x00-\x08\x0e-\x1f\x7f]/.test(text.slice(0, 200));
}

/** One line, or the part of it that one segment carried. */
export interface StreamLine {
  readonly pieces: readonly Piece[];
  readonly text: string;
  /** "none": the segment ended here without a line end; the next segment of the speaker may go on with it. */
  readonly end: WireEnd | undefined;
  /** Columns of an unescaped text, where it does not stand as it is (one piece only). */
  readonly columns?: readonly number[];
}

interface Channel {
  readonly id: string;
  chunk: number;
  inData: boolean;
  /** STARTTLS was sent; answered with 220, what follows may be TLS. */
  tls: "none" | "asked" | "ready" | "started";
  /** Something of SMTP was seen: what came before was another protocol or the middle of one. */
  smtp: boolean;
  open: { line: StreamLine; speaker: Speaker; segment: number; time: number | undefined } | undefined;
}

/**
 * Puts the segments of a capture together to wire lines: a line may go on in the next segment, a BDAT chunk may end inside a
 * line, and what follows STARTTLS is no text any more.
 */
export class WireStreams {
  readonly #channels = new Map<string, Channel>();
  #segment = 0;
  /** The server's data ended here: what stands below belongs to the text around the capture. */
  #over = false;
  /** Tool lines that wait until the open line before them is emitted. */
  readonly #tools: { line: number; note: ToolNote | undefined; channel: string | undefined }[] = [];

  constructor(readonly context: ReadContext) {}

  /** A new write or packet begins. */
  segment(): void {
    this.#segment++;
    this.#over = false;
  }

  /** Emits a line of the capturing tool. */
  tool(line: number, note?: ToolNote, channel?: string): void {
    if (this.#anyOpen()) this.#tools.push({ line, note, channel });
    else this.context.tool(line, note, { channel });
  }

  /** True once, when STARTTLS was answered with 220 in a channel. */
  tlsReady(id: string): boolean {
    const channel = this.#channels.get(id);
    if (channel?.tls !== "ready") return false;
    channel.tls = "started";
    return true;
  }

  /** True while a channel is inside a message. */
  inData(id: string): boolean {
    return this.#channels.get(id)?.inData ?? false;
  }

  /** Takes a line, or the last part of a segment without a line end. */
  line(id: string, speaker: Speaker, line: StreamLine, time?: number): void {
    const channel = this.#channel(id);
    // No reply has an empty line.
    if (speaker === "server" && line.text === "" && line.end !== "none") this.#over = true;
    if (this.#over) {
      for (const piece of line.pieces) this.tool(piece.line, undefined, id);
      return;
    }
    const { open } = channel;
    if (open && open.speaker === speaker) {
      channel.open = undefined;
      this.line(id, speaker, joined(open.line, line), open.time ?? time);
      return;
    }
    this.flush(id);
    if (this.#isHidden(channel, speaker, line.text)) {
      for (const piece of line.pieces) this.tool(piece.line, this.#tlsNote(channel), id);
      return;
    }
    const chunk = speaker === "client" ? channel.chunk : 0;
    const length = line.text.length + (line.end === "none" ? 0 : line.end === "lf" || line.end === "cr" ? 1 : 2);
    if (chunk > 0 && length > chunk && chunk < line.text.length) {
      channel.chunk = 0;
      this.#emit(channel, speaker, cut(line, 0, chunk, "none"), time);
      this.line(id, speaker, cut(line, chunk, line.text.length, line.end), time);
    } else if (line.end === "none" && (chunk === 0 || length < chunk)) {
      channel.open = { line, speaker, segment: this.#segment, time };
    } else {
      if (chunk > 0) channel.chunk = Math.max(0, chunk - length);
      this.#emit(channel, speaker, line, time, chunk > 0);
    }
  }

  /** Emits what is still open of one channel, or of all. */
  flush(id?: string): void {
    for (const channel of this.#channels.values()) {
      if (id !== undefined && channel.id !== id) continue;
      const { open } = channel;
      if (!open) continue;
      channel.open = undefined;
      const inChunk = channel.chunk > 0;
      channel.chunk = Math.max(0, channel.chunk - open.line.text.length);
      this.#emit(channel, open.speaker, open.line, open.time, inChunk, open.segment);
    }
    if (!this.#anyOpen()) this.#flushTools();
  }

  #flushTools(): void {
    for (const { line, note, channel } of this.#tools) this.context.tool(line, note, { channel });
    this.#tools.length = 0;
  }

  #anyOpen(): boolean {
    if (this.#channels.size > 50) return false;
    for (const channel of this.#channels.values()) if (channel.open) return true;
    return false;
  }

  #channel(id: string): Channel {
    let channel = this.#channels.get(id);
    if (!channel) {
      channel = { id, chunk: 0, inData: false, tls: "none", smtp: false, open: undefined };
      this.#channels.set(id, channel);
    }
    return channel;
  }

  /** Ciphertext, or a stream in which nothing of SMTP was seen yet. */
  #isHidden(channel: Channel, speaker: Speaker, text: string): boolean {
    if (!channel.smtp) {
      const known = speaker === "server" ? REPLY.test(text) : VERB.test(text) || !looksBinary(text);
      if (!known || (text === "" && !channel.smtp)) return true;
      channel.smtp = true;
    }
    if (channel.tls === "none" || channel.tls === "asked") return false;
    // A capture that could be decrypted shows the dialogue going on.
    if (channel.tls === "ready" && speaker === "client" && VERB.test(text)) {
      channel.tls = "none";
      return false;
    }
    return true;
  }

  #tlsNote(channel: Channel): ToolNote | undefined {
    if (channel.tls !== "ready") return undefined;
    channel.tls = "started";
    return { kind: "tls-started" };
  }

  #emit(
    channel: Channel,
    speaker: Speaker,
    line: StreamLine,
    time: number | undefined,
    inChunk = false,
    segment = this.#segment,
  ): void {
    const { context } = this;
    const extras = { channel: channel.id, wireEnd: line.end, segment, time };
    const first = line.pieces[0] as Piece;
    if (line.columns) context.emitMapped(speaker, first.line, line.text, line.columns, extras);
    else if (line.pieces.length === 1) context.emit(speaker, first.line, first.from, first.to, extras);
    else context.emitPieces(speaker, line.pieces, extras);
    if (!this.#anyOpen()) this.#flushTools();
    if (!inChunk) this.#follow(channel, speaker, line.text);
  }

  #follow(channel: Channel, speaker: Speaker, text: string): void {
    if (speaker === "server") {
      if (text.startsWith("354")) channel.inData = true;
      else if (channel.inData && /^[45]/.test(text)) channel.inData = false;
      if (channel.tls === "asked") channel.tls = text.startsWith("220") ? "ready" : "none";
      return;
    }
    if (channel.inData) {
      if (text === ".") channel.inData = false;
      return;
    }
    const chunk = CHUNK.exec(text);
    if (chunk) channel.chunk = Number(chunk[1]);
    else if (/^STARTTLS\s*$/i.test(text)) channel.tls = "asked";
  }
}

function joined(a: StreamLine, b: StreamLine): StreamLine {
  if (a.columns || b.columns)
    return { ...b, text: a.text + b.text, columns: undefined, pieces: [...a.pieces, ...b.pieces] };
  return { pieces: [...a.pieces, ...b.pieces], text: a.text + b.text, end: b.end };
}

function cut(line: StreamLine, from: number, to: number, end: WireEnd | undefined): StreamLine {
  const text = line.text.slice(from, to);
  const first = line.pieces[0] as Piece;
  if (line.columns) {
    const columns = line.columns.slice(from, to + 1);
    return { text, end, columns, pieces: [{ line: first.line, from: columns[0] ?? 0, to: columns[to - from] ?? 0 }] };
  }
  const pieces: Piece[] = [];
  let at = 0;
  for (const piece of line.pieces) {
    const length = piece.to - piece.from;
    const start = Math.max(from - at, 0);
    const stop = Math.min(to - at, length);
    if (stop > start) pieces.push({ line: piece.line, from: piece.from + start, to: piece.from + stop });
    at += length;
  }
  return { text, end, pieces: pieces.length > 0 ? pieces : [{ line: first.line, from: first.from, to: first.from }] };
}

/**
 * How the lines of a file tell their wire ends: only where the tool's own lines end in LF and the data in CR LF does the
 * file keep them; in a file with one kind of line end they are lost.
 */
export function keepsLineEnds(context: ReadContext): boolean {
  const { text } = context.view.source;
  const crlf = text.indexOf("\r\n");
  if (crlf === -1) return false;
  let lf = text.indexOf("\n");
  while (lf !== -1 && text[lf - 1] === "\r") lf = text.indexOf("\n", lf + 1);
  return lf !== -1;
}

/** The wire end of a source line, in a file that keeps them. */
export function wireEndOf(context: ReadContext, line: number): WireEnd {
  const end = context.view.source.lineBreak(line);
  return end === "\r\n" ? "crlf" : end === "\n" ? "lf" : end === "\r" ? "cr" : "none";
}
