import { closingText } from "./closing-text.js";
import { SpacedReplies } from "./spaced-replies.js";
import type { Dialect, DialectTraits, ReadContext, ToolNote } from "./types.js";
import { looksLikeCommand, looksLikeServerLine } from "./unmarked-lines.js";

/** How a dialect without speaker marks differs from plain text. */
export interface UnmarkedOptions {
  /** Outside message data: true for lines of the tool (prompts, certificates); they are no part of the session. */
  isTool?(text: string, line: number): boolean;
  /** True if `isTool` also holds where a SASL response is due; without it every line there is the response. */
  readonly toolInAuth?: boolean;
  /** Inside message data: true for lines of the tool. */
  isToolInData?(text: string, line: number): boolean;
  /** What a tool line tells of the session. */
  note?(text: string, line: number): ToolNote | undefined;
  /** The dialect never prints the message: what looks like a reply is one. */
  readonly dataHidden?: boolean;
}

const CLOSING = /^(?:421|451|554)[ -]/;
const CLOSED_BY_TOOL = /^(?:Connection closed|closed$|Ncat: |read:|- Peer has closed)/i;

/** The next line that is not empty, within three; "" where none is. */
export function nextText(context: ReadContext, line: number): string {
  const { view } = context;
  for (let next = line + 1; next < view.lineCount && next <= line + 3; next++) {
    const text = view.text(next);
    if (text !== "") return text;
  }
  return "";
}

/** Traits of a session typed or piped into a tool that prints both directions as they are. */
export const INTERACTIVE_TRAITS: DialectTraits = {
  body: "stuffed",
  sides: "both",
  endOfDataShown: true,
  order: "wire",
  closeShown: false,
  origin: "recorded",
  startShown: false,
  repliesWhole: true,
};

/** A dialect that is read by the state of the session; what differs is how it is recognised and its own lines. */
export function unmarkedDialect(
  parts: Pick<Dialect, "id" | "title" | "seenWith" | "detect"> & { readonly traits?: Partial<DialectTraits> },
  options: (context: ReadContext) => UnmarkedOptions,
): Dialect {
  const { id, title, seenWith, detect, traits } = parts;
  return {
    id,
    title,
    seenWith,
    traits: { ...INTERACTIVE_TRAITS, ...traits },
    detect,
    read: (context) => readUnmarked(context, options(context)),
  };
}

/**
 * Reads lines without speaker marks by the state of the session: inside message data everything is the client's up to the
 * lone dot; elsewhere three digits and a blank or hyphen are the server's, tool lines are told by the dialect, the rest is
 * the client's. A refusal right before the connection's end ends the data without a dot (a time-out of the server).
 */
export function readUnmarked(context: ReadContext, options: UnmarkedOptions = {}): void {
  new UnmarkedReader(context, options).read();
}

class UnmarkedReader {
  readonly #scan: DotScan;
  readonly #spacing: SpacedReplies;
  readonly #closes: (line: number, text: string) => boolean;
  /** DATA left and is not answered yet: text may follow. */
  #dataSent = false;
  /** Lines of the current message so far. */
  #dataLines = 0;
  /** The tool said that the connection is gone: what is typed then reaches nobody. */
  #gone = false;
  #client = 0;
  #server = 0;

  constructor(
    readonly context: ReadContext,
    readonly options: UnmarkedOptions,
  ) {
    this.#scan = new DotScan(context);
    this.#closes = closingText(context.view);
    this.#spacing = new SpacedReplies(context.view);
  }

