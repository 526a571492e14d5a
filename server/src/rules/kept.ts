import type { Block } from "../blocks/block.js";
import type { Origin } from "../text/origin.js";
import type { Transcript } from "../transcript.js";
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
   * The findings of all blocks of a transcript by these rules: kept ones, or those that `judge` gives of a block. `judge` may
   * look at the block's own lines and at the line break of the text only.
   */
  of(
    { blocks, source }: Transcript,
    rules: readonly unknown[],
    settings: RuleSettings,
    judge: (block: Block) => readonly Finding[],
  ): Finding[] {
    const key = JSON.stringify([
      settings.profile,
      settings.messageProfile,
      settings.rules,
      settings.aside,
      lineBreakOf(source),
    ]);
    return blocks.flatMap((block) => this.#ofBlock(block, rules, key, judge));
  }

  #ofBlock(
    block: Block,
    rules: readonly unknown[],
    key: string,
    judge: (block: Block) => readonly Finding[],
  ): readonly Finding[] {
    const { origin } = block;
    const kept = this.#kept.get(origin);
    const isFresh = kept !== undefined && kept.key === key && kept.rules === rules;
    if (isFresh && kept.offset === origin.offset) return kept.findings;
    const findings = isFresh
      ? kept.findings.map((one) => movedFinding(one, origin.offset - kept.offset))
      : judge(block);
    this.#kept.set(origin, { rules, key, offset: origin.offset, findings });
    return findings;
  }
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
