import type { Severity } from "../../rules/types.js";
import type { LintResult } from "../lintResult.js";

const LEVEL: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "notice",
  hint: "notice",
};

/** Findings as workflow commands of GitHub Actions, which become annotations of a pull request. */
export function formatGithub(results: readonly LintResult[]): string {
  const lines: string[] = [];
  for (const { input, problems } of results) {
    const { source } = input.document;
    for (const problem of problems) {
      const start = source.positionAt(problem.span.start);
      const end = source.positionAt(problem.span.end);
      const properties = [
        `file=${property(input.file)}`,
        `line=${start.line + 1}`,
        `endLine=${end.line + 1}`,
        // Columns only make sense for findings within a line.
        ...(start.line === end.line ? [`col=${start.character + 1}`, `endColumn=${end.character + 1}`] : []),
        `title=${property(problem.rule)}`,
      ];
      lines.push(`::${LEVEL[problem.severity]} ${properties.join(",")}::${data(problem.message)}`);
    }
  }
  return lines.map((line) => `${line}\n`).join("");
}

function data(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function property(text: string): string {
  return data(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
