import { lazyTables } from "../../reference/lazy.js";
import arabic from "../../reference/locales/ar/mail.json" with { type: "json" };
import german from "../../reference/locales/de/mail.json" with { type: "json" };
import spanish from "../../reference/locales/es/mail.json" with { type: "json" };
import french from "../../reference/locales/fr/mail.json" with { type: "json" };
import japanese from "../../reference/locales/ja/mail.json" with { type: "json" };
import brazilianPortuguese from "../../reference/locales/pt-br/mail.json" with { type: "json" };
import simplifiedChinese from "../../reference/locales/zh-cn/mail.json" with { type: "json" };
import type { Locale } from "../types.js";

/** The texts of the features for messages in one language; what is missing is shown in English. */
export type TextTable = Readonly<Record<string, string>>;

/** The texts of the features for messages in a language, read at first use; none for English. */
export const textTable: (locale: Locale) => TextTable | undefined = lazyTables<TextTable>({
  ar: arabic,
  de: german,
  es: spanish,
  fr: french,
  ja: japanese,
  "pt-br": brazilianPortuguese,
  "zh-cn": simplifiedChinese,
});
