import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import { rulePageUri } from "../features/pageUris.js";
import type { Severity } from "../rules/types.js";
import type { Problem } from "../service.js";
import type { SourceText } from "../text/source.js";

/** VS Code shows at most 1000 findings of a file: the most severe, and one that counts the rest. */
export const SHOWN_FINDINGS = 999;

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** What a code action finds in the `data` of one of our diagnostics. */
export interface DiagnosticData {
  readonly rule: string;
  readonly fixable: boolean;
}

/**
 * Findings as LSP diagnostics: at most `SHOWN_FINDINGS` of them, the most severe first, then one that says how many more
 * there are.
 * @param more localised sentence for the rest, by its number.
 */
export function encodeProblems(
  uri: string,
  source: SourceText,
  problems: readonly Problem[],
  withRelated: boolean,
  more: (count: number) => string,
): Diagnostic[] {
  const shown = problems.length > SHOWN_FINDINGS ? mostSevere(problems).slice(0, SHOWN_FINDINGS) : problems;
  const diagnostics = shown.map((problem) => encodeProblem(uri, source, problem, withRelated));
  const hidden = problems.length - shown.length;
  if (hidden > 0) {
    const start = { line: 0, character: 0 };
    diagnostics.push({
      range: { start, end: start },
      severity: DiagnosticSeverity.Information,
      source: "smtp",
      code: "findings-not-shown",
      message: more(hidden),
    });
  }
  return diagnostics;
}

function mostSevere(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => SEVERITY[a.severity] - SEVERITY[b.severity] || a.span.start - b.span.start);
}

function encodeProblem(uri: string, source: SourceText, problem: Problem, withRelated: boolean): Diagnostic {
  const range = (span: Problem["span"]) => ({ start: source.positionAt(span.start), end: source.positionAt(span.end) });
  const data: DiagnosticData = { rule: problem.rule, fixable: problem.fix !== undefined };
  const diagnostic: Diagnostic = {
    range: range(problem.span),
    severity: SEVERITY[problem.severity],
    source: "smtp",
    code: problem.rule,
    codeDescription: { href: rulePageUri(problem.rule) },
    message: problem.message,
    data,
  };
  if (!withRelated || problem.related.length === 0) return diagnostic;
  const relatedInformation = problem.related.map((related) => ({
    location: { uri, range: range(related.span) },
    message: related.message,
  }));
  return { ...diagnostic, relatedInformation };
}
