import type { Block } from "../blocks/block.js";
import type { Origin } from "../text/origin.js";
import type { SourceText } from "../text/source.js";
import type { RuleSettings } from "./configure.js";
import { lineBreakOf } from "./support.js";
import type { Finding } from "./types.js";

interface Kept {
  /** What judged the block: rules and settings. */
  readonly rules: readonly unknown[];
  readonly key: string;
  /** Where the block began then. */
  readonly offset: number;
  readonly findings: readonly Finding[];
}

/** Findings of blocks, kept over edits elsewhere: a block that only moved takes its findings along. */
export class KeptFindings {
  readonly #kept = new WeakMap<Origin, Kept>();

  /**
   * The findings of a block in `source` by these rules: kept ones, or those that `run` gives. `run` may look at the block's
   * own lines and at the line break of the text only.
   */
  of(
    block: Block,
    source: SourceText,
    rules: readonly unknown[],
    settings: RuleSettings,
    run: () => readonly Finding[],
  ): readonly Finding[] {
    const { origin } = block;
    const key = keyOf(settings, source);
    const kept = this.#kept.get(origin);
    const isFresh = kept !== undefined && kept.key === key && kept.rules === rules;
    if (isFresh && kept.offset === origin.offset) return kept.findings;
    const findings = isFresh ? kept.findings.map((one) => movedFinding(one, origin.offset - kept.offset)) : run();
    this.#kept.set(origin, { rules, key, offset: origin.offset, findings });
    return findings;
  }
}

let last: { readonly settings: RuleSettings; readonly source: SourceText; readonly key: string } | undefined;

/** One key for all blocks of a run: asked for thousands of times with the same arguments. */
function keyOf(settings: RuleSettings, source: SourceText): string {
  if (last?.settings !== settings || last.source !== source) {
    const { profile, messageProfile, rules, aside } = settings;
    last = { settings, source, key: JSON.stringify([profile, messageProfile, rules, aside, lineBreakOf(source)]) };
  }
  return last.key;
}

function movedFinding(finding: Finding, by: number): Finding {
  const { span, related, fix } = finding;
  return {
    ...finding,
    span: movedSpan(span, by),
    related: related.map((one) => ({ ...one, span: movedSpan(one.span, by) })),
    fix: fix && { ...fix, edits: fix.edits.map((edit) => ({ ...edit, ...movedSpan(edit, by) })) },
  };
}

function movedSpan({ start, end }: { readonly start: number; readonly end: number }, by: number) {
  return { start: start + by, end: end + by };
}
