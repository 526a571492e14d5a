import { anyRuleById } from "../../rules/all.js";
import { rulePage } from "../../rules/pages.js";
import type { Severity } from "../../rules/types.js";
import type { SourceText } from "../../text/source.js";
import type { Span } from "../../text/span.js";
import { version } from "../../version.js";
import type { LintResult } from "../lintResult.js";

const LEVEL: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
};

/** Findings as SARIF 2.1.0 (OASIS), with the page of each rule that spoke as its help. */
export function formatSarif(results: readonly LintResult[]): string {
  const ids = [...new Set(results.flatMap(({ problems }) => problems.map((problem) => problem.rule)))].sort();
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "smtp-transcripts", version, rules: ids.map(describe) } },
        columnKind: "utf16CodeUnits",
        artifacts: results.map(({ input }) => ({ location: { uri: uriOf(input.file) } })),
        results: results.flatMap((result, index) => resultsOf(result, index, ids)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function describe(id: string) {
  const rule = anyRuleById(id);
  if (!rule) return { id };
  return {
    id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.why },
    help: { text: rule.fix, markdown: rulePage(rule) },
    defaultConfiguration: rule.severity === "off" ? { enabled: false } : { enabled: true, level: LEVEL[rule.severity] },
    properties: { tags: [rule.topic, rule.party, rule.level] },
  };
}

function resultsOf({ input, problems }: LintResult, index: number, ids: readonly string[]) {
  const { source } = input.document;
  const artifactLocation = { uri: uriOf(input.file), index };
  return problems.map((problem) => ({
    ruleId: problem.rule,
    ruleIndex: ids.indexOf(problem.rule),
    level: LEVEL[problem.severity],
    message: { text: problem.message },
    locations: [{ physicalLocation: { artifactLocation, region: regionOf(source, problem.span) } }],
    ...(problem.related.length > 0
      ? {
          relatedLocations: problem.related.map((related, id) => ({
            id,
            message: { text: related.message },
            physicalLocation: { artifactLocation, region: regionOf(source, related.span) },
          })),
        }
      : {}),
  }));
}

/** Lines and columns count from 1; the end column is the one behind the last character. */
function regionOf(source: SourceText, span: Span) {
  const start = source.positionAt(span.start);
  const end = source.positionAt(span.end);
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** A path as a URI reference. */
function uriOf(file: string): string {
  if (file === "-") return "stdin";
  const path = file.replace(/\\/g, "/").split("/").map(encodeURIComponent).join("/");
  return /^[A-Za-z]%3A\//.test(path)
    ? `file:///${path.replace("%3A", ":")}`
    : path.startsWith("/")
      ? `file://${path}`
      : path;
}
