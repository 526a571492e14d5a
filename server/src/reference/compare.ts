/** Compares two codes: what the data says about each, and the differences worked out from it. */
import { isRtl, type Locale, label, type Messages, textsFor } from "./locales/index.js";
import { type EnhancedParts, enhancedEntry, enhancedRetry, replyEntry } from "./lookup.js";
import { readCodes } from "./parse.js";
import { directed, type Format, renderText, shown } from "./render.js";
import type { Actor, ReplyData, RetryKind, Stage, Status } from "./types.js";

/** One side of a comparison. */
export interface Side {
  /** As shown: `451`, `5.1.1`, `550 5.7.1`. */
  readonly code: string;
  readonly basic: number | null;
  readonly enhanced: string | null;
  readonly name: string;
  readonly meaning: string;
  readonly class: string;
  readonly subject: string | undefined;
  readonly status: Status | undefined;
  readonly stages: readonly Stage[];
  readonly commands: readonly string[];
  readonly actors: readonly Actor[];
  readonly retry: RetryKind;
  readonly causes: readonly string[];
  readonly use: string | undefined;
  readonly sources: readonly string[];
}

/** Two codes side by side. Texts are ours, with backticks; show them with `renderText`. */
export interface Comparison {
  readonly locale: Locale;
  readonly a: Side;
  readonly b: Side;
  /** Label, and the values of both sides. */
  readonly rows: readonly { readonly label: string; readonly a: string; readonly b: string }[];
  /** Key differences, most important first. */
  readonly differences: readonly string[];
  /** For someone who writes a server; empty where nobody has to choose. */
  readonly use: readonly string[];
  /** They never come at the same point of a session. */
  readonly unrelated: boolean;
}

function retryByDigit(digit: string): RetryKind {
  return digit === "4" ? "later" : digit === "5" ? "fix-first" : "none";
}

/** Meaning of a side: a basic code with an enhanced one is about what the enhanced one says. */
function textOf(data: ReplyData | undefined, parts: EnhancedParts | undefined, digit: string, messages: Messages) {
  const own = parts?.entry ? messages.enhanced[parts.key] : undefined;
  const reply = data ? messages.replies[String(data.code)] : undefined;
  const exact = own && parts?.detail !== "0" ? own : undefined;
  const chosen = exact ?? reply ?? own;
  return {
    name: chosen?.name ?? label(messages, `class.${digit}`),
    meaning: chosen?.meaning ?? label(messages, `classMeaning.${digit}`),
    causes: exact ? [] : (reply?.causes ?? []),
    use: parts ? undefined : reply?.use,
  };
}

/** Retry and actors of a side; a detail that says something of its own goes before the basic code. */
function judged(data: ReplyData | undefined, parts: EnhancedParts | undefined, digit: string) {
  const exact = parts?.entry && parts.detail !== "0" && parts.class === digit ? parts : undefined;
  return {
    status: data?.status ?? parts?.entry?.status,
    actors: exact?.entry?.actors ?? data?.actors ?? parts?.entry?.actors ?? [],
    retry: exact ? enhancedRetry(exact) : (data?.retry ?? retryByDigit(digit)),
    sources: [...new Set([...(data?.sources ?? []), ...(parts?.entry?.sources ?? [])])],
  };
}

function sideOf(written: string | number, messages: Messages): Side | undefined {
  const { code, enhanced } = readCodes(String(written));
  const basic = code ?? (/^\s*[2-5]\d\d\s*$/.test(String(written)) ? Number(written) : null);
  const parts = enhanced ? enhancedEntry(enhanced) : undefined;
  if (basic === null && !parts) return undefined;
  const digit = basic === null ? parts!.class : String(basic).charAt(0);
  const data = basic === null ? undefined : replyEntry(basic);
  return {
    code: [basic, parts?.code].filter((part) => part !== null && part !== undefined).join(" "),
    basic,
    enhanced: parts?.code ?? null,
    class: digit,
    subject: parts?.subject,
    stages: data?.stages ?? [],
    commands: data?.commands ?? [],
    ...textOf(data, parts, digit, messages),
    ...judged(data, parts, digit),
  };
}

