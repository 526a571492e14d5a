import type { MessageLines } from "./lines.js";

/** A line that is a delimiter of an open multipart. */
export interface Hit {
  readonly boundary: string;
  readonly close: boolean;
}

const DASH = 45;

/** The boundaries of the multiparts that are open at a place of a message, and how a line is compared with them. */
export class OpenBoundaries {
  /** How many open multiparts use a boundary. */
  readonly #open = new Map<string, number>();
  /** First characters of the open boundaries: nearly every other line that begins with dashes is told apart by them. */
  #first: ReadonlySet<number> = new Set();

  get none(): boolean {
    return this.#open.size === 0;
  }

  open(boundary: string): void {
    this.#open.set(boundary, (this.#open.get(boundary) ?? 0) + 1);
    this.#changed();
  }

  close(boundary: string): void {
    const left = (this.#open.get(boundary) ?? 1) - 1;
    if (left === 0) this.#open.delete(boundary);
    else this.#open.set(boundary, left);
    this.#changed();
  }

  #changed(): void {
    this.#first = new Set([...this.#open.keys()].map((boundary) => boundary.charCodeAt(0)));
  }

  /** Whether a line begins like a delimiter; cheap, and true for few other lines. */
  resembles(lines: MessageLines, line: number): boolean {
    if (lines.charCode === undefined) return lines.text(line).startsWith("--");
    return (
      lines.charCode(line, 0) === DASH && lines.charCode(line, 1) === DASH && this.#first.has(lines.charCode(line, 2))
    );
  }

  /** The delimiter that a line is: dashes, boundary, perhaps dashes, then only white space (RFC 2046 §5.1.1). */
  hit(text: string): Hit | undefined {
    if (this.#open.size === 0 || !text.startsWith("--")) return undefined;
    const rest = text.slice(2).trimEnd();
    if (this.#open.has(rest)) return { boundary: rest, close: false };
    if (!rest.endsWith("--")) return undefined;
    const inner = rest.slice(0, -2);
    return this.#open.has(inner) ? { boundary: inner, close: true } : undefined;
  }
}
