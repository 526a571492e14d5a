import type { TextView } from "../text/view.js";
import { looksLikeCommand, looksLikeServerLine } from "./unmarked-lines.js";

/** A verb as people and programs write it; "mail admin, Example Ltd." is none. */
const VERB =
  /^(?:EHLO|HELO|LHLO|MAIL FROM|RCPT TO|DATA|QUIT|STARTTLS|AUTH|RSET|NOOP|VRFY|EXPN|HELP|BDAT|BURL|ETRN|ATRN|TURN|VERB|XCLIENT|XFORWARD)\b/;

/**
 * For text without speaker marks: tells what people write below a transcript (thanks, a signature) where the session shows
 * no end: lines behind the last reply and the last lone dot that do not read like commands. Ask it only outside message data.
 */
export function closingText(view: TextView): (line: number, text: string) => boolean {
  let last: number | undefined;
  return (line, text) => {
    last ??= lastSaid(view);
    return last >= 0 && line > last && !looksLikeCommand(text) && !VERB.test(text);
  };
}

/** The last line that is a reply or a lone dot; -1 where the server says nothing. */
function lastSaid(view: TextView): number {
  let dot = -1;
  for (let line = view.lineCount - 1; line >= 0; line--) {
    const text = view.text(line);
    if (looksLikeServerLine(text)) return Math.max(line, dot);
    if (text === "." && dot === -1) dot = line;
  }
  return -1;
}
