import { describe, expect, it } from "vitest";
import { firstOfLiteral, unescapeJson } from "../../server/src/dialects/escapes.js";

describe("a JSON string in a log", () => {
  const read = (text: string): string => unescapeJson(text, 0).text;

  it("is read up to its closing quote, line ends included", () => {
    expect(read('a\\r\\nb\\t\\"c\\" \\\\","next":1')).toBe('a\r\nb\t"c" \\');
    expect(read("cut off")).toBe("cut off");
    expect(read("cut off\\")).toBe("cut off\\");
  });

  it("may escape what needs no escape, and characters beyond the basic plane", () => {
    expect(read('\\/ \\u00e9 \\ud83d\\ude00"')).toBe("/ \u00e9 \u{1F600}");
    expect(read('\\u00 \\xg"')).toBe("\\u00 \\xg");
  });

  it("leads each character back to where it is spelled", () => {
    expect(unescapeJson('"a\\u00e9b"', 1).columns).toEqual([1, 2, 8, 9]);
  });
});

describe("the first line of a literal", () => {
  const python = { octets: true };

  it("has no line end, and octets as UTF-8", () => {
    expect(firstOfLiteral("b'250 Ok\\r\\nmore'", 1, python)).toBe("250 Ok");
    expect(firstOfLiteral("b'caf\\xc3\\xa9 \\xe9\\n'", 1, python)).toBe("caf\u00e9 \u00e9");
  });

  it("keeps a backslash that begins no escape of the language", () => {
    expect(firstOfLiteral("'a\\/b \\e'", 0, { octets: false })).toBe("a\\/b \\e");
    expect(firstOfLiteral('"\\e[0m\\u{e9}\\#"', 0, { octets: false, ruby: true })).toBe("\u001b[0m\u00e9#");
  });

  it("is empty where no quote stands", () => {
    expect(firstOfLiteral("250 Ok", 0, python)).toBe("");
    expect(firstOfLiteral("x", 5, python)).toBe("");
  });
});
