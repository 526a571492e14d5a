import type { FieldInfo } from "../../message/fields.js";
import { lazyTables } from "../../reference/lazy.js";
import arabic from "../../reference/locales/ar/fields.json" with { type: "json" };
import german from "../../reference/locales/de/fields.json" with { type: "json" };
import spanish from "../../reference/locales/es/fields.json" with { type: "json" };
import french from "../../reference/locales/fr/fields.json" with { type: "json" };
import japanese from "../../reference/locales/ja/fields.json" with { type: "json" };
import brazilianPortuguese from "../../reference/locales/pt-br/fields.json" with { type: "json" };
import simplifiedChinese from "../../reference/locales/zh-cn/fields.json" with { type: "json" };
import type { Locale } from "../types.js";

/** Texts by the field's name, and by `syntax: …`, `occurs: …` and `source: …` with the English words. */
type FieldTable = Readonly<Record<string, string>>;

/** The texts about header fields in a language, read at first use; none for English, which `fields.json` holds. */
export const fieldTable: (locale: Locale) => FieldTable | undefined = lazyTables<FieldTable>({
  ar: arabic,
  de: german,
  es: spanish,
  fr: french,
  ja: japanese,
  "pt-br": brazilianPortuguese,
  "zh-cn": simplifiedChinese,
});

/**
 * What is known of a field in the reader's language, each text in English where the language lacks it.
 * Shapes that are written the same in every language, such as `<left@right>`, stay as they are.
 */
export function fieldInfoIn(locale: Locale, info: FieldInfo): FieldInfo {
  const table = fieldTable(locale);
  if (table === undefined) return info;
  return {
    ...info,
    meaning: table[info.name] ?? info.meaning,
    syntax: table[`syntax: ${info.syntax}`] ?? info.syntax,
    occurrence: table[`occurs: ${info.occurrence}`] ?? info.occurrence,
    source: table[`source: ${info.source}`] ?? info.source,
  };
}
