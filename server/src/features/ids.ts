/** An id found in a text. */
export interface FoundId {
  readonly at: number;
  readonly id: string;
}

/** Letters and digits, joined by the marks that stand inside ids of mail systems; ids of other shapes are searched one by one. */
const PLAIN = /^[A-Za-z0-9]+(?:[-._~][A-Za-z0-9]+){0,40}$/;
/** Letters and digits behind these marks may be the rest of an escape: "\\n", "=3D", "%40", "+2B". */
const ESCAPES: Readonly<Record<string, number>> = { "\\": 1, "=": 2, "%": 2, "+": 2 };
/** A word of more pieces is no queue id; an address of a mailing list may be one. */
const MOST_PIECES = 12;

/**
 * Finds many ids in texts. Each word of a text is looked up once, so that a log with thousands of queue ids costs no more
 * than one with a few. An id is found as a word of its own or between marks ("F1A2.smtp", "<4F2A1B@host>"), not inside a
 * longer run of letters and digits.
 */
export class IdFinder {
  readonly #plain = new Set<string>();
  readonly #others: readonly string[];
  readonly #shortest: number;
  /** Words that are long enough; none where no id is of the usual shape. */
  readonly #word: RegExp | undefined;

  constructor(ids: Iterable<string>) {
    const others = new Set<string>();
    let shortest = Number.POSITIVE_INFINITY;
    for (const id of ids) {
      if (id === "") continue;
      if (PLAIN.test(id)) {
        this.#plain.add(id);
        shortest = Math.min(shortest, id.length);
      } else others.add(id);
    }
    this.#others = [...others];
    this.#shortest = shortest;
    if (this.#plain.size > 0) this.#word = new RegExp(`[A-Za-z0-9][A-Za-z0-9._~-]{${shortest - 1},}`, "g");
  }

  /** The ids in a text, in no certain order. */
  find(text: string): FoundId[] {
    const found: FoundId[] = [];
    for (const id of this.#others)
      for (let at = text.indexOf(id); at !== -1; at = text.indexOf(id, at + id.length)) found.push({ at, id });
    const word = this.#word;
    if (!word) return found;
    word.lastIndex = 0;
    for (let match = word.exec(text); match; match = word.exec(text)) {
      const [run] = match;
      this.#look(run, match.index, found);
      const skipped = ESCAPES[text[match.index - 1] ?? ""];
      if (skipped) this.#look(run.slice(skipped), match.index + skipped, found);
    }
    return found;
  }

  #look(word: string, at: number, found: FoundId[]): void {
    if (this.#plain.has(word)) found.push({ at, id: word });
    else if (/[-._~]/.test(word)) this.#inside(word, at, found);
  }

  /** Looks up the pieces between the marks of a word, longer runs of pieces first. */
  #inside(word: string, offset: number, found: FoundId[]): void {
    const starts = [0];
    const ends: number[] = [];
    for (const mark of word.matchAll(/[-._~]/g)) {
      ends.push(mark.index);
      starts.push(mark.index + 1);
    }
    ends.push(word.length);
    for (let first = 0; first < starts.length; first++) {
      const from = starts[first] as number;
      for (let last = Math.min(ends.length, first + MOST_PIECES) - 1; last >= first; last--) {
        const id = word.slice(from, ends[last]);
        if (id.length < this.#shortest) break;
        if (!this.#plain.has(id)) continue;
        found.push({ at: offset + from, id });
        first = last;
        break;
      }
    }
  }
}
