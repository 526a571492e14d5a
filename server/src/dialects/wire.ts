import type { Span } from "../text/span.js";
import type { WireLine } from "./types.js";

/** Source offset of character `index` of a wire line's content; `index` may be the length of the content. */
export function sourceOffset(wire: WireLine, index: number): number {
  return wire.offsetAt(index);
}

/** Source span of the characters `from` to `to` of a wire line's content. */
export function sourceSpan(wire: WireLine, from = 0, to: number = wire.text.length): Span {
  return { start: sourceOffset(wire, from), end: sourceOffset(wire, to) };
}
