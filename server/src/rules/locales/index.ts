import { lazy } from "../../reference/lazy.js";
import arabic from "../../reference/locales/ar/rules.json" with { type: "json" };
import german from "../../reference/locales/de/rules.json" with { type: "json" };
import spanish from "../../reference/locales/es/rules.json" with { type: "json" };
import french from "../../reference/locales/fr/rules.json" with { type: "json" };
import japanese from "../../reference/locales/ja/rules.json" with { type: "json" };
import brazilianPortuguese from "../../reference/locales/pt-br/rules.json" with { type: "json" };
import simplifiedChinese from "../../reference/locales/zh-cn/rules.json" with { type: "json" };
import type { MessageStyle, RuleCatalog } from "../messages.js";

/** Translations of the rules' texts by language, each read at its first use; what is missing is shown in English. */
const CATALOGS: Readonly<Record<string, () => RuleCatalog>> = {
  ar: lazy<RuleCatalog>(arabic),
  de: lazy<RuleCatalog>(german),
  es: lazy<RuleCatalog>(spanish),
  fr: lazy<RuleCatalog>(french),
  ja: lazy<RuleCatalog>(japanese),
  "pt-br": lazy<RuleCatalog>(brazilianPortuguese),
  "zh-cn": lazy<RuleCatalog>(simplifiedChinese),
};

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(["ar"]);

/** The texts of all rules in a language (`<rule id>.<key>`); undefined for English and unknown languages. */
export function ruleCatalog(locale: string): RuleCatalog | undefined {
  return Object.hasOwn(CATALOGS, locale) ? CATALOGS[locale]?.() : undefined;
}

/** How messages are shown in a language. */
export function messageStyle(locale: string): MessageStyle {
  return { catalog: ruleCatalog(locale), rightToLeft: RIGHT_TO_LEFT.has(locale) };
}
