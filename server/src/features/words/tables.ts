import { lazyTables } from "../../reference/lazy.js";
import arabic from "../../reference/locales/ar/words.json" with { type: "json" };
import german from "../../reference/locales/de/words.json" with { type: "json" };
import spanish from "../../reference/locales/es/words.json" with { type: "json" };
import french from "../../reference/locales/fr/words.json" with { type: "json" };
import japanese from "../../reference/locales/ja/words.json" with { type: "json" };
import brazilianPortuguese from "../../reference/locales/pt-br/words.json" with { type: "json" };
import simplifiedChinese from "../../reference/locales/zh-cn/words.json" with { type: "json" };
import type { Locale } from "../types.js";
import type { WordKey } from "./en.js";

/** The words of the features in one language; what is missing is shown in English. */
export type WordTable = Readonly<Partial<Record<WordKey, string>>>;

/** The words of the features in a language, read at first use; none for English. */
export const wordTable: (locale: Locale) => WordTable | undefined = lazyTables<WordTable>({
  ar: arabic,
  de: german,
  es: spanish,
  fr: french,
  ja: japanese,
  "pt-br": brazilianPortuguese,
  "zh-cn": simplifiedChinese,
});
