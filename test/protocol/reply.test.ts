import { describe, expect, it } from "vitest";
import { lexReplyLine } from "../../server/src/protocol/reply.js";

describe("a line of a reply", () => {
  /** [code, separator, text, enhanced code] */
  const cases: readonly [string, readonly unknown[]][] = [
    ["250 Ok", [250, " ", "Ok", undefined]],
    ["250-SIZE 1000", [250, "-", "SIZE 1000", undefined]],
    ["250", [250, "", "", undefined]],
    ["250 ", [250, " ", "", undefined]],
    ["250-", [250, "-", "", undefined]],
    ["550 5.1.1 User unknown", [550, " ", "5.1.1 User unknown", "5.1.1"]],
    ["550-5.7.26 one", [550, "-", "5.7.26 one", "5.7.26"]],
    ["250 2.0.0", [250, " ", "2.0.0", "2.0.0"]],
    ["550 5.1.1: unknown", [550, " ", "5.1.1: unknown", "5.1.1"]],
    ["550 5.1.1- unknown", [550, " ", "5.1.1- unknown", "5.1.1"]],
    ["550 5.1.1000 too long", [550, " ", "5.1.1000 too long", undefined]],
    ["550 5.1.1.1 an address", [550, " ", "5.1.1.1 an address", undefined]],
    ["550 1.1.1 no class", [550, " ", "1.1.1 no class", undefined]],
    ["550  5.1.1 two blanks", [550, " ", " 5.1.1 two blanks", undefined]],
    ["550 see 5.1.1", [550, " ", "see 5.1.1", undefined]],
    ["999 no such class", [999, " ", "no such class", undefined]],
    ["250Ok", [250, null, "Ok", undefined]],
    ["2500 Ok", [250, null, "0 Ok", undefined]],
    ["250_Ok", [250, null, "_Ok", undefined]],
    ["25 Ok", [null, null, "25 Ok", undefined]],
    [" 250 Ok", [null, null, " 250 Ok", undefined]],
    ["Ok", [null, null, "Ok", undefined]],
    ["", [null, null, "", undefined]],
    ["٢٥٠ Ok", [null, null, "٢٥٠ Ok", undefined]],
  ];
  for (const [line, expected] of cases) {
    it(JSON.stringify(line), () => {
      const parts = lexReplyLine(line);
      expect([parts.code, parts.separator, parts.text, parts.enhanced?.value]).toEqual(expected);
      expect(line.slice(parts.textFrom)).toBe(parts.text);
      if (parts.enhanced) expect(line.slice(parts.enhanced.from, parts.enhanced.to)).toBe(parts.enhanced.value);
    });
  }

  it("has its enhanced code as numbers", () => {
    expect(lexReplyLine("451 4.7.500 Later").enhanced).toMatchObject({ class: 4, subject: 7, detail: 500 });
  });
});
