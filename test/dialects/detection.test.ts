import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rank, sampleOf } from "../../server/src/dialects/detect.js";
import { dialects } from "../../server/src/dialects/index.js";
import { SourceText } from "../../server/src/text/source.js";
import { veilOf, viewThrough } from "../../server/src/text/veil.js";
import { decodeText } from "../kit/corpus.js";

const corpus = new URL("../corpus/", import.meta.url);
const recordings = JSON.parse(readFileSync(new URL("truth.json", corpus), "utf8")) as {
  path: string;
  dialect: string;
}[];
/** How far the runner-up must stay behind. */
const MARGIN = 0.05;

const viewed = (source: SourceText) => viewThrough(source, veilOf(source));

function ranked(text: string): { id: string; score: number }[] {
  return rank(sampleOf(viewed(new SourceText(text))), dialects).map(({ dialect, score }) => ({
    id: dialect.id,
    score,
  }));
}

describe("detection", () => {
  for (const { path, dialect } of recordings) {
    it(`knows ${path} from every other dialect`, () => {
      const [best, second] = ranked(decodeText(readFileSync(new URL(path, corpus))));
      expect(best?.id).toBe(dialect);
      if (second) expect((best?.score ?? 0) - second.score).toBeGreaterThanOrEqual(MARGIN);
    });
  }

  it("knows the forms as people paste them: quoted in a mail, fenced, indented", () => {
    for (const { path, dialect } of recordings) {
      if (!["swaks", "curl-v", "python-smtplib-debug1", "phpmailer-debug2", "msmtp-debug"].includes(dialect)) continue;
      const text = decodeText(readFileSync(new URL(path, corpus)));
      const own = ranked(text)[0]?.id;
      const lines = text.split(/\r\n|\n|\r/);
      if (lines.filter((line) => /[2-5]\d\d[ -]/.test(line)).length < 3) continue;
      expect(ranked(lines.map((line) => `> ${line}`).join("\n"))[0]?.id, `quoted ${path}`).toBe(own);
      expect(ranked(`It says:\n\n\`\`\`text\n${lines.join("\n")}\n\`\`\`\n`)[0]?.id, `fenced ${path}`).toBe(own);
      expect(
        ranked(lines.map((line) => (line === "" ? "" : `    ${line}`)).join("\n"))[0]?.id,
        `indented ${path}`,
      ).toBe(own);
    }
  });

  it("gives ids once, in kebab-case or as the tool's own name is written", () => {
    const ids = dialects.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*$/);
  });
});
