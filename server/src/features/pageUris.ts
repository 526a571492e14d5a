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
