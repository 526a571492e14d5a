import { sourceSpan } from "../dialects/wire.js";
import type { Span } from "../text/span.js";
import type { Anchor, Finding, Report, Severity } from "./types.js";

/** The finding of a rule's report, in a text of `length` units. */
export function findingOf(
  rule: string,
  severity: Severity,
  report: Pick<Report, "at" | "message" | "data" | "related" | "fix">,
  length: number,
): Finding {
  return {
    rule,
    severity,
    span: spanOf(report.at, length),
    message: report.message ?? "default",
    data: report.data ?? {},
    related: (report.related ?? []).map(({ at, message, data }) => ({
      span: spanOf(at, length),
      message,
      data: data ?? {},
    })),
    fix: report.fix && report.fix.edits.length > 0 ? report.fix : undefined,
  };
}

/** Source span of an anchor, inside a text of `length` units. */
export function spanOf(anchor: Anchor, length: number): Span {
  const span = "wire" in anchor ? sourceSpan(anchor.wire, anchor.from, anchor.to) : anchor;
  const start = Math.max(0, Math.min(span.start, length));
  return { start, end: Math.max(start, Math.min(span.end, length)) };
}

/** Sorts findings by place, then by rule id, and leaves out what is there twice. */
export function inOrder(findings: Finding[]): Finding[] {
  return findings.sort(byPlace).filter((finding, at, sorted) => {
    const before = sorted[at - 1];
    return !before || before.rule !== finding.rule || byPlace(before, finding) !== 0;
  });
}

function byPlace(a: Finding, b: Finding): number {
  if (a.span.start !== b.span.start) return a.span.start - b.span.start;
  if (a.span.end !== b.span.end) return a.span.end - b.span.end;
  if (a.rule !== b.rule) return a.rule < b.rule ? -1 : 1;
  return a.message < b.message ? -1 : a.message > b.message ? 1 : 0;
}
