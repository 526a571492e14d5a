import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { messageLinesOf } from "../../../server/src/message/lines.js";
import { readMessage } from "../../../server/src/message/tree.js";
import { SourceText } from "../../../server/src/text/source.js";
import { coverFaults } from "./cover.js";
import disagreements from "./disagreements.json" with { type: "json" };
import { type Case, projects } from "./projects.js";
import { differences, shapeOf } from "./shape.js";

// Compares the reader with what three other projects expect of their test messages: number, order, type and place of
// parts, places of fields. Their messages are not part of this project. To compare, put checkouts of
// stalwartlabs/mail-parser, apache/james-mime4j and jstedfast/MimeKit side by side and name their folder:
// MAIL_CORPORA=/path/to/them npx vitest run test/message/golden
const folder = process.env.MAIL_CORPORA ?? "";

function differing({ text, begin, stop, expected }: Case): boolean {
  const message = readMessage(messageLinesOf(new SourceText(text)), begin ?? 0, stop);
  if (begin === undefined) expect(coverFaults(message)).toEqual([]);
  return differences(shapeOf(message, message.root, text.length), expected).length > 0;
}

describe.each(projects)("$name", ({ name, cases }) => {
  const root = join(folder, name);
  const listed = disagreements
    .flatMap(({ messages }) => (messages as Record<string, string[] | undefined>)[name] ?? [])
    .sort();

  test.skipIf(folder === "" || !existsSync(root))("differs in the listed messages only, in both forms", () => {
    const all = cases(root);
    expect(all.length).toBeGreaterThan(50);
    for (const form of ["lf", "crlf"]) {
      const found = all.filter((one) => one.form === form && differing(one)).map((one) => one.name);
      expect(found.sort()).toEqual(listed);
    }
  });
});

test("every disagreement says who reads what, and why", () => {
  expect(new Set(disagreements.map(({ id }) => id)).size).toBe(disagreements.length);
  for (const one of disagreements) {
    expect(Object.keys(one.messages).filter((name) => !projects.some((project) => project.name === name))).toEqual([]);
    for (const text of [one.theirs, one.ours, one.reason]) expect(text).toMatch(/\.$/);
  }
});
