import { describe, expect, test } from "vitest";
import { scanBytes } from "../../server/src/text/bytes.js";

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

describe("a scan over the bytes of a file", () => {
  test("one kind of line end is how text is stored", () => {
    for (const text of ["a\nb\n", "a\r\nb\r\n", "a\rb\r", "", "a"]) {
      expect(scanBytes(bytes(text))).toMatchObject({ places: [], counts: { "bare-cr": 0, "bare-lf": 0 } });
    }
  });

  test("bare LF and bare CR among CR LF, with line and column", () => {
    const facts = scanBytes(bytes("a\r\nbc\nd\re\r\n"));
    expect(facts.lineEnds).toEqual({ crlf: 2, lf: 1, cr: 1 });
    expect(facts.places).toEqual([
      { kind: "bare-lf", line: 1, character: 2 },
      { kind: "bare-cr", line: 2, character: 1 },
    ]);
  });

  test("NUL and octets that are no UTF-8; columns count UTF-16 units", () => {
    const facts = scanBytes(bytes("\xf0\x9f\x98\x80\0\xff\n\xc3\xa9\xc3\n"));
    expect(facts.places).toEqual([
      { kind: "nul", line: 0, character: 2 },
      { kind: "not-utf8", line: 0, character: 3 },
      { kind: "not-utf8", line: 1, character: 1 },
    ]);
    expect(scanBytes(bytes("\xc0\xaf\xed\xa0\x80\xf5")).counts["not-utf8"]).toBe(6);
  });

  test("places are capped for each kind, counts are not", () => {
    const facts = scanBytes(bytes("\0".repeat(50) + "\xff".repeat(50)), 10);
    expect(facts.places).toHaveLength(20);
    expect(facts.counts).toMatchObject({ nul: 50, "not-utf8": 50 });
  });

  test("a byte order mark is no character", () => {
    expect(scanBytes(bytes("\xef\xbb\xbfa\0")).places).toEqual([{ kind: "nul", line: 0, character: 1 }]);
  });

  test("finds what a decoder finds", () => {
    let seed = 20261124;
    const random = (): number => {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff;
      return seed / 0x80000000;
    };
    for (let round = 0; round < 300; round++) {
      const sample = Uint8Array.from({ length: 1 + Math.floor(random() * 6) }, () => 0x80 + Math.floor(random() * 128));
      let valid = true;
      try {
        new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(sample);
      } catch {
        valid = false;
      }
      expect(scanBytes(sample).counts["not-utf8"] === 0, [...sample].join(" ")).toBe(valid);
    }
  });
});
