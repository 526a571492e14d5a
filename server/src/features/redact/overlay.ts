import type { WireLine } from "../../dialects/types.js";
import { sourceOffset } from "../../dialects/wire.js";

/**
 * Replacements of single characters of a source text. All stand-ins have the length of what they replace, so lines,
 * columns and everything measured in them stay as they were.
 */
export class Overlay {
  readonly #characters = new Map<number, string>();

  constructor(readonly source: string) {}

  /** Replaces the characters from an offset on. Characters that stay as they are in the source undo nothing. */
  put(offset: number, text: string): void {
    for (let k = 0; k < text.length; k++) {
      if (text[k] !== this.source[offset + k]) this.#characters.set(offset + k, text[k] as string);
    }
  }

  /** Replaces characters of a wire line's content from a column on; characters that the dialect escapes stay. */
  putWire(wire: WireLine, column: number, text: string): void {
    for (let k = 0; k < text.length; k++) {
      if (text[k] === wire.text[column + k]) continue;
      const offset = sourceOffset(wire, column + k);
      if (this.source[offset] === wire.text[column + k]) this.#characters.set(offset, text[k] as string);
    }
  }

  /** The text with its replacements. */
  apply(): string {
    const offsets = [...this.#characters.keys()].sort((a, b) => a - b);
    const parts: string[] = [];
    let reached = 0;
    for (const offset of offsets) {
      parts.push(this.source.slice(reached, offset), this.#characters.get(offset) as string);
      reached = offset + 1;
    }
    parts.push(this.source.slice(reached));
    return parts.join("");
  }
}
