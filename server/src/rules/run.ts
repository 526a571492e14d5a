import type { ByteFacts } from "../text/bytes.js";
import type { Transcript } from "../transcript.js";
import { groupsOf, holds, type RuleGroups } from "./about.js";
import { consequencesOf } from "./blame.js";
import { effectiveSeverity, type RuleSettings, STANDARD } from "./configure.js";
import { findingOf, inOrder } from "./findings.js";
import { isPutAside } from "./fingerprint.js";
import { KeptFindings } from "./kept.js";
import type { Exchange, Finding, Reply, Report, Rule, RuleContext, Session, Severity } from "./types.js";

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
  const active = rules.filter((rule) => effectiveSeverity(rule, undefined, settings) !== "off");
  const within = groupsOf(active.filter(({ scope }) => scope !== "document"));
  const beyond = groupsOf(active.filter(({ scope }) => scope === "document"));
  // One context for all: a file may hold thousands of short sessions.
  const context = new Context(transcript, settings, facts);
  const findings = kept.of(transcript, rules, settings, ({ sessions }) => context.run(within, sessions));
  findings.push(...context.run(beyond, transcript.sessions));
  return inOrder(findings).filter((finding) => !isPutAside(transcript.source, finding, settings.aside));
}

const kept = new KeptFindings();

class Context implements RuleContext {
  #rule: Rule | undefined;
  #findings: Finding[] = [];
  #session: Session | undefined;
  /** Worked out when a rule asks: most sessions have none. */
  #consequences: ReadonlySet<Exchange | Reply> | undefined;

  constructor(
    readonly transcript: Transcript,
    readonly settings: RuleSettings,
    readonly facts: ByteFacts | undefined,
  ) {}

  /** What rules find in sessions, in no order. */
  run(groups: RuleGroups, sessions: readonly Session[]): readonly Finding[] {
    this.#findings = [];
    for (const session of sessions) {
      this.#session = session;
      this.#consequences = undefined;
      for (const [about, rules] of groups) if (holds(session, about)) this.#check(session, rules);
      // What the rules shared would be half of what a long log keeps in memory.
      session.memo.length = 0;
    }
    return this.#findings;
  }

  #check(session: Session, rules: readonly Rule[]): void {
    for (const rule of rules) {
      this.#rule = rule;
      try {
        rule.check(session, this);
      } catch {
        // Invariant, tested by hostile input: no rule throws. Should one do so, the others still speak.
      }
    }
  }

  report(report: Report): void {
    if (!this.#rule) return;
    const severity = effectiveSeverity(this.#rule, report.severity, this.settings);
    if (severity === "off") return;
    this.#findings.push(findingOf(this.#rule.id, severity, report, this.transcript.source.text.length));
  }

  isConsequence(of: Exchange | Reply): boolean {
    if (!this.#session) return false;
    this.#consequences ??= consequencesOf(this.#session);
    return this.#consequences.size > 0 && this.#consequences.has(of);
  }
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
