import { ruleById } from "../rules/index.js";
import { rulePage } from "../rules/pages.js";
import type { Locale, ParsedDocument } from "./types.js";

/** Scheme of the virtual documents (design: pages of rules, codes, comparisons). */
const SCHEME = "smtp-transcripts";

/** Address of the page of a rule. */
export function rulePageUri(id: string): string {
  return `${SCHEME}:/rules/${encodeURIComponent(id)}.md`;
}

/** Address of the page of a reply code or enhanced code. */
export function codePageUri(code: string): string {
  return `${SCHEME}:/codes/${encodeURIComponent(code)}.md`;
}

/** Address of the comparison of two codes. */
export function comparePageUri(first: string, second: string): string {
  return `${SCHEME}:/compare/${encodeURIComponent(first)}-${encodeURIComponent(second)}.md`;
}

/** What a page may need besides its address. */
export interface PageContext {
  readonly locale: Locale;
  /** Open documents, for real lines in a comparison. */
  readonly open: readonly ParsedDocument[];
}

/** The markdown of a page; null for an address that is none of ours. */
export function pageText(uri: string, _context: PageContext): string | null {
  const match = /^smtp-transcripts:\/+([a-z]+)\/([^/?#]+)\.md(?:\?([^#]*))?$/.exec(uri);
  if (!match) return null;
  const name = decode(match[2] as string);
  if (match[1] === "rules") {
    const rule = ruleById(name);
    return rule ? rulePage(rule) : null;
  }
  return null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
