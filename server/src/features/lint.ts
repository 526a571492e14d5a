import { anyRuleById } from "../rules/all.js";
import { fixAllEdits, fixRuleEdits } from "../rules/apply.js";
import { type RuleSettings, STANDARD } from "../rules/configure.js";
import { fingerprintOf } from "../rules/fingerprint.js";
import { rules } from "../rules/index.js";
import { messageStyle } from "../rules/locales/index.js";
import { messageRules } from "../rules/message/index.js";
import { runMessageRules } from "../rules/message/run.js";
import { findingMessage, fixTitle, relatedMessages } from "../rules/messages.js";
import { runRules } from "../rules/run.js";
import type { Edit, Finding, Fix, Severity } from "../rules/types.js";
import type { ByteFacts } from "../text/bytes.js";
import type { Span } from "../text/span.js";
import { embeddedFindings } from "./message/embeddedFindings.js";
import type { Locale, ParsedDocument } from "./types.js";
import { say } from "./words.js";

/** A finding in the reader's language, ready to be shown. */
export interface Problem {
  readonly rule: string;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
  readonly related: readonly { readonly span: Span; readonly message: string }[];
  readonly fix: (Fix & { readonly label: string }) | undefined;
}

/** How findings are chosen and worded. */
export interface LintOptions {
  readonly settings: RuleSettings;
  readonly locale: Locale;
  /** What the file's bytes show, where somebody has them and they are the document's text. */
  readonly facts?: ByteFacts | undefined;
}

/** The options of someone who set nothing. */
export const DEFAULT_LINT: LintOptions = { settings: STANDARD, locale: "en" };

/** All findings of a document by place, worded. */
export function lintDocument(document: ParsedDocument, options: LintOptions = DEFAULT_LINT): readonly Problem[] {
  const findings = findingsOf(document, options.settings, options.facts);
  const known = wordedCache.get(findings);
  if (known?.locale === options.locale) return known.problems;
  const problems = findings.map((finding) => worded(finding, options.locale));
  wordedCache.set(findings, { locale: options.locale, problems });
  return problems;
}

const wordedCache = new WeakMap<
  readonly Finding[],
  { readonly locale: Locale; readonly problems: readonly Problem[] }
>();

interface Kept {
  readonly key: string;
  readonly facts: ByteFacts | undefined;
  readonly findings: readonly Finding[];
}

const findingsCache = new WeakMap<ParsedDocument, Kept>();

/** Findings of a document, kept as long as the settings stay the same. Facts once given stay for that version. */
export function findingsOf(document: ParsedDocument, settings: RuleSettings, facts?: ByteFacts): readonly Finding[] {
  const key = JSON.stringify([settings.profile, settings.messageProfile, settings.rules, settings.aside]);
  const known = findingsCache.get(document);
  const seen = facts ?? known?.facts;
  if (known?.key === key && known.facts === seen) return known.findings;
  const findings = [...sessionFindings(document, settings, seen), ...messageFindings(document, settings, seen)].sort(
    (a, b) => a.span.start - b.span.start,
  );
  findingsCache.set(document, { key, facts: seen, findings });
  return findings;
}

/** A message is judged as a transcript only where it quotes a session (notices of Postfix and sendmail). */
function sessionFindings(
  document: ParsedDocument,
  settings: RuleSettings,
  facts: ByteFacts | undefined,
): readonly Finding[] {
  const quotes = document.language !== "eml-message" || document.transcript.detection.dialect.id !== "raw";
  return quotes ? runRules(document.transcript, rules, settings, facts) : [];
}

function messageFindings(
  document: ParsedDocument,
  settings: RuleSettings,
  facts: ByteFacts | undefined,
): readonly Finding[] {
  if (document.language !== "eml-message") return embeddedFindings(document.transcript, settings);
  return document.message === undefined
    ? []
    : runMessageRules(document.message, document.source, messageRules, settings, facts);
}

function worded(finding: Finding, locale: Locale): Problem {
  const rule = anyRuleById(finding.rule);
  const style = messageStyle(locale);
  if (!rule) return { ...finding, related: [], fix: undefined };
  const related = relatedMessages(rule, finding, style);
  return {
    rule: finding.rule,
    severity: finding.severity,
    span: finding.span,
    message: findingMessage(rule, finding, style),
    related: finding.related.map(({ span }, at) => ({ span, message: related[at] ?? "" })),
    fix: finding.fix ? { ...finding.fix, label: fixTitle(rule, finding.fix, style) } : undefined,
  };
}

/** Fingerprint of the line of a problem, for putting it aside. */
export function problemFingerprint(document: ParsedDocument, problem: Problem): string {
  return fingerprintOf(document.source, problem.span.start);
}

/** The edits that fix every finding of a rule, or with null every spelling mistake. */
export function fixEdits(document: ParsedDocument, settings: RuleSettings, rule: string | null): readonly Edit[] {
  const findings = findingsOf(document, settings);
  return rule === null ? fixAllEdits(findings) : fixRuleEdits(findings, rule);
}

/** The sentence that counts the findings that are not shown. */
export function moreFindings(count: number, locale: Locale): string {
  return say(locale, "findings.more", { count });
}
