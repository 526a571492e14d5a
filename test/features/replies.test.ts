import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { SourceText } from "../../server/src/text/source.js";
import { decodeText } from "../kit/corpus.js";
import { hoverAtOffset } from "../kit/hover.js";

const FIXTURE = "test/features/replies.json";

/** A real refusal of the recorded sessions, with what the hover says first: read by a person and kept. */
interface Expected {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly says: string;
  readonly who: string;
}

const expected = JSON.parse(readFileSync(FIXTURE, "utf8")) as Expected[];

function firstOf({ file, line }: Expected): { says: string; who: string } {
  const text = decodeText(readFileSync(`test/corpus/${file}`));
  const source = new SourceText(text);
  const start = source.lineStart(line - 1);
  const column = Math.max(0, source.lineText(line - 1).search(/\b[2-5]\d\d[ -]/));
  const paragraphs = (hoverAtOffset(text, start + column) ?? "").split("\n\n");
  const who = paragraphs.find((paragraph) => paragraph.startsWith("**Who must act:**")) ?? "";
  return { says: paragraphs[1] ?? "", who: who.split("\n")[0]?.replace("**Who must act:** ", "").trim() ?? "" };
}

it("real refusals name the cause and who must act first", () => {
  if (process.env.UPDATE === "1") {
    const read = expected.map((entry) => ({ file: entry.file, line: entry.line, ...firstOf(entry) }));
    writeFileSync(FIXTURE, `${JSON.stringify(read, null, 2)}\n`);
    return;
  }
  expect(expected.length).toBeGreaterThanOrEqual(30);
  for (const entry of expected) expect({ ...entry, ...firstOf(entry) }).toEqual(entry);
});
