import type { Edit, Finding } from "./types.js";

/**
 * Applies edits to a text. They are taken in the order of their place; one that overlaps an earlier one is left out, as are
 * edits outside the text. Several insertions at one place are all made, in the order given.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let at = 0;
  for (const edit of sortedEdits(edits)) {
    if (edit.start < at || edit.end < edit.start || edit.end > text.length) continue;
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

function sortedEdits(edits: readonly Edit[]): Edit[] {
  return edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.index - b.index)
    .map(({ edit }) => edit);
}

/**
 * The edits of many fixes at once, each fix whole or not at all: a fix that touches what an earlier one changes waits for
 * the next run.
 */
export function joinFixes(findings: readonly Finding[]): readonly Edit[] {
  const taken: Edit[] = [];
  for (const { fix } of findings) {
    if (!fix) continue;
    const known = (edit: Edit): boolean =>
      taken.some((other) => other.start === edit.start && other.end === edit.end && other.text === edit.text);
    if (fix.edits.some((edit) => !known(edit) && taken.some((other) => collide(edit, other)))) continue;
    taken.push(...fix.edits.filter((edit) => !known(edit)));
  }
  return sortedEdits(taken);
}

function collide(a: Edit, b: Edit): boolean {
  if (a.start === a.end && b.start === b.end) return a.start === b.start;
  return a.start <= b.end && b.start <= a.end && !(a.end === b.start || b.end === a.start);
}

/** The edits of "fix all": spelling only, never a command or reply more or less (design: fix-all). */
export function fixAllEdits(findings: readonly Finding[]): readonly Edit[] {
  return joinFixes(findings.filter((finding) => finding.fix?.kind === "spelling"));
}

/** The edits that fix every finding of one rule. */
export function fixRuleEdits(findings: readonly Finding[], rule: string): readonly Edit[] {
  return joinFixes(findings.filter((finding) => finding.rule === rule));
}
