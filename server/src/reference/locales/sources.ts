/** The JSON of each language, by table. A table that a language lacks is not listed. */

import enAuth from "./en/auth.json" with { type: "json" };
import enEnhanced from "./en/enhanced.json" with { type: "json" };
import enExtensions from "./en/extensions.json" with { type: "json" };
import enLimits from "./en/limits.json" with { type: "json" };
import enParameters from "./en/parameters.json" with { type: "json" };
import enProviders from "./en/providers.json" with { type: "json" };
import enReplies from "./en/replies.json" with { type: "json" };
import enUi from "./en/ui.json" with { type: "json" };
import enVerbs from "./en/verbs.json" with { type: "json" };

/** Language → table → the imported JSON. */
export const SOURCES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  en: {
    ui: enUi,
    replies: enReplies,
    enhanced: enEnhanced,
    extensions: enExtensions,
    verbs: enVerbs,
    parameters: enParameters,
    auth: enAuth,
    limits: enLimits,
    providers: enProviders,
  },
  ar: {},
  de: {},
  es: {},
  fr: {},
  "pt-br": {},
  ja: {},
  "zh-cn": {},
};
