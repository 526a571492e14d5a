import type { Rule } from "./types.js";

/** Every rule, sorted by id. Adding one: its file, its fixture, and its two lines here. */
export const rules: readonly Rule[] = [];

const byId: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

/** A rule by its id; undefined for an id that is not in use. */
export function ruleById(id: string): Rule | undefined {
  return byId.get(id);
}
