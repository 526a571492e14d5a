import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { decodeText } from "../kit/corpus.js";
import { describeFindings, findingsIn, isSevere } from "../kit/findings.js";

const FOLDER = new URL("../corpus/", import.meta.url);
const healthy = (
  JSON.parse(readFileSync(new URL("truth.json", FOLDER), "utf8")) as { path: string; healthy: boolean }[]
).filter((entry) => entry.healthy);

const lines = (text: string): string[] => text.split(/\r\n|\r|\n/);

const halfway = (text: string, part: number): number => text.indexOf("\n", text.length * part) + 1;
const prefixed = (text: string, prefix: string): string =>
  lines(text)
    .map((line) => prefix + line)
    .join("\n");
const plain = (text: string): string => lines(text).join("\n").trimEnd();

/** What happens to a recording on its way into an editor. */
const WAYS: readonly (readonly [string, (text: string) => string])[] = [
  ["stored with LF line ends", (text) => lines(text).join("\n")],
  ["stored with CR LF line ends", (text) => lines(text).join("\r\n")],
  ["cut in the middle", (text) => text.slice(0, halfway(text, 0.5))],
  ["indented", (text) => prefixed(text, "    ").replace(/^ +$/gm, "")],
  ["quoted", (text) => prefixed(text, "> ")],
  ["quoted twice", (text) => prefixed(text, "> > ")],
  ["quoted without a blank", (text) => prefixed(text, ">")],
  ["quoted above an answer", (text) => `Alice wrote:\n${prefixed(text, "> ")}\n\nUse port 587.\n\nBob\n`],
  ["fenced in a question", (text) => `Any idea?\n\n\`\`\`text\n${plain(text)}\n\`\`\`\n\nThanks, Bob\n`],
  ["sent with a question above", (text) => `Hi, any idea why this fails?\n\n${plain(text)}\n`],
  ["sent with thanks right below", (text) => `${plain(text)}\nThanks\n`],
  [
    "sent with a signature",
    (text) => `${plain(text)}\n\nIt worked before.\n\n-- \nBob Miller\nmail admin, Example Ltd.\n+49 30 1234567\n`,
  ],
  [
    "freed of blanks at line ends",
    (text) =>
      lines(text)
        .map((line) => line.trimEnd())
        .join("\n"),
  ],
];

describe.each(WAYS)("a healthy recording that was %s gives no finding that asks for action", (_name, change) => {
  test.each(healthy.map(({ path }) => path))("%s", (path) => {
    const text = change(decodeText(readFileSync(new URL(path, FOLDER))));
    expect(describeFindings(text, findingsIn(text).filter(isSevere))).toEqual([]);
  });
});

/** Where a cut leaves half a packet: who said it, and where its lines begin, is lost with the first half. */
const PACKETS = /^(?:tshark-follow-hex|ngrep-plain)\//;

describe.each([0.3, 0.5, 0.7, 0.9])("the part behind %d of a healthy recording gives no finding", (part) => {
  test.each(healthy.map(({ path }) => path).filter((path) => !PACKETS.test(path)))("%s", (path) => {
    const whole = decodeText(readFileSync(new URL(path, FOLDER)));
    const text = whole.slice(halfway(whole, part));
    expect(describeFindings(text, findingsIn(text).filter(isSevere))).toEqual([]);
  });
});
