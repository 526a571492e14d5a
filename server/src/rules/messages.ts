import { isolate } from "../text/markdown.js";
import { fillPlaces } from "../text/template.js";
import type { Finding, Fix, MessageData, RuleInfo } from "./types.js";

/** Translations of one language: `<ruleId>.<key>` → template. A missing entry falls back to the rule's English. */
export type RuleCatalog = Readonly<Record<string, string>>;

/** How texts are shown: the translations to use, and whether the language runs from right to left. */
export interface MessageStyle {
  readonly catalog?: RuleCatalog;
  /** Codes, commands and addresses are put in isolates (UAX #9), so that they keep their order. */
  readonly rightToLeft?: boolean;
}

/**
 * Fills the `{name}` places of a template. A place without a value stays as it is. Values are data from a transcript: one
 * line, no control characters, no characters that change the direction of what follows.
 */
export function fillTemplate(template: string, data: MessageData, rightToLeft = false): string {
  return fillPlaces(template, data, (value) => (rightToLeft ? isolate(tame(value)) : tame(value)));
}

function tame(value: string): string {
  return value.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, "\ufffd");
}

/** A text of a rule by its key, in the reader's language; the key itself where the rule has no such text. */
export function ruleText(rule: RuleInfo, key: string, data: MessageData = {}, style: MessageStyle = {}): string {
  const id = `${rule.id}.${key}`;
  const translated = style.catalog && Object.hasOwn(style.catalog, id) ? style.catalog[id] : undefined;
  const template = translated ?? (Object.hasOwn(rule.messages, key) ? rule.messages[key] : undefined) ?? key;
  return fillTemplate(template, data, style.rightToLeft);
}

/** The message of a finding. */
export function findingMessage(rule: RuleInfo, finding: Finding, style?: MessageStyle): string {
  return ruleText(rule, finding.message, finding.data, style);
}

/** The messages of a finding's related places, in order. */
export function relatedMessages(rule: RuleInfo, finding: Finding, style?: MessageStyle): string[] {
  return finding.related.map((related) => ruleText(rule, related.message, related.data, style));
}

/** The title of a finding's fix. */
export function fixTitle(rule: RuleInfo, fix: Fix, style?: MessageStyle): string {
  return ruleText(rule, fix.title, fix.data, style);
}

/** Title, why and fix of a rule in the reader's language (catalog keys `<id>.title`, `<id>.why`, `<id>.fix`). */
export function ruleProse(rule: RuleInfo, style: MessageStyle = {}): { title: string; why: string; fix: string } {
  const pick = (key: "title" | "why" | "fix"): string => style.catalog?.[`${rule.id}.${key}`] ?? rule[key];
  return { title: pick("title"), why: pick("why"), fix: pick("fix") };
}
