import { lazy } from "../../reference/lazy.js";
import type { MessageStyle, RuleCatalog } from "../messages.js";
import arabic from "./ar.json" with { type: "json" };

/** Translations of the rules' messages by language, each read at its first use; what is missing is shown in English. */
const CATALOGS: Readonly<Record<string, () => RuleCatalog>> = { ar: lazy<RuleCatalog>(arabic) };

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(["ar"]);

/** How messages are shown in a language. */
export function messageStyle(locale: string): MessageStyle {
  const catalog = Object.hasOwn(CATALOGS, locale) ? CATALOGS[locale] : undefined;
  return { catalog: catalog?.(), rightToLeft: RIGHT_TO_LEFT.has(locale) };
}
