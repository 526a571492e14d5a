/** The JSON of each language, by table. A table that a language lacks is not listed. */

import arAuth from "./ar/auth.json" with { type: "json" };
import arEnhanced from "./ar/enhanced.json" with { type: "json" };
import arExtensions from "./ar/extensions.json" with { type: "json" };
import arLimits from "./ar/limits.json" with { type: "json" };
import arParameters from "./ar/parameters.json" with { type: "json" };
import arProviders from "./ar/providers.json" with { type: "json" };
import arReplies from "./ar/replies.json" with { type: "json" };
import arUi from "./ar/ui.json" with { type: "json" };
import arVerbs from "./ar/verbs.json" with { type: "json" };
import deAuth from "./de/auth.json" with { type: "json" };
import deEnhanced from "./de/enhanced.json" with { type: "json" };
import deExtensions from "./de/extensions.json" with { type: "json" };
import deLimits from "./de/limits.json" with { type: "json" };
import deParameters from "./de/parameters.json" with { type: "json" };
import deProviders from "./de/providers.json" with { type: "json" };
import deReplies from "./de/replies.json" with { type: "json" };
import deUi from "./de/ui.json" with { type: "json" };
import deVerbs from "./de/verbs.json" with { type: "json" };
import enAuth from "./en/auth.json" with { type: "json" };
import enEnhanced from "./en/enhanced.json" with { type: "json" };
import enExtensions from "./en/extensions.json" with { type: "json" };
import enLimits from "./en/limits.json" with { type: "json" };
import enParameters from "./en/parameters.json" with { type: "json" };
import enProviders from "./en/providers.json" with { type: "json" };
import enReplies from "./en/replies.json" with { type: "json" };
import enUi from "./en/ui.json" with { type: "json" };
import enVerbs from "./en/verbs.json" with { type: "json" };
import esAuth from "./es/auth.json" with { type: "json" };
import esEnhanced from "./es/enhanced.json" with { type: "json" };
import esExtensions from "./es/extensions.json" with { type: "json" };
import esLimits from "./es/limits.json" with { type: "json" };
import esParameters from "./es/parameters.json" with { type: "json" };
import esProviders from "./es/providers.json" with { type: "json" };
import esReplies from "./es/replies.json" with { type: "json" };
import esUi from "./es/ui.json" with { type: "json" };
import esVerbs from "./es/verbs.json" with { type: "json" };
import frAuth from "./fr/auth.json" with { type: "json" };
import frEnhanced from "./fr/enhanced.json" with { type: "json" };
import frExtensions from "./fr/extensions.json" with { type: "json" };
import frLimits from "./fr/limits.json" with { type: "json" };
import frParameters from "./fr/parameters.json" with { type: "json" };
import frProviders from "./fr/providers.json" with { type: "json" };
import frReplies from "./fr/replies.json" with { type: "json" };
import frUi from "./fr/ui.json" with { type: "json" };
import frVerbs from "./fr/verbs.json" with { type: "json" };
import jaAuth from "./ja/auth.json" with { type: "json" };
import jaEnhanced from "./ja/enhanced.json" with { type: "json" };
import jaExtensions from "./ja/extensions.json" with { type: "json" };
import jaLimits from "./ja/limits.json" with { type: "json" };
import jaParameters from "./ja/parameters.json" with { type: "json" };
import jaProviders from "./ja/providers.json" with { type: "json" };
import jaReplies from "./ja/replies.json" with { type: "json" };
import jaUi from "./ja/ui.json" with { type: "json" };
import jaVerbs from "./ja/verbs.json" with { type: "json" };
import ptBrAuth from "./pt-br/auth.json" with { type: "json" };
import ptBrEnhanced from "./pt-br/enhanced.json" with { type: "json" };
import ptBrExtensions from "./pt-br/extensions.json" with { type: "json" };
import ptBrLimits from "./pt-br/limits.json" with { type: "json" };
import ptBrParameters from "./pt-br/parameters.json" with { type: "json" };
import ptBrProviders from "./pt-br/providers.json" with { type: "json" };
import ptBrReplies from "./pt-br/replies.json" with { type: "json" };
import ptBrUi from "./pt-br/ui.json" with { type: "json" };
import ptBrVerbs from "./pt-br/verbs.json" with { type: "json" };
import zhCnAuth from "./zh-cn/auth.json" with { type: "json" };
import zhCnEnhanced from "./zh-cn/enhanced.json" with { type: "json" };
import zhCnExtensions from "./zh-cn/extensions.json" with { type: "json" };
import zhCnLimits from "./zh-cn/limits.json" with { type: "json" };
import zhCnParameters from "./zh-cn/parameters.json" with { type: "json" };
import zhCnProviders from "./zh-cn/providers.json" with { type: "json" };
import zhCnReplies from "./zh-cn/replies.json" with { type: "json" };
import zhCnUi from "./zh-cn/ui.json" with { type: "json" };
import zhCnVerbs from "./zh-cn/verbs.json" with { type: "json" };

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
  ar: {
    ui: arUi,
    replies: arReplies,
    enhanced: arEnhanced,
    extensions: arExtensions,
    verbs: arVerbs,
    parameters: arParameters,
    auth: arAuth,
    limits: arLimits,
    providers: arProviders,
  },
  de: {
    ui: deUi,
    replies: deReplies,
    enhanced: deEnhanced,
    extensions: deExtensions,
    verbs: deVerbs,
    parameters: deParameters,
    auth: deAuth,
    limits: deLimits,
    providers: deProviders,
  },
  es: {
    ui: esUi,
    replies: esReplies,
    enhanced: esEnhanced,
    extensions: esExtensions,
    verbs: esVerbs,
    parameters: esParameters,
    auth: esAuth,
    limits: esLimits,
    providers: esProviders,
  },
  fr: {
    ui: frUi,
    replies: frReplies,
    enhanced: frEnhanced,
    extensions: frExtensions,
    verbs: frVerbs,
    parameters: frParameters,
    auth: frAuth,
    limits: frLimits,
    providers: frProviders,
  },
  "pt-br": {
    ui: ptBrUi,
    replies: ptBrReplies,
    enhanced: ptBrEnhanced,
    extensions: ptBrExtensions,
    verbs: ptBrVerbs,
    parameters: ptBrParameters,
    auth: ptBrAuth,
    limits: ptBrLimits,
    providers: ptBrProviders,
  },
  ja: {
    ui: jaUi,
    replies: jaReplies,
    enhanced: jaEnhanced,
    extensions: jaExtensions,
    verbs: jaVerbs,
    parameters: jaParameters,
    auth: jaAuth,
    limits: jaLimits,
    providers: jaProviders,
  },
  "zh-cn": {
    ui: zhCnUi,
    replies: zhCnReplies,
    enhanced: zhCnEnhanced,
    extensions: zhCnExtensions,
    verbs: zhCnVerbs,
    parameters: zhCnParameters,
    auth: zhCnAuth,
    limits: zhCnLimits,
    providers: zhCnProviders,
  },
};
