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

/** Address of the comparison of two codes; `document` is the transcript to take real lines from. */
export function comparePageUri(first: string, second: string, document?: string): string {
  const query = document === undefined ? "" : `?${encodeURIComponent(document)}`;
  return `${SCHEME}:/compare/${encodeURIComponent(first)}-with-${encodeURIComponent(second)}.md${query}`;
}

/** What a page may need besides its address. */
export interface PageContext {
  readonly locale: Locale;
  /** Gives an open document by its URI. */
  document(uri: string): ParsedDocument | undefined;
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
