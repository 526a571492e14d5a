import { isMessage } from "./detect.js";
import type { MessageLines } from "./lines.js";
import type { Message } from "./tree.js";
import { readMessage } from "./tree.js";

export type { Message };

/**
 * Reads lines as a message; undefined where the text is no message (an OCaml template, an empty file), so that nothing is
 * said about it. The body after DATA is a message by definition: use `readMessage` there.
 */
export function parseMessage(lines: MessageLines): Message | undefined {
  return isMessage(lines) ? readMessage(lines) : undefined;
}
