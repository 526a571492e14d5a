import type { WireLine } from "../../dialects/types.js";
import { label, textsFor } from "../../reference/index.js";
import { escapeMarkdown } from "../../text/markdown.js";
import { parseTranscript } from "../../transcript.js";
import { lintDocument } from "../lint.js";
import { outcomeInWords } from "../outcomeWords.js";
import { redactTranscript } from "../redact/redact.js";
import type { Locale, ParsedDocument } from "../types.js";
import { say } from "../words.js";

/** At most this many lines of the transcript are quoted. */
const MOST_LINES = 40;
/** Lines around a finding that are quoted with it. */
const AROUND = 1;

/**
 * A report for a ticket, in Markdown: the outcome of each transaction, the mistakes, and the lines that matter. Everything
 * of the transcript is redacted first, so the report can be posted.
 */
export function reportOf(document: ParsedDocument, locale: Locale): string {
  const transcript = parseTranscript(redactTranscript(document.transcript));
  const redacted: ParsedDocument = {
    ...document,
    source: transcript.source,
    transcript,
    message: undefined,
    language: "smtp-transcript",
  };
  const problems = lintDocument(redacted, { settings: { profile: "standard", rules: {}, aside: [] }, locale }).filter(
    ({ severity }) => severity === "error" || severity === "warning",
  );
  const colon = label(textsFor(locale), "join.label");
  const out = [`## ${say(locale, "report.title")}`, ""];
  for (const session of transcript.sessions) {
    for (const transaction of session.transactions) {
      out.push(
        `- ${escapeMarkdown(`<${transaction.reversePath ?? "?"}>`)}${colon} ${escapeMarkdown(outcomeInWords(locale, transaction))}`,
      );
      if (transaction.decidedBy)
        out.push(
          `  - ${escapeMarkdown(`${transaction.decidedBy.code ?? ""} ${transaction.decidedBy.text}`.slice(0, 500))}`,
        );
    }
  }
  if (problems.length > 0) out.push("", `### ${say(locale, "report.problems")}`, "");
  const marked = new Set<number>();
  for (const problem of problems) {
    const line = transcript.source.lineAt(problem.span.start);
    for (let k = line - AROUND; k <= line + AROUND; k++) marked.add(k);
    out.push(
      `- ${say(locale, "report.line", { line: line + 1 })}${colon} ${escapeMarkdown(problem.message)} (\`${problem.rule}\`)`,
    );
  }
  for (const session of transcript.sessions) {
    for (const reply of session.replies)
      if (reply.code !== null && reply.code >= 400)
        markReply(
          reply.exchange?.wire,
          reply.lines.map(({ wire }) => wire),
          marked,
        );
  }
  out.push(
    "",
    `### ${say(locale, "report.lines")}`,
    "",
    ...quoted(transcript.source.lineCount, (k) => transcript.source.lineText(k), marked),
  );
  return `${out.join("\n")}\n`;
}

function markReply(command: WireLine | undefined, lines: readonly WireLine[], marked: Set<number>): void {
  if (command) marked.add(command.line);
  for (const wire of lines) marked.add(wire.line);
}

/** The marked lines in a code fence that no line of them can close. */
function quoted(count: number, text: (line: number) => string, marked: ReadonlySet<number>): string[] {
  const lines = [...marked].filter((line) => line >= 0 && line < count).sort((a, b) => a - b);
  const shown = lines.slice(0, MOST_LINES).map((line) => text(line).slice(0, 500));
  let fence = "```";
  while (shown.some((line) => line.includes(fence))) fence += "`";
  const width = String((lines[lines.length - 1] ?? 0) + 1).length;
  return [
    `${fence}text`,
    ...shown.map((line, k) => `${String((lines[k] as number) + 1).padStart(width)}  ${line}`),
    fence,
  ];
}
