import { describe, expect, it } from "vitest";
import { ARABIC } from "../../server/src/features/words/ar.js";
import { ENGLISH, type WordKey } from "../../server/src/features/words/en.js";
import { say } from "../../server/src/features/words.js";

const keys = Object.keys(ENGLISH) as WordKey[];
const holes = (text: string | undefined): string[] =>
  [...(text ?? "").matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();

describe("the words of the features", () => {
  it("are complete in Arabic, with the same places to fill", () => {
    expect(keys.filter((key) => ARABIC[key] === undefined)).toEqual([]);
    for (const key of keys) expect(holes(ARABIC[key]), key).toEqual(holes(ENGLISH[key]));
    expect(Object.keys(ARABIC).filter((key) => !(key in ENGLISH))).toEqual([]);
  });

  it("keep codes in order inside Arabic", () => {
    expect(say("ar", "hover.answersAt", { command: "`DATA`", line: 7 })).toContain("\u2066`DATA`\u2069");
  });
});
