/** What a byte scan can see and an editor's text cannot. */
export type ByteFactKind =
  /** A CR that is not followed by LF. */
  | "bare-cr"
  /** An LF without a CR before it, in a file that has CR LF too. */
  | "bare-lf"
  | "nul"
  /** Octets that are no UTF-8. */
  | "not-utf8";

/** A place in the file: lines and UTF-16 characters from 0, lines counted as editors count them (CR LF, LF, lone CR). */
export interface ByteFact {
  readonly kind: ByteFactKind;
  readonly line: number;
  readonly character: number;
}

/** What a scan found. Places are capped for each kind; the counts are not. */
export interface ByteFacts {
  readonly size: number;
  readonly counts: Readonly<Record<ByteFactKind, number>>;
  /** Line ends of each sort. */
  readonly lineEnds: { readonly crlf: number; readonly lf: number; readonly cr: number };
  /** In file order, at most `limit` of each kind. */
  readonly places: readonly ByteFact[];
}

const CR = 13;
const LF = 10;

/**
 * Scans the bytes of a file in one pass. A UTF-8 byte order mark counts as no character. In a file whose only line end is
 * LF (or only CR) nothing is bare: that is how text files are stored.
 * @param limit how many places of each kind are kept.
 */
export function scanBytes(bytes: Uint8Array, limit = 1000): ByteFacts {
  const scan = new Scan(limit);
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length) at = scan.step(bytes, at);
  return scan.facts(bytes.length);
}

class Scan {
  readonly #limit: number;
  readonly #counts = { "bare-cr": 0, "bare-lf": 0, nul: 0, "not-utf8": 0 };
  readonly #ends = { crlf: 0, lf: 0, cr: 0 };
  readonly #places: ByteFact[] = [];
  #line = 0;
  #character = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes what stands at an index; gives the index behind it. */
  step(bytes: Uint8Array, at: number): number {
    const byte = bytes[at] as number;
    if (byte === CR || byte === LF) return this.#lineEnd(bytes, at);
    if (byte === 0) this.#note("nul");
    if (byte < 0x80) {
      this.#character++;
      return at + 1;
    }
    const length = sequenceLength(bytes, at);
    if (length === 0) {
      this.#note("not-utf8");
      this.#character++;
      return at + 1;
    }
    this.#character += length === 4 ? 2 : 1;
    return at + length;
  }

  facts(size: number): ByteFacts {
    const alone = this.#ends.crlf === 0 && (this.#ends.lf === 0 || this.#ends.cr === 0);
    const places = alone
      ? this.#places.filter((place) => place.kind === "nul" || place.kind === "not-utf8")
      : this.#places;
    const counts = alone ? { ...this.#counts, "bare-cr": 0, "bare-lf": 0 } : { ...this.#counts };
    return { size, counts, lineEnds: { ...this.#ends }, places };
  }

  #lineEnd(bytes: Uint8Array, at: number): number {
    const pair = bytes[at] === CR && bytes[at + 1] === LF;
    if (pair) this.#ends.crlf++;
    else if (bytes[at] === LF) this.#ends.lf++;
    else this.#ends.cr++;
    if (!pair) this.#note(bytes[at] === LF ? "bare-lf" : "bare-cr");
    this.#line++;
    this.#character = 0;
    return at + (pair ? 2 : 1);
  }

  #note(kind: ByteFactKind): void {
    this.#counts[kind]++;
    if (this.#counts[kind] <= this.#limit) this.#places.push({ kind, line: this.#line, character: this.#character });
  }
}

/** Length of the UTF-8 sequence at an index (RFC 3629 §4); 0 where the octets are none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number;
  const second = bytes[at + 1] ?? 0;
  if (lead >= 0xc2 && lead <= 0xdf) return isTail(second) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef) {
    const low = lead === 0xe0 ? 0xa0 : 0x80;
    const high = lead === 0xed ? 0x9f : 0xbf;
    return second >= low && second <= high && isTail(bytes[at + 2] ?? 0) ? 3 : 0;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    const low = lead === 0xf0 ? 0x90 : 0x80;
    const high = lead === 0xf4 ? 0x8f : 0xbf;
    const tails = isTail(bytes[at + 2] ?? 0) && isTail(bytes[at + 3] ?? 0);
    return second >= low && second <= high && tails ? 4 : 0;
  }
  return 0;
}

function isTail(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf;
}
