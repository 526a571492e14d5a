import { ruleById, rules } from "./index.js";
import { messageRuleById, messageRules } from "./message/index.js";
import type { RuleInfo } from "./types.js";

/** Every rule, those about sessions and those about messages, sorted by id. */
export const allRules: readonly RuleInfo[] = [...rules, ...messageRules].sort((a, b) => (a.id < b.id ? -1 : 1));

/** A rule of either kind by its id; undefined for an id that is not in use. */
export function anyRuleById(id: string): RuleInfo | undefined {
  return ruleById(id) ?? messageRuleById(id);
}
