const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const ALPHANUMERIC = `${LETTERS}0123456789`;

/** Words in addresses that name a role or an encoding, not a person or a company; kept, since findings depend on them. */
const KEPT = new Set(
  "postmaster abuse hostmaster webmaster root mailer daemon bounce bounces return noreply reply prvs btv1 srs0 srs1 rfc822 utf ipv6 localhost localdomain".split(
    " ",
  ),
);

/**
 * Stand-ins that keep length and shape: the same word always gets the same one, different words get different ones, and
 * nothing of the word can be read back (they are numbered in the order of appearance, not computed from the word).
 */
export class Pseudonyms {
  readonly #words = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #numbers = new Map<string, string>();
  /** Top-level domains seen; they stay, in whatever form the address is written. */
  readonly #kept = new Set(KEPT);
  #next = 0;

  /** Keeps a word as it is from now on. */
  keep(word: string): void {
    this.#kept.add(word.toLowerCase());
  }

  /** Replaces every run of letters and digits in a text, leaving marks such as "." "+" "=" "@" in place. */
  replaceRuns(text: string): string {
    return text.replace(/[\p{L}\p{N}]+/gu, (run) => this.word(run));
  }

  /** The stand-in of one word. Case counts only for equality of the written form. */
  word(word: string): string {
    const key = word.toLowerCase();
    if (this.#kept.has(key)) return word;
    let stand = this.#words.get(key);
    if (stand === undefined) {
      stand = this.#invent(key);
      this.#words.set(key, stand);
    }
    return matchCase(word, stand);
  }

  #invent(word: string): string {
    if (!/^[a-z0-9]+$/.test(word)) return this.#inventUnicode(word);
    const digitsOnly = /^\d+$/.test(word);
    const room = (digitsOnly ? 10 : 26) ** Math.min(word.length, 9);
    for (let tries = 0; tries < room; tries++) {
      const stand = digitsOnly
        ? numbered(this.#next++, word.length, "0123456789", "0")
        : lettered(this.#next++, word.length);
      if (!this.#taken.has(stand) && stand !== word) {
        this.#taken.add(stand);
        return stand;
      }
    }
    // More words of this length than stand-ins: equality is given up before the word is shown.
    return digitsOnly ? "0".repeat(word.length) : "x".repeat(word.length);
  }

  #inventUnicode(word: string): string {
    const mark = lettered(this.#next++, word.length);
    return Array.from(word, (character, k) =>
      character.length === 1 && character.charCodeAt(0) < 0x80 ? (mark[k] ?? "x") : maskCharacter(character),
    ).join("");
  }

  /** The stand-in of a dotted or colon-separated number (an IP address): the same length, each part in its range. */
  address(text: string): string {
    let stand = this.#numbers.get(text);
    if (stand === undefined) {
      stand = this.#inventAddress(text, this.#numbers.size + 1);
      this.#numbers.set(text, stand);
    }
    return stand;
  }

  #inventAddress(text: string, index: number): string {
    if (text.includes(":")) return text.replace(/[0-9A-Fa-f]+/g, (part) => hexPart(part.length, index));
    let carry = index;
    const parts = text.split(".").reverse();
    const invented = parts.map((part) => {
      const { value, rest } = octet(part, carry);
      carry = rest;
      return value;
    });
    return invented.reverse().join(".");
  }
}

/** An octet of as many digits, and what is left of the counter. */
function octet(part: string, counter: number): { value: string; rest: number } {
  const digits = part.length;
  const [low, high] = digits === 1 ? [1, 9] : digits === 2 ? [10, 99] : [100, 254];
  const span = high - low + 1;
  return { value: String(low + (counter % span)), rest: Math.floor(counter / span) };
}

function hexPart(length: number, index: number): string {
  return (index % 16 ** Math.min(length, 6)).toString(16).padStart(length, "d").slice(-length);
}

/** "user", cut to the length, with the number in letters behind it: "userxa", "usb". */
function lettered(index: number, length: number): string {
  return numbered(index, length, length === 1 ? ALPHANUMERIC : LETTERS, "");
}

function numbered(index: number, length: number, alphabet: string, pad: string): string {
  let mark = "";
  for (let rest = index; mark.length < length; rest = Math.floor(rest / alphabet.length)) {
    mark = (alphabet[rest % alphabet.length] as string) + mark;
    if (rest < alphabet.length) break;
  }
  const before = pad === "" ? "userxxxxxxxxxxxxxxxx".padEnd(length, "x") : "".padEnd(length, pad);
  return before.slice(0, Math.max(0, length - mark.length)) + mark;
}

function matchCase(word: string, stand: string): string {
  if (word === word.toUpperCase() && word !== word.toLowerCase()) return stand.toUpperCase();
  const first = word.charAt(0);
  return first !== first.toLowerCase() ? stand.charAt(0).toUpperCase() + stand.slice(1) : stand;
}

/** A character of the same class and the same length in UTF-8 and UTF-16 that tells nothing. */
export function maskCharacter(character: string): string {
  const unit = character.codePointAt(0) ?? 0;
  if (unit < 0x80) {
    if (unit >= 0x30 && unit <= 0x39) return "0";
    if (unit >= 0x41 && unit <= 0x5a) return "X";
    return unit >= 0x61 && unit <= 0x7a ? "x" : character;
  }
  if (unit < 0x800) return "\u00e9";
  return unit < 0x10000 ? "\u4e00" : "\u{1f600}";
}

/** Masks letters and digits of a text, leaving its shape. */
export function maskText(text: string): string {
  return Array.from(text, maskCharacter).join("");
}
