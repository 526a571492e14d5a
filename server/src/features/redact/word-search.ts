import type { Replacement } from "./words.js";

/** Shorter words are not searched: they would match by chance. */
export const SHORTEST_WORD = 4;
/** Letters by which words are told apart at first, so that many that begin alike cost little. */
const HEAD = 12;
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
  /** Words by their first letters: as many as a word has, at most `HEAD`. */
  readonly #heads = new Map<string, Entry[]>();
  readonly #lengths = new Set<number>();
  readonly #known = new Set<string>();

  /**
   * Adds a word and what takes its place, of the same length.
   * @param whole true for a word that counts only where no letter or digit stands beside it
   */
  add(word: string, stand: string, whole = false): void {
    if (word.length < SHORTEST_WORD || this.#known.has(word)) return;
    this.#known.add(word);
    this.#filter[hashAt(word, 0)] = 1;
    const head = word.slice(0, HEAD);
    this.#lengths.add(head.length);
    const entries = this.#heads.get(head);
    if (entries) entries.push({ word, stand, whole });
    else this.#heads.set(head, [{ word, stand, whole }]);
  }

  /** The words in a text, not overlapping, the longest first at each place. */
  find(text: string): Replacement[] {
    const found: Replacement[] = [];
    if (this.#known.size === 0) return found;
    const lengths = [...this.#lengths].sort((a, b) => b - a);
    for (let at = 0; at + SHORTEST_WORD <= text.length; at++) {
      if (this.#filter[hashAt(text, at)] === 0) continue;
      const entry = this.#longest(text, at, lengths);
      if (!entry) continue;
      found.push({ at, text: entry.stand });
      at += entry.word.length - 1;
    }
    return found;
  }

  #longest(text: string, at: number, lengths: readonly number[]): Entry | undefined {
    let longest: Entry | undefined;
    for (const length of lengths) {
      for (const entry of this.#heads.get(text.slice(at, at + length)) ?? []) {
        if (entry.word.length <= (longest?.word.length ?? 0)) continue;
        if (text.startsWith(entry.word, at) && fits(entry, text, at)) longest = entry;
      }
      if (longest) return longest;
    }
    return undefined;
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
