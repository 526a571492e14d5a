import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { findingsIn } from "../kit/findings.js";

/**
 * Each file holds blocks: `==== rule[, rule]… [/ dialect] — title`, then a transcript. Under a line that a finding points
 * at stands a line `~~~` of carets below the characters, with severity and rule. Only the named rules run.
 * `UPDATE=1` writes the marks anew.
 */
const FOLDER = new URL("fixtures/", import.meta.url);
const HEAD = /^==== ([a-z0-9-]+(?:, [a-z0-9-]+)*)(?: \/ ([a-z0-9-]+))? — (.+)$/;
const MARK = /^~~~ *\^/;

interface Block {
  readonly head: string;
  readonly rules: readonly string[];
  readonly dialect: string | undefined;
  readonly title: string;
  readonly lines: readonly string[];
}

const wrongHead = (line: string): never => {
  throw new Error(`no head of a block: ${line}`);
};

function blocksOf(content: string): Block[] {
  const parts = content.split(/^(?===== )/m).filter((part) => part.trim() !== "");
  return parts.map((part) => {
    const [head = "", ...lines] = part.replace(/\n$/, "").split("\n");
    const match = HEAD.exec(head) ?? wrongHead(head);
    return { head, rules: (match[1] as string).split(", "), dialect: match[2], title: match[3] as string, lines };
  });
}

/** The transcript of a block with a mark below each line that a finding begins on. */
function marked(block: Block): string[] {
  const source = block.lines.filter((line) => !MARK.test(line));
  const text = `${source.join("\n")}\n`;
  const marks = new Map<number, string[]>();
  for (const finding of findingsIn(text, block.rules, block.dialect)) {
    const before = text.slice(0, finding.span.start).split("\n");
    const column = (before[before.length - 1] as string).length;
    const end = Math.min(finding.span.end, text.indexOf("\n", finding.span.start));
    // The mark needs three columns of its own: what it shows is shifted by four.
    const carets = `~~~ ${" ".repeat(column)}${"^".repeat(Math.max(1, end - finding.span.start))}`;
    const mark = `${carets} ${finding.severity} ${finding.rule}`;
    marks.set(before.length - 1, [...(marks.get(before.length - 1) ?? []), mark]);
  }
  return source.flatMap((line, k) => [line, ...(marks.get(k) ?? [])]);
}

describe.each(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith(".smtp"))
    .sort(),
)("%s", (name) => {
  const file = new URL(name, FOLDER);
  const blocks = blocksOf(readFileSync(file, "utf8"));
  if (process.env.UPDATE === "1") {
    writeFileSync(file, `${blocks.map((block) => [block.head, ...marked(block)].join("\n")).join("\n")}\n`);
  }

  test.each(blocksOf(readFileSync(file, "utf8")).map((block) => [block.title, block] as const))(
    "%s",
    (_title, block) => {
      expect(marked(block)).toEqual(block.lines);
    },
  );
});
