import { isRtl } from "../reference/index.js";

import { lazyTables } from "../reference/lazy.js";
import arabic from "../reference/locales/ar/cli.json" with { type: "json" };
import german from "../reference/locales/de/cli.json" with { type: "json" };
import english from "../reference/locales/en/cli.json" with { type: "json" };
import spanish from "../reference/locales/es/cli.json" with { type: "json" };
import french from "../reference/locales/fr/cli.json" with { type: "json" };
import japanese from "../reference/locales/ja/cli.json" with { type: "json" };
import brazilianPortuguese from "../reference/locales/pt-br/cli.json" with { type: "json" };
import simplifiedChinese from "../reference/locales/zh-cn/cli.json" with { type: "json" };
import type { Locale } from "../service.js";
import { isolate } from "../text/markdown.js";
import { fillPlaces } from "../text/template.js";

/** Name of a text of the command line. */
export type CliKey = keyof typeof english;

type Table = Readonly<Partial<Record<CliKey, string>>>;

/** What goes into the `{places}` of a text, already safe for a terminal. */
export type CliData = Readonly<Record<string, string | number>>;

const tables = lazyTables<Table>({
  en: english,
  ar: arabic,
  de: german,
  es: spanish,
  fr: french,
  ja: japanese,
  "pt-br": brazilianPortuguese,
  "zh-cn": simplifiedChinese,
} satisfies Record<Locale, unknown>);

/** The texts of the command line in a language, read at first use; what is missing is shown in English. */
export function cliTable(locale: Locale): Table {
  return tables(locale) ?? {};
}

/**
 * A text of the command line in the reader's language, its `{name}` places filled. In a right-to-left language what is
 * filled in is put in isolates, so that paths, options and codes keep their order.
 */
export function tell(locale: Locale, key: CliKey, data: CliData = {}): string {
  const template = cliTable(locale)[key] ?? cliTable("en")[key] ?? key;
  return fillPlaces(template, data, isRtl(locale) ? isolate : String);
}

/** The key of a text that is known by its English wording; undefined where no text of that prefix is worded so. */
export function keyOf(prefix: string, wording: string): CliKey | undefined {
  const table = Object.entries(cliTable("en")) as [CliKey, string][];
  return table.find(([key, text]) => key.startsWith(prefix) && text === wording)?.[0];
}

/** Why a file could not be read or written: the system's error in words, or its own name for it. */
export function reasonOf(locale: Locale, error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== "string") return tell(locale, "reason.other");
  const key = `reason.${code}`;
  return Object.hasOwn(cliTable("en"), key) ? tell(locale, key as CliKey) : code;
}
