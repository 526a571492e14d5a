import { expect, it } from "vitest";
import { firstWhere, lastWhere } from "../../server/src/text/search.js";

it("finds where a row of answers turns, also where it never does", () => {
  for (let length = 0; length < 9; length++) {
    for (let turn = 0; turn <= length; turn++) {
      expect(firstWhere(0, length, (at) => at >= turn)).toBe(turn);
      expect(lastWhere(0, length - 1, (at) => at < turn)).toBe(Math.max(0, turn - 1));
    }
  }
});
