import { describe, expect, it } from "vitest";
import { SourceText } from "../../server/src/text/source.js";
import { seeded } from "../kit/random.js";

/** All lines of a text with their line ends, spelled so that a failure can be read. */
function lines(text: string): string[] {
  const source = new SourceText(text);
  return Array.from({ length: source.lineCount }, (_, line) =>
    JSON.stringify([source.lineText(line), source.lineBreak(line)]),
  );
}

describe("lines of a text", () => {
  const cases: readonly [string, string, readonly [string, string][]][] = [
    ["an empty text is one empty line", "", [["", ""]]],
    ["a text without a line end is one line", "a", [["a", ""]]],
    [
      "LF",
      "a\nb",
      [
        ["a", "\n"],
        ["b", ""],
      ],
    ],
    [
      "CR LF",
      "a\r\nb",
      [
        ["a", "\r\n"],
        ["b", ""],
      ],
    ],
    [
      "a lone CR, as editors count",
      "a\rb",
      [
        ["a", "\r"],
        ["b", ""],
      ],
    ],
    [
      "all three in one text",
      "a\r\nb\nc\rd",
      [
        ["a", "\r\n"],
        ["b", "\n"],
        ["c", "\r"],
        ["d", ""],
      ],
    ],
    [
      "CR CR LF, as terminals print it",
      "a\r\r\nb",
      [
        ["a", "\r"],
        ["", "\r\n"],
        ["b", ""],
      ],
    ],
    [
      "LF CR",
      "a\n\rb",
      [
        ["a", "\n"],
        ["", "\r"],
        ["b", ""],
      ],
    ],
    [
      "an empty last line behind the last line end",
      "a\n",
      [
        ["a", "\n"],
        ["", ""],
      ],
    ],
    [
      "a CR as the last character",
      "a\r",
      [
        ["a", "\r"],
        ["", ""],
      ],
    ],
    [
      "only line ends",
      "\n\r\n\r",
      [
        ["", "\n"],
        ["", "\r\n"],
        ["", "\r"],
        ["", ""],
      ],
    ],
    ["Unicode line separators are text", "a\u2028b\u0085c\vd\fe", [["a\u2028b\u0085c\vd\fe", ""]]],
  ];
  for (const [name, text, expected] of cases) {
    it(name, () => expect(lines(text)).toEqual(expected.map((line) => JSON.stringify(line))));
  }

  it("are as many as there are, also in a long text of empty lines", () => {
    expect(new SourceText("\n".repeat(10_000)).lineCount).toBe(10_001);
    expect(new SourceText("\r".repeat(10_000)).lineCount).toBe(10_001);
  });

  it("do not contain the line end, also where the line is asked for outside the text", () => {
    const source = new SourceText("ab\r\ncd");
    expect([source.lineStart(0), source.lineEnd(0), source.lineStart(1), source.lineEnd(1)]).toEqual([0, 2, 4, 6]);
    expect([source.lineStart(-1), source.lineStart(2), source.lineEnd(2), source.lineText(9)]).toEqual([0, 6, 6, ""]);
  });
});

describe("positions", () => {
  it("count UTF-16 code units: a character outside the basic plane is two", () => {
    const source = new SourceText("x\n\u{1F600}é!");
    expect(source.positionAt(4)).toEqual({ line: 1, character: 2 });
    expect(source.offsetAt({ line: 1, character: 2 })).toBe(4);
    expect(source.slice({ start: 2, end: 4 })).toBe("\u{1F600}");
  });

  it("never stand between CR and LF", () => {
    const source = new SourceText("ab\r\ncd");
    expect(source.positionAt(3)).toEqual({ line: 0, character: 2 });
    expect(source.positionAt(4)).toEqual({ line: 1, character: 0 });
  });

  it("are clamped to the text and to their line", () => {
    const source = new SourceText("ab\ncd");
    expect(source.positionAt(-5)).toEqual({ line: 0, character: 0 });
    expect(source.positionAt(99)).toEqual({ line: 1, character: 2 });
    expect(source.offsetAt({ line: -1, character: 3 })).toBe(0);
    expect(source.offsetAt({ line: 0, character: 99 })).toBe(2);
    expect(source.offsetAt({ line: 1, character: -4 })).toBe(3);
    expect(source.offsetAt({ line: 7, character: 0 })).toBe(5);
  });

  it("lead back to where they came from, for every place of any text", () => {
    const random = seeded(7);
    for (let round = 0; round < 300; round++) {
      const text = Array.from({ length: random.below(40) }, () =>
        random.pick(["a", "\r", "\n", "\r\n", "\u{1F600}"]),
      ).join("");
      const source = new SourceText(text);
      for (let offset = 0; offset <= text.length; offset++) {
        const inside = text[offset] === "\n" && text[offset - 1] === "\r";
        expect(source.offsetAt(source.positionAt(offset)), JSON.stringify(text)).toBe(inside ? offset - 1 : offset);
      }
      const whole = Array.from({ length: source.lineCount }, (_, k) => source.lineText(k) + source.lineBreak(k)).join(
        "",
      );
      expect(whole).toBe(text);
    }
  });
});
