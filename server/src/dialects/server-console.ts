import { closingText } from "./closing-text.js";
import { SpacedReplies } from "./spaced-replies.js";
import type { ReadContext, ToolNote } from "./types.js";
import { looksLikeServerLine } from "./unmarked-lines.js";

const VERB =
  /^(?:EHLO|HELO|LHLO|MAIL|RCPT|DATA|QUIT|STARTTLS|AUTH|RSET|NOOP|VRFY|EXPN|HELP|BDAT|ETRN|VERB|XCLIENT|XFORWARD)\b/i;

/** How a server on standard input prints more than SMTP. */
export interface ConsoleOptions {
  /** True for lines of the program itself; they also stand inside message data. */
  isTool(text: string): boolean;
  note?(text: string): ToolNote | undefined;
  /** Called for each tool line; true if it dealt with the line. */
  take?(line: number, text: string): boolean;
}

/**
 * Reads a server that speaks on standard output (`-bs`, `-bh`): only its own lines where commands came from a pipe, both
 * sides where a terminal echoed what was typed.
 */
export function readServerConsole(context: ReadContext, options: ConsoleOptions): void {
  const { view, expecting } = context;
  const echoed = hasCommands(context, options);
  if (!echoed) context.traits({ sides: "server", body: "hidden", endOfDataShown: false, order: "loose" });
  const closes = closingText(view);
  const spacing = new SpacedReplies(view);
  let dataSent = false;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (options.isTool(text)) {
      if (options.take?.(line, text)) continue;
      context.tool(line, options.note?.(text));
    } else if (!echoed) {
      if (looksLikeServerLine(text)) context.emit("server", line, 0, text.length);
      else if (text.trim() !== "") context.tool(line, options.note?.(text));
    } else if (expecting.next === "data" && !/^421[ -]/.test(text)) {
      if (text === "" && (isGhost(context, line) || spacing.isBehindReply(line))) continue;
      context.emit("client", line, 0, text.length);
      expecting.saw("client", text);
    } else if (text.trim() !== "") {
      const speaker = looksLikeServerLine(text) ? "server" : "client";
      if (speaker === "client" && isAround(text, expecting.next, !dataSent && closes(line, text))) {
        context.tool(line, options.note?.(text));
        continue;
      }
      if (speaker === "server") spacing.saw(line, text);
      dataSent = speaker === "client" && /^DATA\b/i.test(text);
      context.emit(speaker, line, 0, text.length);
      expecting.saw(speaker, text);
    }
  }
}

/** In front of the greeting and behind the end stands other text. */
function isAround(text: string, next: ReadContext["expecting"]["next"], closing: boolean): boolean {
  if (next === "greeting" || next === "closed") return !VERB.test(text) || closing;
  return next !== "auth" && closing;
}

function hasCommands(context: ReadContext, options: ConsoleOptions): boolean {
  const { view } = context;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (VERB.test(text) && !options.isTool(text)) return true;
  }
  return false;
}

/** A terminal prints CR CR LF where the server sent CR LF: the second half is no line of its own. */
export function isGhost(context: ReadContext, line: number): boolean {
  const { source } = context.view;
  return line > 0 && source.lineBreak(line - 1) === "\r";
}
