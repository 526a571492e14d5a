import { expect, it } from "vitest";
import { changeBetween } from "../../server/src/text/changed.js";
import { SourceText } from "../../server/src/text/source.js";
import { seeded } from "../kit/random.js";

const PIECES = ["a", "bc", "\n", "\r", "\r\n", "\n\n", "\r\r\n", ""];

function piece(random: ReturnType<typeof seeded>, most: number): string {
  return Array.from({ length: random.below(most) }, () => random.pick(PIECES)).join("");
}

function startsOf(source: SourceText): number[] {
  return Array.from({ length: source.lineCount }, (_, line) => source.lineStart(line));
}

it("an edited text has the lines that the whole text has, whatever line ends meet", () => {
  const random = seeded(3);
  for (let round = 0; round < 3000; round++) {
    const before = new SourceText(piece(random, 12));
    const start = random.below(before.text.length + 1);
    const end = start + random.below(before.text.length - start + 1);
    const after = before.replaced({ start, end }, piece(random, 5));
    const told = JSON.stringify([before.text, start, end, after.text]);
    expect(startsOf(after), told).toEqual(startsOf(new SourceText(after.text)));
  }
});

it("the difference of two texts is where the edit was", () => {
  const random = seeded(4);
  const long = "A line of some length that stands here.\n".repeat(1000);
  for (let round = 0; round < 500; round++) {
    const start = random.below(long.length);
    const end = Math.min(long.length, start + random.below(20_000));
    const after = long.slice(0, start) + piece(random, 9) + long.slice(end);
    const change = changeBetween(long, after);
    const mended =
      long.slice(0, change.start) + after.slice(change.start, change.afterEnd) + long.slice(change.beforeEnd);
    expect(mended).toBe(after);
    expect(change.beforeEnd - change.start).toBeLessThanOrEqual(end - start);
  }
});
