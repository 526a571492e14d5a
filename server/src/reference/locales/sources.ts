/** The JSON of each language, by table. A table that a language lacks is not listed. */

import enProviders from "./en/providers.json" with { type: "json" };
import enReplies from "./en/replies.json" with { type: "json" };
import enUi from "./en/ui.json" with { type: "json" };

/** Language → table → the imported JSON. */
export const SOURCES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  en: { ui: enUi, replies: enReplies, providers: enProviders },
  ar: {},
  de: {},
  es: {},
  fr: {},
  "pt-br": {},
  ja: {},
  "zh-cn": {},
};
