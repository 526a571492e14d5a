/** The pages of the reference as markdown: one for each reply code, one for each other kind. Pure: paths and texts. */
import { explainCode } from "./explain.js";
import { explanationMarkdown } from "./explain-text.js";
import { type Locale, label, type Messages, textsFor } from "./locales/index.js";
import {
  allAuth,
  allEnhanced,
  allExtensions,
  allLeftOut,
  allLimits,
  allParameters,
  allReplies,
  allVerbs,
} from "./lookup.js";
import { allProviders } from "./providers.js";
import { renderText, shown } from "./render.js";
import type { EnhancedData, ItemText, ProviderData, ReplyData } from "./types.js";

/** What all pages of one language share. */
interface Page {
  readonly locale: Locale;
  readonly messages: Messages;
  readonly say: (key: string) => string;
  readonly text: (text: string) => string;
  readonly code: (code: string) => string;
  /** Codes in one line. */
  readonly codes: (codes: readonly string[]) => string;
}

function pageOf(locale: Locale): Page {
  const messages = textsFor(locale);
  const code = (text: string): string => shown(text, locale, "markdown");
  return {
    locale,
    messages,
    say: (key) => label(messages, key),
    text: (text) => renderText(text, locale, "markdown"),
    code,
    codes: (codes) => codes.map(code).join(label(messages, "join.list")),
  };
}

const bold = (name: string, value: string): string => `**${name}:** ${value}`;

function document(lines: readonly string[]): string {
  return `${lines.join("\n").trim()}\n`;
}

/** A pipe would end the cell, in a code span too. */
const cell = (markdown: string): string => markdown.replace(/\\?\|/g, "\\|");

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