function words(keys: readonly string[], prefix: string, messages: Messages): string {
  if (keys.length === 0) return label(messages, "text.none");
  return keys.map((key) => label(messages, `${prefix}.${key}`)).join(label(messages, "join.list"));
}

/** Whether the two can stand at the same point of a session, so that somebody may have to choose. */
function related(a: Side, b: Side): boolean {
  if (a.basic === null && b.basic === null) return a.subject === b.subject || a.class === b.class;
  if (a.basic === null || b.basic === null)
    return a.class === b.class || (FAILURES.has(a.class) && FAILURES.has(b.class));
  if (replyEntry(a.basic)?.neighbours.includes(b.basic) || replyEntry(b.basic)?.neighbours.includes(a.basic))
    return true;
  if (a.stages.length === 0 || b.stages.length === 0) return true;
  if (a.stages.some((stage) => stage !== "any" && b.stages.includes(stage))) return true;
  return a.commands.some((command) => command !== "ANY" && b.commands.includes(command));
}

/** Classes between which a server chooses when something went wrong. */
const FAILURES = new Set(["4", "5"]);

/** Where a reply comes: its stages, or the commands it answers where no stage is its own. */
function places(side: Side, messages: Messages): string {
  const stages = side.stages.filter((stage) => stage !== "any");
  if (stages.length > 0) return words(stages, "stage", messages);
  const commands = side.commands.filter((command) => command !== "ANY");
  if (commands.length === 0) return words(side.stages, "stage", messages);
  return commands.map((command) => `\`${command}\``).join(label(messages, "join.list"));
}

/** Why two codes that never stand side by side have little to do with each other. */
function whyUnrelated(a: Side, b: Side, messages: Messages): string {
  const [basic, enhanced] = a.basic === null ? [b, a] : [a, b];
  if (enhanced.basic === null) {
    return label(messages, "compare.unrelatedKinds", {
      basic: `\`${basic.code}\``,
      enhanced: `\`${enhanced.code}\``,
      classBasic: label(messages, `class.${basic.class}`),
      classEnhanced: label(messages, `class.${enhanced.class}`),
    });
  }
  return label(messages, "compare.unrelated", {
    a: `\`${a.code}\``,
    b: `\`${b.code}\``,
    stagesA: places(a, messages),
    stagesB: places(b, messages),
  });
}

function stageDifference(a: Side, b: Side, messages: Messages, codes: { a: string; b: string }): string | undefined {
  const onlyA = a.stages.filter((stage) => stage !== "any" && !b.stages.includes(stage));
  const onlyB = b.stages.filter((stage) => stage !== "any" && !a.stages.includes(stage));
  if (a.stages.length === 0 || b.stages.length === 0) return undefined;
  if (onlyA.length > 0 && onlyB.length > 0) {
    return label(messages, "compare.stage", {
      ...codes,
      stagesA: words(onlyA, "stage", messages),
      stagesB: words(onlyB, "stage", messages),
    });
  }
  const [code, stages] = onlyA.length > 0 ? [codes.a, onlyA] : [codes.b, onlyB];
  if (stages.length === 0) return undefined;
  return label(messages, "compare.stageOne", { code, stages: words(stages, "stage", messages) });
}

/** Own words about the pair, where one is listed as a neighbour of the other. */
function pairTexts(a: Side, b: Side, messages: Messages): string[] {
  if (a.basic === null || b.basic === null || a.enhanced || b.enhanced) return [];
  const texts = [
    [a.code, messages.replies[a.code]?.near?.[b.code], b.code],
    [b.code, messages.replies[b.code]?.near?.[a.code], a.code],
  ] as const;
  return texts.flatMap(([, text, about]) => {
    if (!text) return [];
    return text.startsWith(`\`${about}\``) ? [text] : [`\`${about}\`${label(messages, "join.label")} ${text}`];
  });
}

