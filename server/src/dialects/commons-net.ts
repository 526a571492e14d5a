import type { Dialect, ReadContext } from "./types.js";
import { readUnmarked } from "./unmarked.js";
import { unmarkedCounts } from "./unmarked-lines.js";

/**
 * Apache Commons Net's PrintCommandListener: every command is followed by an empty line; the message is not printed. With
 * directions on, `> ` is the client's and `< ` the server's.
 */
export const commonsNet: Dialect = {
  id: "commons-net",
  title: "Apache Commons Net PrintCommandListener",
  seenWith: "commons-net 3.9.0",
  traits: {
    body: "hidden",
    sides: "both",
    endOfDataShown: false,
    order: "wire",
    closeShown: false,
    origin: "recorded",
    startShown: true,
    masksCredentials: true,
    repliesWhole: true,
  },
  detect(sample) {
    const marked = sample.share(/^(?:< [2-5]\d\d(?:[ -]|$)|> [A-Z]{4})/);
    if (marked > 0.8 && sample.blanks > 0) return 0.8;
    const { replies, commands } = unmarkedCounts(sample);
    if (replies < 2 || commands < 2 || sample.cr > 0.2) return 0;
    // One empty line for each command, none for replies, and nothing else.
    const even = sample.blanks > 1 && Math.abs(sample.blanks - commands) <= 1 && sample.crlf < 0.99;
    return even && replies + commands > sample.lines.length * 0.9 ? 0.7 : 0;
  },
  read(context) {
    const { view } = context;
    for (let line = 0; line < Math.min(view.lineCount, 50); line++) {
      if (/^[<>] /.test(view.text(line))) {
        readMarked(context);
        return;
      }
    }
    readUnmarked(context, { dataHidden: true });
  },
};

function readMarked(context: ReadContext): void {
  const { view } = context;
  for (let line = 0; line < view.lineCount; line++) {
    const text = view.text(line);
    if (text.startsWith("< ")) context.emit("server", line, 2, text.length);
    else if (text.startsWith("> ")) context.emit("client", line, 2, text.length);
    else if (text !== "") context.tool(line);
  }
}
