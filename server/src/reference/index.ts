/** Everything that the rest of the project may use of the reference. */
export { isRtl, LOCALES, type Locale, label, localeOf, type Messages, TABLES, textsFor } from "./locales/index.js";
export * from "./lookup.js";
export type * from "./types.js";
