import type { TextView } from "../text/view.js";
import { looksLikeCommand, looksLikeServerLine } from "./unmarked-lines.js";

/** How far behind a lone dot another one is looked for. */
const FAR = 500;

/**
 * For text without speaker marks: tells lines of a message where the state of the session does not expect any. These are
 * the lines between a lone dot and another one with no command in between (their author ended the message too early, RFC
 * 5321 §4.5.2), and the first line behind a DATA whose reply is not shown.
 */
export function messageTextOutside(view: TextView): (line: number) => boolean {
  let until = -1;
  return (line) => {
    if (line <= until || (line > 0 && /^DATA[ \t]*$/i.test(view.text(line - 1)))) return true;
    let before = line - 1;
    while (before >= 0 && isBetween(view.text(before))) before--;
    if (before < 0 || view.text(before) !== ".") return false;
    for (let next = line; next < view.lineCount && next < line + FAR; next++) {
      const text = view.text(next);
      if (looksLikeCommand(text)) return false;
      if (text === ".") {
        until = next;
        return true;
      }
    }
    return false;
  };
}

function isBetween(text: string): boolean {
  return text.trim() === "" || looksLikeServerLine(text);
}