/** What each of the two is about, where their names tell them apart. */
function names(a: Side, b: Side, messages: Messages): string[] {
  if (a.name === b.name) return [];
  const colon = label(messages, "join.label");
  return [a, b].map((side) => `\`${side.code}\`${colon} ${side.name}`);
}

function differences(a: Side, b: Side, messages: Messages): string[] {
  const codes = { a: `\`${a.code}\``, b: `\`${b.code}\`` };
  const say = (key: string, values: Record<string, string>): string => label(messages, key, { ...codes, ...values });
  const out: string[] = [];
  if (a.class !== b.class) {
    out.push(say("compare.class", pair("class", a.class, b.class, "class", messages)));
    out.push(say("compare.persistence", pair("persistence", a.class, b.class, "persistence", messages)));
  }
  if ((a.basic === null) !== (b.basic === null)) {
    const [basic, enhanced] = a.basic === null ? [codes.b, codes.a] : [codes.a, codes.b];
    out.push(label(messages, "compare.kinds", { basic, enhanced }));
  }
  const own = pairTexts(a, b, messages);
  out.push(...(own.length > 0 ? own : names(a, b, messages)));
  if (a.subject && b.subject && a.subject !== b.subject) {
    out.push(say("compare.subject", pair("subject", a.subject, b.subject, "subject", messages)));
  }
  const stage = stageDifference(a, b, messages, codes);
  if (stage) out.push(stage);
  if (a.actors[0] && b.actors[0] && a.actors[0] !== b.actors[0]) {
    out.push(say("compare.actors", pair("actor", a.actors[0], b.actors[0], "actor", messages)));
  }
  if (a.retry !== b.retry) out.push(say("compare.retry", pair("retry", a.retry, b.retry, "retry", messages)));
  if (a.status && b.status && a.status !== b.status) {
    out.push(say("compare.status", pair("status", a.status, b.status, "status", messages)));
  }
  if (a.class === b.class) out.push(say("compare.sameBasic", { class: label(messages, `class.${a.class}`) }));
  return out;
}

/** `{classA, classB}` with the labels of the two keys. */
function pair(hole: string, a: string, b: string, prefix: string, messages: Messages): Record<string, string> {
  return { [`${hole}A`]: label(messages, `${prefix}.${a}`), [`${hole}B`]: label(messages, `${prefix}.${b}`) };
}

function rowsOf(a: Side, b: Side, messages: Messages): Comparison["rows"] {
  const row = (key: string, of: (side: Side) => string) => ({ label: label(messages, key), a: of(a), b: of(b) });
  const category = (side: Side): string => {
    if (side.basic === null) return label(messages, "text.none");
    const digit = String(side.basic).charAt(1);
    return label(messages, Number(digit) <= 5 ? `category.${digit}` : "category.other");
  };
  const none = label(messages, "text.none");
  const comma = label(messages, "join.list");
  const rows = [
    row("label.name", (side) => side.name),
    row("label.meaning", (side) => side.meaning),
    row("label.class", (side) => label(messages, `class.${side.class}`)),
    row("label.persistence", (side) => label(messages, `persistence.${side.class}`)),
    row("label.category", category),
    row("label.stages", (side) => words(side.stages, "stage", messages)),
    row("label.commands", (side) =>
      side.commands.length > 0 ? side.commands.map((c) => `\`${c}\``).join(comma) : label(messages, "text.none"),
    ),
    row("label.actors", (side) => words(side.actors, "actor", messages)),
    row("label.retry", (side) => label(messages, `retry.${side.retry}`)),
    row("label.causes", (side) => side.causes.slice(0, 2).join(" ") || label(messages, "text.none")),
    row("label.status", (side) =>
      side.status ? label(messages, `status.${side.status}`) : label(messages, "text.none"),
    ),
    row("label.sources", (side) => side.sources.map((s) => `\`${s}\``).join(comma) || label(messages, "text.none")),
  ];
  return rows.filter((entry) => entry.a !== none || entry.b !== none);
}

