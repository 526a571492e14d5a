import type { Origin } from "../text/origin.js";
import type { Speaker, WireExtras, WireLine } from "./types.js";

const NOTHING: WireExtras = {};

/** A wire line whose place counts from the origin of the stretch it was read in. */
export class PlacedLine implements WireLine {
  /**
   * @param lineIn source line, counted from the origin's.
   * @param from source offset of the content, counted from the origin's; `to` is its end.
   * @param map offset of each character and of the end, counted as `from`; undefined where the content stands as it is.
   */
  constructor(
    readonly speaker: Speaker,
    readonly text: string,
    private origin: Origin,
    private lineIn: number,
    private from: number,
    private to: number,
    private map: ArrayLike<number> | undefined,
    private readonly extras: WireExtras = NOTHING,
  ) {}

  get line(): number {
    return this.origin.line + this.lineIn;
  }

  get start(): number {
    return this.origin.offset + this.from;
  }

  get end(): number {
    return this.origin.offset + this.to;
  }

  get mapped(): boolean {
    return this.map !== undefined;
  }

  offsetAt(index: number): number {
    const place = this.map ? (this.map[index] ?? this.to) : this.from + index;
    return this.origin.offset + place;
  }

  get channel(): WireLine["channel"] {
    return this.extras.channel;
  }

  get time(): WireLine["time"] {
    return this.extras.time;
  }

  get wireEnd(): WireLine["wireEnd"] {
    return this.extras.wireEnd;
  }

  get tls(): WireLine["tls"] {
    return this.extras.tls;
  }

  get masked(): WireLine["masked"] {
    return this.extras.masked;
  }

  get segment(): WireLine["segment"] {
    return this.extras.segment;
  }

  get note(): WireLine["note"] {
    return this.extras.note;
  }

  /** Counts this line's place from another origin from now on; it stands where it stood. */
  rebase(origin: Origin): void {
    const lines = this.origin.line - origin.line;
    const offset = this.origin.offset - origin.offset;
    this.origin = origin;
    this.lineIn += lines;
    this.from += offset;
    this.to += offset;
    if (this.map && offset !== 0) this.map = Array.from(this.map, (place) => place + offset);
  }

  /** True if this line says what the other does, so many lines and UTF-16 units further down. */
  equals(other: PlacedLine, lines: number, offset: number): boolean {
    return (
      this.text === other.text &&
      this.speaker === other.speaker &&
      this.line === other.line + lines &&
      this.start === other.start + offset &&
      this.end === other.end + offset &&
      (this.extras === other.extras || JSON.stringify(this.extras) === JSON.stringify(other.extras))
    );
  }
}
