import { describe, expect, test } from "vitest";
import { decodeXtext, repairXtext, xtextFault } from "../../server/src/protocol/xtext.js";

describe("xtext (RFC 3461 §4)", () => {
  test.each([
    ["", ""],
    ["bob@example.com", "bob@example.com"],
    ["bob+2Blists@example.com", "bob+lists@example.com"],
    ["e+3Dmc2", "e=mc2"],
    ["+00+FF", "\0\xff"],
  ])("%s", (text, content) => {
    expect(xtextFault(text)).toBeNull();
    expect(decodeXtext(text)).toBe(content);
    expect(repairXtext(text)).toBe(text);
  });

  test.each([
    ["e=mc2", 1, 2, "e+3Dmc2"],
    ["bob+lists", 3, 6, "bob+2Blists"],
    ["bob+2blists", 3, 6, "bob+2B2blists"],
    ["a b", 1, 2, "a+20b"],
    ["end+", 3, 4, "end+2B"],
    ["jürgen", 1, 2, "j+C3+BCrgen"],
    ["a+3D=b", 4, 5, "a+3D+3Db"],
    ["😀", 0, 1, "+F0+9F+98+80"],
  ])("%s has a fault and can be repaired", (text, from, to, repaired) => {
    expect(xtextFault(text)).toEqual({ from, to });
    expect(decodeXtext(text)).toBeNull();
    expect(repairXtext(text)).toBe(repaired);
    expect(xtextFault(repaired)).toBeNull();
  });
});
