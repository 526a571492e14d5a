/** Everything that the rest of the project may use of the reference. */

export {
  type Comparison,
  compareCodes,
  comparisonDocument,
  comparisonMarkdown,
  comparisonText,
  type Side,
} from "./compare.js";
export { type EnhancedExplanation, type ExplainOptions, type Explanation, explainCode } from "./explain.js";
export {
  codesOf,
  duration,
  explanationDocument,
  explanationMarkdown,
  explanationText,
  wordingDocument,
} from "./explain-text.js";
export { codesIn, type Findings, findCodes, type Hit, type HitKind } from "./find.js";
export { isRtl, LOCALES, type Locale, label, localeOf, type Messages, TABLES, textsFor } from "./locales/index.js";
export * from "./lookup.js";
export { type CodesInText, readCodes, stageOf } from "./parse.js";
export { allProviders, matchProvider, type ProviderMatch, type ReplyContext } from "./providers.js";
export { directed, type Format, renderText, shown } from "./render.js";
export { retryAfter } from "./retry-after.js";
export type * from "./types.js";
