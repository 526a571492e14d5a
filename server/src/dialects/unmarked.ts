import type { ReadContext, ToolNote } from "./types.js";

/** How a dialect without speaker marks differs from plain text. */
export interface UnmarkedOptions {
  /** Outside message data: true for lines of the tool (prompts, certificates); they are no part of the session. */
  isTool?(text: string, line: number): boolean;
  /** What a tool line tells of the session. */
  note?(text: string): ToolNote | undefined;
}

const REPLY_LINE = /^[2-5][0-9]{2}(?:[ -]|$)/;
const CLOSING = /^(?:421|451|554)[ -]/;
const CLOSED_BY_TOOL = /^(?:Connection closed|closed$|Ncat: |read:|- Peer has closed)/i;

/** True if a line reads as a reply line of a server. */
export function looksLikeServerLine(text: string): boolean {
  return REPLY_LINE.test(text);
}

/**
 * Reads lines without speaker marks by the state of the session: inside message data everything is the client's up to the
 * lone dot; elsewhere three digits and a blank or hyphen are the server's, tool lines are told by the dialect, the rest is
 * the client's. A refusal right before the connection's end ends the data without a dot (a time-out of the server).
 */
export function readUnmarked(context: ReadContext, options: UnmarkedOptions = {}): void {
  const { view, expecting } = context;
  const scan = new DotScan(context);
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    const next = expecting.next;
    if (next === "data") {
      const server = looksLikeServerLine(text) && scan.isReplyInsideData(line);
      context.emit(server ? "server" : "client", line, 0, text.length);
      expecting.saw(server ? "server" : "client", text);
      continue;
    }
    if (text.trim() === "") {
      // An empty line is a SASL response where one is due (DIGEST-MD5 ends so); elsewhere it is nothing.
      if (next === "auth" && text === "" && looksLikeServerLine(nextText(context, line))) {
        context.emit("client", line, 0, 0);
        expecting.saw("client", "");
      }
      continue;
    }
    if (looksLikeServerLine(text)) {
      context.emit("server", line, 0, text.length);
      expecting.saw("server", text);
      continue;
    }
    const note = options.note?.(text);
    if (note || (next !== "auth" && options.isTool?.(text, line))) {
      context.tool(line, note);
      if (note?.kind === "connect" || note?.kind === "session-start") expecting.reset();
      continue;
    }
    context.emit("client", line, 0, text.length);
    expecting.saw("client", text);
  }
}

function nextText(context: ReadContext, line: number): string {
  for (let next = line + 1; next < context.view.lineCount && next <= line + 2; next++) {
    const text = context.view.text(next);
    if (text !== "") return text;
  }
  return "";
}

/** Finds out, for a line that looks like a reply inside message data, whether the server spoke there. */
class DotScan {
  /** The first line at or behind `#from` that is a lone dot; Infinity where none follows. */
  #dot = -1;
  #from = -1;

  constructor(readonly context: ReadContext) {}

  /** A reply inside data: no lone dot follows any more, and it refuses or the connection ends behind it. */
  isReplyInsideData(line: number): boolean {
    if (this.#nextDot(line) !== Number.POSITIVE_INFINITY) return false;
    const { view } = this.context;
    if (!CLOSING.test(view.text(line))) return false;
    for (let next = line + 1; next < view.lineCount; next++) {
      const text = view.text(next);
      if (text.trim() === "") continue;
      return CLOSED_BY_TOOL.test(text) || looksLikeServerLine(text);
    }
    return true;
  }

  #nextDot(line: number): number {
    if (line >= this.#from && line <= this.#dot) return this.#dot;
    const { view } = this.context;
    let dot = line;
    while (dot < view.lineCount && view.text(dot) !== ".") dot++;
    this.#from = line;
    this.#dot = dot === view.lineCount ? Number.POSITIVE_INFINITY : dot;
    return this.#dot;
  }
}