  read(): void {
    const { view } = this.context;
    for (let line = 0; line < view.lineCount; line++) {
      const text = view.text(line);
      // A terminal turns the CR LF of the server into CR CR LF: the second CR ends no line of its own.
      if (text === "" && line > 0 && view.source.lineBreak(line - 1) === "\r") continue;
      if (this.context.expecting.next === "data") this.#takeData(line, text);
      else this.#take(line, text);
    }
    if (this.#server === 0 && this.#client > 1) this.context.traits({ sides: "client" });
    if (this.#client === 0 && this.#server > 0) {
      this.context.traits({ sides: "server", body: "hidden", endOfDataShown: false, order: "loose" });
    }
  }

  #takeData(line: number, text: string): void {
    const { context, options } = this;
    if (options.isToolInData?.(text, line)) {
      context.tool(line);
      return;
    }
    if (looksLikeServerLine(text) && this.#answersData(line)) {
      if (this.#dataLines === 0 || options.dataHidden) context.expecting.saw("client", ".");
      this.#emit("server", line, text);
      return;
    }
    if (this.#dataLines === 0 && this.#spacing.isBehindReply(line)) return;
    const note = text !== "" && !this.#scan.dotFollows(line) ? this.#noteOf(text, line) : undefined;
    if (note?.kind === "close" || note?.kind === "connect" || note?.kind === "session-start") {
      this.#takeNote(line, note);
      return;
    }
    this.#dataLines++;
    this.#emit("client", line, text);
  }

  /** Whether what looks like a reply inside message data is one. */
  #answersData(line: number): boolean {
    if (this.options.dataHidden) return true;
    if (this.#dataLines === 0 && !this.#scan.dotFollows(line)) return true;
    return this.#scan.isReplyInsideData(line);
  }

  #take(line: number, text: string): void {
    const { context, options } = this;
    this.#dataLines = 0;
    const next = context.expecting.next;
    if (text.trim() === "") {
      // An empty line is a SASL response where one is due (DIGEST-MD5 ends so); elsewhere it is nothing.
      if (next === "auth" && text === "" && looksLikeServerLine(nextText(context, line)))
        this.#emit("client", line, text);
      return;
    }
    const note = this.#noteOf(text, line);
    if (note) {
      this.#takeNote(line, note);
      return;
    }
    const tool = (next !== "auth" || options.toolInAuth) && options.isTool?.(text, line);
    if (looksLikeServerLine(text) && !tool) {
      if (this.#gone && /^220[ -]/.test(text)) {
        this.#gone = false;
        context.expecting.reset();
      }
      this.#emit("server", line, text);
    } else if (tool || this.#gone || this.#isAround(line, text, next)) {
      context.tool(line);
    } else {
      this.#emit("client", line, text);
    }
  }

  /** In front of the first line of SMTP and behind the last stands other text. */
  #isAround(line: number, text: string, next: ReadContext["expecting"]["next"]): boolean {
    if (next === "closed") return !looksLikeServerLine(nextText(this.context, line));
    if (next !== "auth" && next !== "greeting" && !this.#dataSent && this.#closes(line, text)) return true;
    return (
      next === "greeting" &&
      this.#client + this.#server === 0 &&
      !looksLikeCommand(text) &&
      /^(?!(?:GET|POST|HEAD|PUT|OPTIONS|CONNECT) )[A-Za-z$#%>~[(]/.test(text)
    );
  }

  /** Notes are short: of a long line only the beginning is looked at. */
  #noteOf(text: string, line: number): ToolNote | undefined {
    return this.options.note?.(text.length > 1000 ? text.slice(0, 1000) : text, line);
  }

  #takeNote(line: number, note: ToolNote): void {
    this.context.tool(line, note);
    if (note.kind === "connect" || note.kind === "session-start") {
      this.context.expecting.reset();
      this.#gone = false;
    } else if (note.kind === "close") this.#gone = true;
  }

  #emit(speaker: "client" | "server", line: number, text: string): void {
    if (speaker === "client") this.#client++;
    else this.#server++;
    if (speaker === "server" || looksLikeCommand(text)) this.#dataSent = /^DATA[ \t]*$/i.test(text);
    if (speaker === "server") this.#spacing.saw(line, text);
    this.context.emit(speaker, line, 0, text.length);
    this.context.expecting.saw(speaker, text);
  }
}

/** Finds out, for a line that looks like a reply inside message data, whether the server spoke there. */
class DotScan {
  /** The first line at or behind `#from` that is a lone dot; Infinity where none follows. */
  #dot = -1;
  #from = -1;

  constructor(readonly context: ReadContext) {}

  /** True if a lone dot stands at or behind a line. */
  dotFollows(line: number): boolean {
    return this.#nextDot(line) !== Number.POSITIVE_INFINITY;
  }

  /** A reply inside data: no lone dot follows any more, and it refuses or the connection ends behind it. */
  isReplyInsideData(line: number): boolean {
    if (this.dotFollows(line)) return false;
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
