/** Everything that the rest of the project may use of the reference. */
export { isRtl, LOCALES, type Locale, label, localeOf, type Messages, TABLES, textsFor } from "./locales/index.js";
export * from "./lookup.js";
export { allProviders, enhancedListed, matchProvider, type ProviderMatch, type ReplyContext } from "./providers.js";
export { type Format, renderText, shown } from "./render.js";
export { retryAfter } from "./retry-after.js";
export type * from "./types.js";
