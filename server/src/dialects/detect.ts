import type { TextView } from "../text/view.js";
import type { Dialect, Sample } from "./types.js";

/** Detection looks at this many lines from the start of the text. */
const SAMPLE_LINES = 400;
/** Longer lines are cut for detection, so that its cost does not grow with the text. */
const SAMPLE_LINE_LENGTH = 400;

/** The outcome of detection: the best dialect, the runner-up, and how sure each is (0..1). */
export interface Detection {
  readonly dialect: Dialect;
  readonly score: number;
  readonly runnerUp?: { readonly dialect: Dialect; readonly score: number };
}

/** Takes the first lines of a view for detection. */
export function sampleOf(view: TextView): Sample {
  const lines: string[] = [];
  let blanks = 0;
  let crlf = 0;
  let cr = 0;
  for (let line = 0; line < view.lineCount && lines.length < SAMPLE_LINES; line++) {
    const text = view.text(line);
    if (text.trim() === "") {
      blanks++;
      continue;
    }
    lines.push(text.slice(0, SAMPLE_LINE_LENGTH));
    const end = view.source.lineBreak(line);
    if (end === "\r\n") crlf++;
    else if (end === "\r") cr++;
  }
  const count = (pattern: RegExp): number => lines.reduce((sum, text) => sum + (pattern.test(text) ? 1 : 0), 0);
  return {
    lines,
    count,
    share: (pattern) => (lines.length === 0 ? 0 : count(pattern) / lines.length),
    blanks,
    crlf: lines.length === 0 ? 0 : crlf / lines.length,
    cr: lines.length === 0 ? 0 : cr / lines.length,
  };
}

/** Ranks the dialects for a sample, best first; dialects that score 0 are left out. */
export function rank(sample: Sample, dialects: readonly Dialect[]): { dialect: Dialect; score: number }[] {
  return dialects
    .map((dialect) => ({ dialect, score: Math.max(0, Math.min(1, dialect.detect(sample))) }))
    .filter((entry) => entry.score > 0)
    .sort((a, b) => b.score - a.score);
}

/** True for samples in which every dialect finds the same. */
export function sameSample(a: Sample, b: Sample): boolean {
  return (
    a.lines.length === b.lines.length &&
    a.blanks === b.blanks &&
    a.crlf === b.crlf &&
    a.cr === b.cr &&
    a.lines.every((line, k) => line === b.lines[k])
  );
}

/**
 * Finds the dialect of a text by its sample. `fallback` reads what nothing recognises.
 */
export function detectDialect(sample: Sample, dialects: readonly Dialect[], fallback: Dialect): Detection {
  const [first, second] = rank(sample, dialects);
  if (!first) return { dialect: fallback, score: 0 };
  return { ...first, runnerUp: second };
}