function replyPage(entry: ReplyData, page: Page): string {
  const explanation = explainCode(entry.code, null, { locale: page.locale });
  if (!explanation) return "";
  const text = page.messages.replies[String(entry.code)];
  const body = explanationMarkdown(explanation).replace(/^## /, "# ");
  const stages = entry.stages.map((stage) => {
    const at = text?.retryAt?.[stage];
    const retry = at ? ` ${bold(page.say("label.retry"), page.text(at))}` : "";
    return `- ${bold(page.say(`stage.${stage}`), page.text(text?.when?.[stage] ?? ""))}${retry}`;
  });
  const end = [
    "",
    `## ${page.say("label.when")}`,
    "",
    ...stages,
    "",
    ...(entry.commands.length > 0 ? [bold(page.say("label.commands"), page.codes(entry.commands)), ""] : []),
    ...(entry.enhanced.length > 0 ? [bold(page.say("label.enhancedSeen"), page.codes(entry.enhanced)), ""] : []),
    ...(text?.use ? [bold(page.say("label.use"), page.text(text.use)), ""] : []),
    `[${page.say("pages.index")}](README.md)`,
  ];
  return document([body.trim(), ...end]);
}

function enhancedSection(entry: EnhancedData, page: Page): string[] {
  const text = page.messages.enhanced[entry.code];
  if (!text) return [];
  const codes = entry.classes.map((kind) => entry.code.replace("X", kind));
  return [
    `## ${page.code(entry.code)} ${page.text(text.name)}`,
    "",
    page.text(text.meaning),
    "",
    ...(text.fix ? [bold(page.say("label.fix"), page.text(text.fix)), ""] : []),
    ...(text.note ? [bold(page.say("label.note"), page.text(text.note)), ""] : []),
    bold(page.say("label.class"), page.codes(codes)),
    "",
    ...(entry.basic.length > 0 ? [bold(page.say("label.basicSeen"), page.codes(entry.basic.map(String))), ""] : []),
    bold(page.say("label.sources"), page.codes(entry.sources)),
    "",
  ];
}

function enhancedPage(page: Page): string {
  const lines = [`# ${page.say("pages.enhanced")}`, ""];
  for (const kind of ["2", "4", "5"]) {
    lines.push(`- ${page.code(`${kind}.x.x`)} ${page.say(`class.${kind}`)}: ${page.say(`classMeaning.${kind}`)}`);
  }
  lines.push("");
  for (let subject = 0; subject <= 7; subject++) {
    const name = `${page.say(`subject.${subject}`)}: ${page.say(`subjectMeaning.${subject}`)}`;
    lines.push(`- ${page.code(`x.${subject}.x`)} ${name}`);
  }
  lines.push("", ...allEnhanced().flatMap((entry) => enhancedSection(entry, page)));
  return document(lines);
}

interface Item {
  readonly id: string;
  readonly facts: readonly (readonly [labelKey: string, value: string])[];
  readonly sources: readonly string[];
}

function itemsPage(
  title: string,
  items: readonly Item[],
  texts: Readonly<Record<string, ItemText>>,
  page: Page,
): string {
  const lines = [`# ${page.say(title)}`, ""];
  for (const item of items) {
    const text = texts[item.id];
    lines.push(`## ${page.code(item.id)}${text ? ` ${page.text(text.name)}` : ""}`, "");
    if (text) lines.push(page.text(text.meaning), "");
    for (const [key, value] of item.facts) if (value !== "") lines.push(bold(page.say(key), value), "");
    lines.push(bold(page.say("label.sources"), page.codes(item.sources)), "");
  }
  return document(lines);
}

function extensionsPage(page: Page): string {
  const items = allExtensions().map((entry) => ({
    id: entry.keyword,
    facts: [
      ["label.status", page.say(`status.${entry.status}`)],
      ["label.verbs", page.codes(entry.verbs)],
      ["label.parameters", page.codes([...entry.mail, ...entry.rcpt])],
    ] as const,
    sources: entry.sources,
  }));
  return itemsPage("pages.extensions", items, page.messages.extensions, page);
}

function verbsPage(page: Page): string {
  const items = allVerbs().map((entry) => ({
    id: entry.verb,
    facts: [
      ["label.syntax", page.code(entry.syntax)],
      ["label.status", page.say(`status.${entry.status}`)],
      ["label.extension", entry.extension ? page.code(entry.extension) : ""],
    ] as const,
    sources: entry.sources,
  }));
  return itemsPage("pages.verbs", items, page.messages.verbs, page);
}

function parametersPage(page: Page): string {
  const items = allParameters().map((entry) => ({
    id: entry.name,
    facts: [
      ["label.syntax", page.code(entry.syntax)],
      ["label.verbs", page.codes(entry.commands)],
      ["label.extension", page.code(entry.extension)],
    ] as const,
    sources: entry.sources,
  }));
  return itemsPage("pages.parametersTitle", items, page.messages.parameters, page);
}

function authPage(page: Page): string {
  const items = allAuth().map((entry) => ({
    id: entry.mechanism,
    facts: [["label.status", page.say(`status.${entry.status}`)]] as const,
    sources: entry.sources,
  }));
  return itemsPage("pages.auth", items, page.messages.auth, page);
}

function limitsPage(page: Page): string {
  const numbers = new Intl.NumberFormat(page.locale);
  const rows = allLimits().map((entry) => [
    page.text(page.messages.limits[entry.id] ?? entry.id),
    `${entry.unit === "port" ? entry.value : numbers.format(entry.value)} ${page.say(`unit.${entry.unit}`)}`,
    page.codes(entry.sources),
  ]);
  const head = [page.say("label.limit"), page.say("label.values"), page.say("label.sources")];
  return document([`# ${page.say("pages.limits")}`, "", ...table(head, rows)]);
}

function providerSection(name: string, entries: readonly ProviderData[], page: Page): string[] {
  const rows = entries.map((entry) => {
    const text = page.messages.providers[entry.text];
    const codes = [...entry.reply.map(String), ...entry.enhanced];
    return [
      page.code(entry.marker),
      page.codes(codes),
      text ? page.text(text.meaning) : "",
      text ? page.text(text.fix) : "",
    ];
  });
  const head = ["pages.marker", "label.basicSeen", "label.meaning", "label.fix"].map(page.say);
  const sources = [...new Set(entries.flatMap((entry) => entry.sources))];
  return [
    `## ${page.text(name)}`,
    "",
    ...table(head, rows),
    "",
    bold(page.say("label.sources"), page.codes(sources)),
    "",
  ];
}

function providersPage(page: Page): string {
  const byName = new Map<string, ProviderData[]>();
  for (const entry of allProviders()) {
    const list = byName.get(entry.provider);
    if (list) list.push(entry);
    else byName.set(entry.provider, [entry]);
  }
  const sections = [...byName].flatMap(([name, entries]) => providerSection(name, entries, page));
  return document([`# ${page.say("pages.providers")}`, "", ...sections]);
}

function indexPage(page: Page): string {
  const rows = allReplies().map((entry) => {
    const text = page.messages.replies[String(entry.code)];
    return [`[${entry.code}](${entry.code}.md)`, page.text(text?.name ?? ""), page.say(`status.${entry.status}`)];
  });
  const others = ["enhanced", "extensions", "verbs", "parameters", "auth", "limits", "providers"].map(
    (name) => `- [${page.say(name === "parameters" ? "pages.parametersTitle" : `pages.${name}`)}](${name}.md)`,
  );
  const leftOut = allLeftOut().map(
    (entry) => `- ${page.code(String(entry.code))}: ${page.say(`leftOut.${entry.reason}`)}`,
  );
  return document([
    `# ${page.say("pages.index")}`,
    "",
    page.say("pages.intro"),
    "",
    ...others,
    "",
    `## ${page.say("pages.replies")}`,
    "",
    ...table([page.say("find.code"), page.say("label.name"), page.say("label.status")], rows),
    "",
    `## ${page.say("pages.leftOut")}`,
    "",
    ...leftOut,
  ]);
}

/**
 * All pages of the reference in one language.
 * @returns file name (`README.md`, `451.md`, `enhanced.md`, …) → markdown; to be written under `docs/codes/`
 */
export function codePages(locale: Locale = "en"): ReadonlyMap<string, string> {
  const page = pageOf(locale);
  const pages = new Map<string, string>([["README.md", indexPage(page)]]);
  for (const entry of allReplies()) pages.set(`${entry.code}.md`, replyPage(entry, page));
  pages.set("enhanced.md", enhancedPage(page));
  pages.set("extensions.md", extensionsPage(page));
  pages.set("verbs.md", verbsPage(page));
  pages.set("parameters.md", parametersPage(page));
  pages.set("auth.md", authPage(page));
  pages.set("limits.md", limitsPage(page));
  pages.set("providers.md", providersPage(page));
  return pages;
}
