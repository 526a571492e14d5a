import type { WireLine } from "../../dialects/types.js";
import { sourceOffset } from "../../dialects/wire.js";

/** Characters that are put together at once. */
const BLOCK = 8192;

/**
 * Replacements of single characters of a source text. All stand-ins have the length of what they replace, so lines,
 * columns and everything measured in them stay as they were.
 */
export class Overlay {
  /** The replacement of each character, 0 where it stays: messages of many megabytes are masked to the last letter. */
  readonly #units: Uint16Array;

  constructor(readonly source: string) {
    this.#units = new Uint16Array(source.length);
  }

  /** Replaces the characters from an offset on. Characters that stay as they are in the source undo nothing. */
  put(offset: number, text: string): void {
    for (let k = 0; k < text.length; k++) {
      const unit = text.charCodeAt(k);
      if (unit !== this.source.charCodeAt(offset + k)) this.#units[offset + k] = unit;
    }
  }

  /** Replaces the characters from an offset on, and undoes there what was put before. */
  exact(offset: number, text: string): void {
    for (let k = 0; k < text.length; k++) this.#units[offset + k] = text.charCodeAt(k);
  }

  /** Replaces characters of a wire line's content from a column on; characters that the dialect escapes stay. */
  putWire(wire: WireLine, column: number, text: string): void {
    for (let k = 0; k < text.length; k++) {
      if (text[k] === wire.text[column + k]) continue;
      const offset = sourceOffset(wire, column + k);
      if (this.source[offset] === wire.text[column + k]) this.put(offset, text[k] as string);
    }
  }

  /** The text with its replacements. */
  apply(): string {
    const parts: string[] = [];
    for (let from = 0; from < this.source.length; from += BLOCK) {
      const units = this.#units.slice(from, from + BLOCK);
      if (units.every((unit) => unit === 0)) {
        parts.push(this.source.slice(from, from + BLOCK));
        continue;
      }
      for (let k = 0; k < units.length; k++) if (units[k] === 0) units[k] = this.source.charCodeAt(from + k);
      parts.push(String.fromCharCode(...units));
    }
    return parts.join("");
  }
}