/** Rows for two codes that have little to do with each other: name and meaning. */
const FEW = 2;

/**
 * Compares two codes, basic or enhanced or both (`550 5.1.1`).
 * @param first, second codes as written or as numbers
 * @returns undefined where one of them is no code
 */
export function compareCodes(
  first: string | number,
  second: string | number,
  locale: Locale = "en",
): Comparison | undefined {
  const messages = textsFor(locale);
  const a = sideOf(first, messages);
  const b = sideOf(second, messages);
  if (!a || !b) return undefined;
  const unrelated = !related(a, b);
  const same = a.code === b.code;
  const use = [a, b].flatMap((side) =>
    side.use && !unrelated && !same
      ? [label(messages, "compare.useCode", { code: `\`${side.code}\``, name: side.name, use: side.use })]
      : [],
  );
  const differing = unrelated
    ? [whyUnrelated(a, b, messages)]
    : same
      ? [label(messages, "compare.same")]
      : differences(a, b, messages);
  const rows = rowsOf(a, b, messages);
  return { locale, a, b, rows: unrelated ? rows.slice(0, FEW) : rows, differences: differing, use, unrelated };
}

/**
 * A comparison as a document.
 * @param comparison from `compareCodes`
 * @param format markdown with a table, or plain text for a terminal
 */
export function comparisonDocument(comparison: Comparison, format: Format): string {
  const { locale, a, b } = comparison;
  const messages = textsFor(locale);
  const text = (value: string): string => renderText(value, locale, format);
  const code = (side: Side): string => shown(side.code, locale, format);
  const markdown = format === "markdown";
  const heading = (key: string): string => (markdown ? `## ${label(messages, key)}` : label(messages, key));
  const lines = [label(messages, "compare.title", { a: code(a), b: code(b) }), ""];
  if (markdown) lines[0] = `# ${lines[0]}`;
  lines.push(heading("compare.differences"), "", ...comparison.differences.map((line) => `- ${text(line)}`), "");
  if (a.code === b.code) {
    const colon = label(messages, "join.label");
    const named = (name: string): string => (markdown ? `- **${name}${colon}**` : `${name}${colon}`);
    lines.push(...comparison.rows.map((row) => `${named(row.label)} ${text(row.a)}`));
    return laidOut(lines, locale, markdown);
  }
  lines.push(heading("compare.sideBySide"), "");
  if (markdown) {
    lines.push(`| ${label(messages, "compare.aspect")} | ${code(a)} | ${code(b)} |`, "| --- | --- | --- |");
    for (const row of comparison.rows) lines.push(`| ${row.label} | ${text(row.a)} | ${text(row.b)} |`);
  } else {
    const colon = label(messages, "join.label");
    for (const row of comparison.rows)
      lines.push(row.label + colon, `  ${code(a)}${colon} ${text(row.a)}`, `  ${code(b)}${colon} ${text(row.b)}`);
  }
  if (comparison.use.length > 0)
    lines.push("", heading("compare.use"), "", ...comparison.use.map((u) => `- ${text(u)}`));
  return laidOut(lines, locale, markdown);
}

/** The lines as a text; in a language from right to left each starts there. */
function laidOut(lines: readonly string[], locale: Locale, markdown: boolean): string {
  const rtl = isRtl(locale) && !markdown;
  const directedLines = lines.map((line) =>
    markdown ? directed(line, locale) : rtl && line !== "" ? `\u200f${line}` : line,
  );
  return `${directedLines.join("\n")}\n`;
}

/** The comparison as markdown. */
export const comparisonMarkdown = (comparison: Comparison): string => comparisonDocument(comparison, "markdown");

/** The comparison as plain text, for the command line. */
export const comparisonText = (comparison: Comparison): string => comparisonDocument(comparison, "plain");
