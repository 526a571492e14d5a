import { say } from "../../features/words.js";
import type { Severity } from "../../rules/types.js";
import { type Locale, type Problem, printableText } from "../../service.js";
import type { SourceText } from "../../text/source.js";
import { holdsNothing } from "../inspectText.js";
import type { LintResult } from "../lintResult.js";
import { oneLine, type Paint, painter } from "../terminal.js";

const COLOUR = { error: "red", warning: "yellow", information: "blue", hint: "grey" } as const;

/** Longer source lines are cut around the finding. */
const WIDTH = 100;

/**
 * Findings for a person: each with its source line and a caret below the place. The first line of a finding stands for
 * itself, so that terminals link it and the editor's problem matcher reads it.
 */
export function formatStylish(results: readonly LintResult[], colours: boolean, locale: Locale): string {
  const paint = painter(colours);
  const parts: string[] = [];
  const empty: string[] = [];
  for (const { input, problems } of results) {
    if (problems.length === 0) {
      if (holdsNothing(input.document)) empty.push(`${oneLine(input.file)}: ${say(locale, "cli.nothingToRead")}`);
      continue;
    }
    const printed = {
      file: oneLine(input.file),
      source: input.document.source,
      printable: printableText(input.document),
    };
    for (const problem of problems) parts.push(...oneProblem(printed, problem, paint, locale));
    parts.push("");
  }
  parts.push(...empty);
  if (empty.length < results.length || results.length === 0) parts.push(summary(results, paint, locale));
  return `${parts.join("\n")}\n`;
}

function oneProblem(printed: Printed, problem: Problem, paint: Paint, locale: Locale): string[] {
  const { file, source } = printed;
  const { line, character } = source.positionAt(problem.span.start);
  const word = say(locale, `severity.${problem.severity}`);
  const lines = [
    `${paint("underline", `${file}:${line + 1}:${character + 1}`)}  ${paint(COLOUR[problem.severity], word)}  ${oneLine(problem.message)}  ${paint("grey", problem.rule)}`,
    ...excerpt(printed, problem, paint),
  ];
  for (const related of problem.related) {
    lines.push(paint("grey", `      ${source.lineAt(related.span.start) + 1}: ${oneLine(related.message)}`));
  }
  return lines;
}

/** A text of which lines are printed, and the same without passwords: the output often ends in a log that many can read. */
interface Printed {
  readonly file: string;
  readonly source: SourceText;
  readonly printable: string;
}

/** The source line, cut to a sensible width, and carets below what the finding is about. */
function excerpt(printed: Printed, problem: Problem, paint: Paint): string[] {
  const { source, printable } = printed;
  const line = source.lineAt(problem.span.start);
  const start = source.lineStart(line);
  const text = printable.slice(start, start + source.lineText(line).length);
  const from = problem.span.start - start;
  const to = Math.max(from, Math.min(problem.span.end - start, text.length));
  if (text === "" || from > text.length) return [];
  const cut = from > WIDTH - 20 ? from - 20 : 0;
  const head = (cut > 0 ? "…" : "") + oneLine(text.slice(cut, from));
  const marked = oneLine(text.slice(from, Math.min(to, cut + WIDTH)));
  const tail = oneLine(text.slice(Math.min(to, cut + WIDTH), cut + WIDTH)) + (text.length > cut + WIDTH ? "…" : "");
  const carets = "^".repeat(Math.max(1, marked.length));
  const bar = paint("grey", "      | ");
  return [
    `${bar}${head}${marked}${tail}`,
    `${bar}${" ".repeat(head.length)}${paint(COLOUR[problem.severity], carets)}`,
  ];
}

function summary(results: readonly LintResult[], paint: Paint, locale: Locale): string {
  const all = results.flatMap(({ problems }) => problems);
  if (all.length === 0) return say(locale, "lint.clean", { files: results.length });
  const count = (severity: Severity): number => all.filter((problem) => problem.severity === severity).length;
  const text = say(locale, "lint.summary", {
    total: all.length,
    errors: count("error"),
    warnings: count("warning"),
    fixable: all.filter((problem) => problem.fix).length,
  });
  return paint(count("error") > 0 ? "red" : count("warning") > 0 ? "yellow" : "bold", text);
}
