import type { Replacement } from "./words.js";

/** Shorter words are not searched: they would match by chance. */
export const SHORTEST_WORD = 4;
/** Entries of the filter that tells, by the first letters, where no word can begin. */
const FILTER = 1 << 16;
const ALNUM = /[\p{L}\p{N}]/u;

interface Entry {
  readonly word: string;
  readonly stand: string;
  readonly whole: boolean;
}

/** Finds many words in a text in one pass: its cost grows with the text, not with the number of words. */
export class WordSearch {
  readonly #filter = new Uint8Array(FILTER);
  readonly #entries = new Map<number, Entry[]>();
  readonly #known = new Set<string>();

  /**
   * Adds a word and what takes its place, of the same length.
   * @param whole true for a word that counts only where no letter or digit stands beside it
   */
  add(word: string, stand: string, whole = false): void {
    if (word.length < SHORTEST_WORD || this.#known.has(word)) return;
    this.#known.add(word);
    const hash = hashAt(word, 0);
    this.#filter[hash] = 1;
    const entries = this.#entries.get(hash);
    if (!entries) this.#entries.set(hash, [{ word, stand, whole }]);
    else {
      entries.push({ word, stand, whole });
      entries.sort((a, b) => b.word.length - a.word.length);
    }
  }

  /** The words in a text, not overlapping, the longest first at each place. */
  find(text: string): Replacement[] {
    const found: Replacement[] = [];
    if (this.#known.size === 0) return found;
    for (let at = 0; at + SHORTEST_WORD <= text.length; at++) {
      const hash = hashAt(text, at);
      if (this.#filter[hash] === 0) continue;
      const entry = this.#entries.get(hash)?.find((one) => text.startsWith(one.word, at) && fits(one, text, at));
      if (!entry) continue;
      found.push({ at, text: entry.stand });
      at += entry.word.length - 1;
    }
    return found;
  }
}

function hashAt(text: string, at: number): number {
  const first = text.charCodeAt(at) + 131 * text.charCodeAt(at + 1);
  return (first + 17_161 * text.charCodeAt(at + 2) + 2_248_091 * text.charCodeAt(at + 3)) & (FILTER - 1);
}

function fits({ word, whole }: Entry, text: string, at: number): boolean {
  if (!whole) return true;
  return !ALNUM.test(text[at - 1] ?? "") && !ALNUM.test(text[at + word.length] ?? "");
}
