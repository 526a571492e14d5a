import { describe, expect, test } from "vitest";
import { binaryBytes, binaryString, decodeBase64, encodeBase64 } from "../../server/src/protocol/base64.js";

describe("strict base64", () => {
  test.each([
    ["", ""],
    ["Zg==", "f"],
    ["Zm8=", "fo"],
    ["Zm9v", "foo"],
    ["Zm9vYmFy", "foobar"],
    ["AGFsaWNlAHNlY3JldA==", "\0alice\0secret"],
    ["+/8=", "\xfb\xff"],
  ])("%s", (text, content) => {
    const result = decodeBase64(text);
    expect(result.ok && binaryString(result.bytes)).toBe(content);
    expect(encodeBase64(binaryBytes(content))).toBe(text);
  });

  test.each([
    ["secret!", "character", 6],
    ["Zm9v YmFy", "character", 4],
    ["-_8=", "character", 0],
    ["Zm9vé", "character", 4],
    ["Zg", "padding", 2],
    ["Zg=", "padding", 2],
    ["Zg===", "padding", 2],
    ["Zg==Zg==", "padding", 4],
    ["Zm9vY", "length", 5],
    ["====", "padding", 0],
  ])("%s is none", (text, problem, at) => {
    expect(decodeBase64(text)).toEqual({ ok: false, problem, at });
  });

  test("every octet comes back", () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, k) => k);
    const result = decodeBase64(encodeBase64(bytes));
    expect(result.ok && [...result.bytes]).toEqual([...bytes]);
  });
});
