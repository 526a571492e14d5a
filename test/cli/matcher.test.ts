import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runCli } from "../kit/world.js";

interface Pattern {
  readonly regexp: string;
  readonly [part: string]: string | number;
}

interface Matcher {
  readonly name: string;
  readonly severity: string;
  readonly pattern: Pattern;
}

const PARTS = ["file", "line", "column", "endLine", "endColumn", "severity", "code", "message"];

const HEAD = "S: 220 mx.example.com ESMTP\nC: EHLO client.example.org\nS: 250 mx.example.com\n";
const TAIL = "C: QUIT\nS: 221 2.0.0 Bye\n";
const TWO = `${HEAD}C: MAIL FROM: <a@example.org>\nS: 250 2.1.0 Ok\nC: RCPT TO: <b@example.com>\nS: 550 5.1.1 No  such user\n${TAIL}`;

function matcher(name: string): Matcher {
  const { contributes } = JSON.parse(readFileSync("package.json", "utf8")) as {
    contributes: { problemMatchers: Matcher[] };
  };
  const found = contributes.problemMatchers.find((one) => one.name === name);
  if (!found) throw new Error(`no problem matcher ${name}`);
  return found;
}

/** What the editor takes from each line that a matcher's pattern fits. */
function matches({ pattern }: Matcher, output: string): Record<string, string>[] {
  const regexp = new RegExp(pattern.regexp);
  return output.split("\n").flatMap((line) => {
    const found = regexp.exec(line);
    if (!found) return [];
    const taken = PARTS.filter((part) => part in pattern).map((part) => [part, found[pattern[part] as number] ?? ""]);
    return [Object.fromEntries(taken) as Record<string, string>];
  });
}

const files = { "logs/a b.smtp": TWO, "c.smtp": TWO };

/** File, line, column and rule of every finding, by the JSON format. */
async function expected(): Promise<string[]> {
  const { out } = await runCli(["lint", "--format", "json", ...Object.keys(files)], files);
  const results = JSON.parse(out) as {
    file: string;
    diagnostics: { rule: string; range: { start: { line: number; character: number } } }[];
  }[];
  return results.flatMap(({ file, diagnostics }) =>
    diagnostics.map(({ rule, range }) => `${file} ${rangeStart(range)} ${rule}`),
  );
}

function rangeStart({ start }: { start: { line: number; character: number } }): string {
  return `${start.line + 1}:${start.character + 1}`;
}

const shown = ({ file, line, column, code }: Record<string, string>): string => `${file} ${line}:${column} ${code}`;

describe("problem matchers of the extension", () => {
  it("take every finding that lint prints for a person", async () => {
    const { out } = await runCli(["lint", ...Object.keys(files)], files);
    const found = matches(matcher("smtp-transcripts"), out);
    expect(found.map(shown)).toEqual(await expected());
    expect(found.length).toBeGreaterThan(4);
    expect(found[0]).toMatchObject({ file: "logs/a b.smtp", line: "4", column: "14", code: "space-after-colon" });
    expect(out).toContain(found[0]?.message ?? "?");
  });

  it("take the severity in any language, or else a mild one", async () => {
    const { out } = await runCli(["lint", "--locale", "ar", "c.smtp"], files);
    expect(matches(matcher("smtp-transcripts"), out)[0]).toMatchObject({ file: "c.smtp", code: "space-after-colon" });
    // The editor knows error, warning and info; it takes the matcher's own severity for any other word.
    expect(matcher("smtp-transcripts").severity).toBe("info");
    expect(matcher("smtp-transcripts-github").severity).toBe("info");
  });

  it("take every finding that lint prints for GitHub", async () => {
    const { out } = await runCli(["lint", "--format", "github", ...Object.keys(files)], files);
    const found = matches(matcher("smtp-transcripts-github"), out);
    expect(found.map(shown)).toEqual(await expected());
    expect(found).toHaveLength(out.trimEnd().split("\n").length);
  });
});
