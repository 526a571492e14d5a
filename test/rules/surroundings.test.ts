import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { decodeText } from "../kit/corpus.js";
import { describeFindings, findingsIn, isSevere } from "../kit/findings.js";

const FOLDER = new URL("../corpus/", import.meta.url);
const healthy = (
  JSON.parse(readFileSync(new URL("truth.json", FOLDER), "utf8")) as { path: string; healthy: boolean }[]
).filter((entry) => entry.healthy);

const lines = (text: string): string[] => text.split(/\r\n|\r|\n/);

/** What happens to a recording on its way into an editor. */
const WAYS: readonly (readonly [string, (text: string) => string])[] = [
  ["stored with LF line ends", (text) => lines(text).join("\n")],
  ["stored with CR LF line ends", (text) => lines(text).join("\r\n")],
  ["cut in the middle", (text) => text.slice(0, text.indexOf("\n", text.length / 2) + 1)],
  [
    "indented",
    (text) =>
      lines(text)
        .map((line) => (line === "" ? "" : `    ${line}`))
        .join("\n"),
  ],
];

describe.each(WAYS)("a healthy recording that was %s gives no finding that asks for action", (_name, change) => {
  test.each(healthy.map(({ path }) => path))("%s", (path) => {
    const text = change(decodeText(readFileSync(new URL(path, FOLDER))));
    expect(describeFindings(text, findingsIn(text).filter(isSevere))).toEqual([]);
  });
});
