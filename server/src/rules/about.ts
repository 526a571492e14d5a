import { perSession } from "./lib/memo.js";
import type { About, Rule, Session } from "./types.js";

/** Whether a session holds what rules can be about. */
const HOLDS: Readonly<Record<About, (session: Session) => boolean>> = {
  auth: ({ auth }) => auth.length > 0,
  starttls: ({ exchanges }) => exchanges.some(({ verb }) => verb === "STARTTLS"),
  chunks: ({ exchanges }) => exchanges.some(({ verb }) => verb === "BDAT" || verb === "BURL"),
  parameters: ({ exchanges }) => exchanges.some(({ command }) => (command?.path?.parameters.length ?? 0) > 0),
  refusal: ({ replies }) => replies.some(({ code }) => code !== null && code >= 400),
};

const holding = perSession((session: Session): ReadonlySet<About> => {
  const kinds = Object.keys(HOLDS) as About[];
  return new Set(kinds.filter((about) => HOLDS[about](session)));
});

/** Rules by what they are about, so that those without anything to look at are passed over together. */
export type RuleGroups = ReadonlyMap<About | undefined, readonly Rule[]>;

/** Sorts rules into groups. */
export function groupsOf(rules: readonly Rule[]): RuleGroups {
  const groups = new Map<About | undefined, Rule[]>();
  for (const rule of rules) {
    const group = groups.get(rule.about);
    if (group) group.push(rule);
    else groups.set(rule.about, [rule]);
  }
  return groups;
}

/** True if a session holds what rules about this look at. */
export function holds(session: Session, about: About | undefined): boolean {
  return about === undefined || holding(session).has(about);
}
