import { ruleById, rules } from "../../server/src/rules/index.js";
import { findingMessage } from "../../server/src/rules/messages.js";
import { runRules } from "../../server/src/rules/run.js";
import type { Finding, Rule } from "../../server/src/rules/types.js";
import { parseTranscript, type Transcript } from "../../server/src/transcript.js";

/** Findings of some rules (all where none is named) on a text, read in a dialect or in the one detected. */
export function findingsIn(text: string, only: readonly string[] = [], dialect?: string): readonly Finding[] {
  return findingsOf(parseTranscript(text, dialect), only);
}

export function findingsOf(transcript: Transcript, only: readonly string[] = []): readonly Finding[] {
  return runRules(transcript, only.length === 0 ? rules : rules.filter((rule) => only.includes(rule.id)), {
    profile: "standard",
    rules: Object.fromEntries(only.filter(isOff).map((id) => [id, "hint"])),
    aside: [],
  });
}

function isOff(id: string): boolean {
  return ruleById(id)?.severity === "off";
}

/** One line a finding: "3:0 error rule-id: message", lines from 1 as people count them. */
export function describeFindings(text: string, findings: readonly Finding[]): string[] {
  const { source } = parseTranscript(text);
  return findings.map((finding) => {
    const { line, character } = source.positionAt(finding.span.start);
    const message = findingMessage(ruleById(finding.rule) as Rule, finding);
    return `${line + 1}:${character} ${finding.severity} ${finding.rule}: ${message}`;
  });
}

/** True for findings that people must act on. */
export function isSevere(finding: Finding): boolean {
  return finding.severity === "error" || finding.severity === "warning";
}
