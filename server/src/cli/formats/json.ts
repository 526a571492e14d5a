import type { LintResult } from "../lintResult.js";

/** Findings as `lint --format json` gives them: lines and UTF-16 characters count from 0, as in LSP. */
export function formatJson(results: readonly LintResult[]): string {
  const files = results.map(({ input, problems }) => {
    const { source, language, transcript } = input.document;
    return {
      file: input.file,
      language,
      dialect: transcript.detection.dialect.id,
      diagnostics: problems.map((problem) => ({
        rule: problem.rule,
        severity: problem.severity,
        message: problem.message,
        range: { start: source.positionAt(problem.span.start), end: source.positionAt(problem.span.end) },
        fixable: problem.fix !== undefined,
        related: problem.related.map(({ span, message }) => ({ line: source.lineAt(span.start), message })),
      })),
    };
  });
  return `${JSON.stringify(files, null, 2)}\n`;
}
