import { isRtl, type Locale } from "../../reference/index.js";
import { lazyTables } from "../../reference/lazy.js";
import arabic from "../../reference/locales/ar/rules.json" with { type: "json" };
import german from "../../reference/locales/de/rules.json" with { type: "json" };
import spanish from "../../reference/locales/es/rules.json" with { type: "json" };
import french from "../../reference/locales/fr/rules.json" with { type: "json" };
import japanese from "../../reference/locales/ja/rules.json" with { type: "json" };
import brazilianPortuguese from "../../reference/locales/pt-br/rules.json" with { type: "json" };
import simplifiedChinese from "../../reference/locales/zh-cn/rules.json" with { type: "json" };
import type { MessageStyle, RuleCatalog } from "../messages.js";

/**
 * The texts of all rules in a language (`<rule id>.<key>`), read at first use; undefined for English and unknown languages.
 * What is missing is shown in English.
 */
export const ruleCatalog: (locale: string) => RuleCatalog | undefined = lazyTables<RuleCatalog>({
  ar: arabic,
  de: german,
  es: spanish,
  fr: french,
  ja: japanese,
  "pt-br": brazilianPortuguese,
  "zh-cn": simplifiedChinese,
});

/** How messages are shown in a language. */
export function messageStyle(locale: Locale): MessageStyle {
  return { catalog: ruleCatalog(locale), rightToLeft: isRtl(locale) };
}
