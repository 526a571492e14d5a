import type { WireLine } from "../../dialects/types.js";
import { codesOf, directed, duration, isRtl, label, renderText, shown, textsFor } from "../../reference/index.js";
import { codeSpan, escapeMarkdown, isolate } from "../../text/markdown.js";
import { parseTranscript, type Transcript } from "../../transcript.js";
import { lintDocument } from "../lint.js";
import { outcomeInWords } from "../outcomeWords.js";
import { redactTranscript } from "../redact/redact.js";
import type { Locale, ParsedDocument } from "../types.js";
import { say } from "../words.js";
import { type Cause, causesOf } from "./reportCauses.js";

/** At most this many lines of the transcript are quoted. */
const MOST_LINES = 40;
/** At most this much of a line is quoted. */
const MOST_QUOTED = 500;
/** At most this many line numbers are named for one cause. */
const MOST_NUMBERS = 5;
/** Lines around a finding that are quoted with it. */
const AROUND = 1;

/**
 * A report for a ticket, in Markdown: the outcome of each transaction, why it failed with who must act and what to do, the
 * mistakes, and the lines that matter. Everything of the transcript is redacted first, so the report can be posted.
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
  const told = new Set(problems.map(({ span }) => transcript.source.lineAt(span.start)));
  // The wording of a provider is known only before redaction; an explanation repeats nothing of the transcript.
  const causes = causesOf(document.transcript, locale, told);
  const marked = markedLines(transcript, told, causes);
  const out = [`## ${say(locale, "report.title")}`, "", ...outcomes(transcript, locale)];
  if (causes.length > 0)
    out.push("", `### ${say(locale, "report.refused")}`, "", ...causes.flatMap((cause) => tell(cause, locale)));
  if (problems.length > 0) {
    out.push("", `### ${say(locale, "report.problems")}`, "");
    for (const { span, message, rule } of problems) {
      const where = lineLabel([transcript.source.lineAt(span.start)], locale);
      out.push(`- ${where} ${escapeMarkdown(message)} (\`${rule}\`)`);
    }
  }
  const { source } = transcript;
  const lines = quoted(source.lineCount, (k) => source.lineText(k), marked);
  if (lines.length > 0) out.push("", `### ${say(locale, "report.lines")}`, "");
  return `${[...out.map((line) => laidOut(line, locale)), ...lines].join("\n")}\n`;
}

/** A line that runs as its language does; the indentation of a list stays in front. */
function laidOut(line: string, locale: Locale): string {
  const start = line.length - line.trimStart().length;
  return line.slice(0, start) + directed(line.slice(start), locale);
}

/** What became of each transaction, of logins that failed, and of deliveries. */
function outcomes(transcript: Transcript, locale: Locale): string[] {
  const colon = label(textsFor(locale), "join.label");
  const quote = (text: string): string => (isRtl(locale) ? isolate(codeSpan(text)) : codeSpan(text));
  const out: string[] = [];
  for (const session of transcript.sessions) {
    for (const transaction of session.transactions) {
      const from = quote(`<${transaction.reversePath ?? "?"}>`);
      out.push(`- ${from}${colon} ${outcomeInWords(locale, transaction, quote)}`);
      const { decidedBy } = transaction;
      if (decidedBy) out.push(`  - ${quote(`${decidedBy.code ?? ""} ${decidedBy.text}`.slice(0, MOST_QUOTED))}`);
    }
    const failed = session.auth.filter(({ outcome }) => outcome !== "success");
    const last = failed[failed.length - 1];
    if (last) out.push(`- ${say(locale, "hover.login")}${colon} ${say(locale, `auth.${last.outcome}`)}`);
    if (!last && session.transactions.length === 0) out.push(`- ${say(locale, `closed.${session.closedBy}`)}`);
  }
  for (const delivery of transcript.deliveries) {
    if (delivery.status === "sent") continue;
    const to = delivery.recipient === null ? "" : `${quote(`<${delivery.recipient}>`)}${colon} `;
    out.push(`- ${to}${say(locale, `delivery.${delivery.status}`)}`);
  }
  return out.slice(0, MOST_LINES);
}

/** A cause with who must act, whether a retry helps, what to do and what does not help. */
function tell({ lines, explanation }: Cause, locale: Locale): string[] {
  const messages = textsFor(locale);
  const colon = label(messages, "join.label");
  const text = (value: string): string => renderText(value, locale, "markdown");
  const line = (key: string, value: string | undefined): string[] =>
    value ? [`  - **${label(messages, key)}${colon}** ${value}`] : [];
  const { provider, retry, wait, fix, not, actors, cause, meaning } = explanation;
  const who = provider?.name ? ` (${label(messages, "text.saidBy", { provider: provider.name })})` : "";
  const waited = wait ? ` ${label(messages, "text.waitAsked", { time: duration(wait, locale) })}` : "";
  const codes = codesOf(explanation);
  return [
    `- ${lineLabel(lines, locale)} ${shown(codes, locale, "markdown")} ${text(cause ?? meaning)}${who}`,
    ...line(
      "label.actors",
      actors.map((actor) => label(messages, `actor.${actor}`)).join(label(messages, "join.list")),
    ),
    ...line("label.retry", `${text(retry.text)}${waited}`),
    ...line("label.fix", fix && text(fix)),
    ...line("label.not", not[0] && text(not[0])),
  ];
}

/** "line 12, 14:" */
function lineLabel(lines: readonly number[], locale: Locale): string {
  const messages = textsFor(locale);
  const numbers = lines.slice(0, MOST_NUMBERS).map((line) => String(line + 1));
  const more = lines.length > MOST_NUMBERS ? " …" : "";
  const line = numbers.join(label(messages, "join.list")) + more;
  return `${say(locale, "report.line", { line })}${label(messages, "join.label")}`;
}

/** Lines around a finding, and every refusal with its command. */
function markedLines(transcript: Transcript, told: ReadonlySet<number>, causes: readonly Cause[]): Set<number> {
  const marked = new Set<number>();
  for (const line of told) for (let k = line - AROUND; k <= line + AROUND; k++) marked.add(k);
  for (const session of transcript.sessions) {
    for (const reply of session.replies)
      if (reply.code !== null && reply.code >= 400)
        markReply(
          reply.exchange?.wire,
          reply.lines.map(({ wire }) => wire),
          marked,
        );
  }
  for (const { lines } of causes) for (const line of lines) marked.add(line);
  return marked;
}

function markReply(command: WireLine | undefined, lines: readonly WireLine[], marked: Set<number>): void {
  if (command) marked.add(command.line);
  for (const wire of lines) marked.add(wire.line);
}

/** The marked lines in a code fence that no line of them can close. */
function quoted(count: number, text: (line: number) => string, marked: ReadonlySet<number>): string[] {
  const lines = [...marked].filter((line) => line >= 0 && line < count).sort((a, b) => a - b);
  if (lines.length === 0) return [];
  const shown = lines.slice(0, MOST_LINES).map((line) => text(line).slice(0, MOST_QUOTED));
  let fence = "```";
  while (shown.some((line) => line.includes(fence))) fence += "`";
  const width = String((lines[lines.length - 1] ?? 0) + 1).length;
  return [
    `${fence}text`,
    ...shown.map((line, k) => `${String((lines[k] as number) + 1).padStart(width)}  ${line}`),
    fence,
  ];
}
