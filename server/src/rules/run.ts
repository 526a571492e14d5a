import { sourceSpan } from "../dialects/wire.js";
import type { ByteFacts } from "../text/bytes.js";
import type { Span } from "../text/span.js";
import type { Transcript } from "../transcript.js";
import { consequencesOf } from "./blame.js";
import { effectiveSeverity, type RuleSettings, STANDARD } from "./configure.js";
import { isPutAside } from "./fingerprint.js";
import type { Anchor, Exchange, Finding, Reply, Report, Rule, RuleContext, Session, Severity } from "./types.js";

/** Severities from worst to mildest. */
export const SEVERITIES: readonly Severity[] = ["error", "warning", "information", "hint"];

/**
 * Runs rules on a transcript: its findings by place, then by rule id, each once. A rule that fails costs its own
 * findings only. The outcome depends on nothing but the arguments.
 * @param facts what the file's bytes show, where somebody has them (design: bytes).
 */
export function runRules(
  transcript: Transcript,
  rules: readonly Rule[],
  settings: RuleSettings = STANDARD,
  facts?: ByteFacts,
): readonly Finding[] {
  const findings: Finding[] = [];
  const active = rules.filter((rule) => effectiveSeverity(rule, undefined, settings) !== "off");
  // One context for all: a file may hold thousands of short sessions.
  const context = new Context(transcript, settings, facts, findings);
  for (const session of transcript.sessions) {
    context.enter(session);
    for (const rule of active) {
      context.rule = rule;
      try {
        rule.check(session, context);
      } catch {
        // Invariant, tested by hostile input: no rule throws. Should one do so, the others still speak.
      }
    }
  }
  return withoutRepeats(findings.sort(byPlace)).filter(
    (finding) => !isPutAside(transcript.source, finding, settings.aside),
  );
}

class Context implements RuleContext {
  rule: Rule | undefined;
  #consequences: ReadonlySet<Exchange | Reply> = new Set();

  constructor(
    readonly transcript: Transcript,
    readonly settings: RuleSettings,
    readonly facts: ByteFacts | undefined,
    readonly findings: Finding[],
  ) {}

  enter(session: Session): void {
    this.#consequences = consequencesOf(session);
  }

  report(report: Report): void {
    const finding = this.rule && toFinding(this.rule, report, this.settings, this.transcript);
    if (finding) this.findings.push(finding);
  }

  isConsequence(of: Exchange | Reply): boolean {
    return this.#consequences.size > 0 && this.#consequences.has(of);
  }
}

function toFinding(rule: Rule, report: Report, settings: RuleSettings, transcript: Transcript): Finding | undefined {
  const severity = effectiveSeverity(rule, report.severity, settings);
  if (severity === "off") return undefined;
  const length = transcript.source.text.length;
  return {
    rule: rule.id,
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

function byPlace(a: Finding, b: Finding): number {
  if (a.span.start !== b.span.start) return a.span.start - b.span.start;
  if (a.span.end !== b.span.end) return a.span.end - b.span.end;
  if (a.rule !== b.rule) return a.rule < b.rule ? -1 : 1;
  return a.message < b.message ? -1 : a.message > b.message ? 1 : 0;
}

function withoutRepeats(sorted: readonly Finding[]): Finding[] {
  return sorted.filter((finding, at) => {
    const before = sorted[at - 1];
    return !before || before.rule !== finding.rule || byPlace(before, finding) !== 0;
  });
}

/**
 * The most severe findings for a client that shows only so many (VS Code: 1000 a file), in the order of the file, and
 * how many are left out.
 */
export function mostSevere(
  findings: readonly Finding[],
  limit: number,
): { readonly shown: readonly Finding[]; readonly hidden: number } {
  if (findings.length <= limit) return { shown: findings, hidden: 0 };
  const kept = new Set<Finding>();
  for (const severity of SEVERITIES) {
    for (const finding of findings) {
      if (kept.size === limit) break;
      if (finding.severity === severity) kept.add(finding);
    }
  }
  return { shown: findings.filter((finding) => kept.has(finding)), hidden: findings.length - limit };
}
