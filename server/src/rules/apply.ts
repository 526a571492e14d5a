import { firstWhere } from "../text/search.js";
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
  // Sorted by place; edits in it never overlap, so that a new one can only collide with its neighbours.
  const taken: Edit[] = [];
  for (const { fix } of findings) {
    if (!fix) continue;
    const fresh = fix.edits.filter((edit) => !neighbours(taken, edit).some((other) => isSame(edit, other)));
    if (fresh.some((edit) => neighbours(taken, edit).some((other) => collide(edit, other)))) continue;
    for (const edit of fresh) taken.splice(placeOf(taken, edit.start, true), 0, edit);
  }
  return sortedEdits(taken);
}

function isSame(a: Edit, b: Edit): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text;
}

/** Edits of a sorted list that an edit can touch: from the last that begins before it to the last that begins in it. */
function neighbours(sorted: readonly Edit[], edit: Edit): readonly Edit[] {
  return sorted.slice(Math.max(0, placeOf(sorted, edit.start, false) - 1), placeOf(sorted, edit.end, true));
}

/** Index of the first edit that begins at an offset or behind it; behind it only with `after`. */
function placeOf(sorted: readonly Edit[], offset: number, after: boolean): number {
  return firstWhere(0, sorted.length, (at) => {
    const { start } = sorted[at] as Edit;
    return start > offset || (start === offset && !after);
  });
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
