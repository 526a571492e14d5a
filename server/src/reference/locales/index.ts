/**
 * Texts in each language. English is the source; what another language lacks comes from English, field by field. The
 * language is passed in by the caller: there is no global state. To add a language: a folder of the same JSON files (any
 * may be missing), one entry in `SOURCES`, one in `LOCALES`.
 */
import { lazy } from "../lazy.js";
import type { ItemText, ProviderText, ReplyText } from "../types.js";
import { SOURCES } from "./sources.js";

/** Languages that can be chosen, as VS Code spells them. */
export const LOCALES = ["en", "ar", "de", "es", "fr", "pt-br", "ja", "zh-cn"] as const;
export type Locale = (typeof LOCALES)[number];

/** All texts of a language. Keys are ids of the reference data; `ui` are labels and sentences with `{holes}`. */
export interface Messages {
  readonly ui: Readonly<Record<string, string>>;
  readonly replies: Readonly<Record<string, ReplyText>>;
  readonly enhanced: Readonly<Record<string, ItemText>>;
  readonly extensions: Readonly<Record<string, ItemText>>;
  readonly verbs: Readonly<Record<string, ItemText>>;
  readonly parameters: Readonly<Record<string, ItemText>>;
  readonly auth: Readonly<Record<string, ItemText>>;
  readonly limits: Readonly<Record<string, string>>;
  readonly providers: Readonly<Record<string, ProviderText>>;
}

/** Names of the tables, each a file `locales/<language>/<table>.json`. */
export const TABLES = [
  "ui",
  "replies",
  "enhanced",
  "extensions",
  "verbs",
  "parameters",
  "auth",
  "limits",
  "providers",
] as const satisfies readonly (keyof Messages)[];

type Table = Readonly<Record<string, unknown>>;

/**
 * Finds the language for what a client or a person wrote.
 * @param wanted such as `ar`, `ar-EG`, `pt_BR.UTF-8`, `zh-Hans`; anything unknown or empty gives English
 */
export function localeOf(wanted: string | undefined): Locale {
  const tag = (wanted ?? "")
    .toLowerCase()
    .replace(/_/g, "-")
    .replace(/[.@].*$/, "");
  const exact = LOCALES.find((locale) => locale === tag);
  if (exact) return exact;
  const language = tag.split("-")[0] ?? "";
  if (language === "zh") return tag.includes("tw") || tag.includes("hk") || tag.includes("hant") ? "en" : "zh-cn";
  if (language === "pt") return "pt-br";
  return LOCALES.find((locale) => locale === language) ?? "en";
}

/** Languages written from right to left. */
export function isRtl(locale: Locale): boolean {
  return locale === "ar";
}

function isRecord(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** English with what the language has laid over it; lists and strings are replaced as a whole, records are merged. */
function over(base: unknown, top: unknown): unknown {
  if (!isRecord(base) || !isRecord(top)) return top ?? base;
  const merged: Record<string, unknown> = { ...base };
  for (const key of Object.keys(top)) merged[key] = over(base[key], top[key]);
  return merged;
}

/** The JSON of `language/table`, read at first use. */
const sources = new Map<string, () => Table>();
const made = new Map<Locale, Messages>();

function sourceOf(locale: Locale, table: string): Table {
  const key = `${locale}/${table}`;
  let read = sources.get(key);
  if (!read) {
    read = lazy<Table>(SOURCES[locale]?.[table] ?? {});
    sources.set(key, read);
  }
  return read();
}

/** A table whose parts are merged when somebody looks: the first hover must not pay for all texts. */
function tableOf(locale: Locale, table: string): Table {
  const base = sourceOf("en", table);
  return locale === "en" ? base : (over(base, sourceOf(locale, table)) as Table);
}

/**
 * All texts of a language, each table read at the first use of it, with English where an entry or a field is missing.
 * @param locale one of `LOCALES`; see `localeOf`
 */
export function textsFor(locale: Locale): Messages {
  const known = made.get(locale);
  if (known) return known;
  const tables = new Map<string, Table>();
  const messages = {} as Record<string, unknown>;
  for (const table of TABLES) {
    Object.defineProperty(messages, table, {
      enumerable: true,
      get: () => {
        const got = tables.get(table) ?? tableOf(locale, table);
        tables.set(table, got);
        return got;
      },
    });
  }
  made.set(locale, messages as unknown as Messages);
  return messages as unknown as Messages;
}

/**
 * A label or sentence with its holes filled.
 * @param messages texts of the language
 * @param key key of `ui`; an unknown key is shown as it is, so that the mistake is seen
 * @param values what goes into `{hole}`; an unknown hole stays
 */
export function label(messages: Messages, key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const text = messages.ui[key] ?? key;
  return text.replace(/\{(\w{1,30})\}/g, (hole, name: string) => String(values[name] ?? hole));
}
