import type { TextView } from "../text/view.js";
import { looksLikeServerLine } from "./unmarked-lines.js";

/**
 * Learns whether a transcript has an empty line behind each reply: tcpflow -C prints one behind each segment, and a terminal's
 * CR CR LF reads as two line ends. The one behind a 354 is then no line of the message.
 */
export class SpacedReplies {
  #replies = 0;
  #spaced = 0;

  constructor(readonly view: TextView) {}

  /** Takes a line that the server said. */
  saw(line: number, text: string): void {
    if (text[3] === "-" || text.startsWith("354")) return;
    this.#replies++;
    if (line + 1 < this.view.lineCount && this.view.text(line + 1) === "") this.#spaced++;
  }

  /** True if an empty line stands right behind a 354, where one stands behind the replies before it too. */
  isBehindReply(line: number): boolean {
    const { view } = this;
    if (this.#spaced < 2 || this.#spaced * 3 < this.#replies * 2 || line === 0) return false;
    const before = view.text(line - 1);
    return view.text(line) === "" && looksLikeServerLine(before) && before.startsWith("354");
  }
}
