export type { AddressList, Group, Mailbox } from "./address.js";
export type { Field, HeaderSection } from "./header.js";
export type { MessageLines } from "./lines.js";
export type { Message, Part } from "./tree.js";

import { isMessage } from "./detect.js";
import type { MessageLines } from "./lines.js";
import type { Message } from "./tree.js";
import { readMessage } from "./tree.js";

/**
 * Reads lines as a message; undefined where the text is no message (an OCaml template, an empty file), so that nothing is
 * said about it. The body after DATA is a message by definition: use `readMessage` there.
 */
export function parseMessage(lines: MessageLines): Message | undefined {
  return isMessage(lines) ? readMessage(lines) : undefined;
}
