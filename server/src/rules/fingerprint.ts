import type { SourceText } from "../text/source.js";
import type { Finding } from "./types.js";

/** A finding put aside: nothing is written into the transcript, it is evidence. */
export interface Aside {
  readonly rule: string;
  /** See `fingerprintOf`. */
  readonly fingerprint: string;
}

/**
 * Fingerprint of the line where a finding begins: 16 hexadecimal digits that depend on the line's characters (blanks
 * around them left out), and `#2`, `#3` … for the second, third … equal line of the file. It survives edits elsewhere, and
 * does not show what the line says.
 */
export function fingerprintOf(source: SourceText, offset: number): string {
  const line = source.lineAt(offset);
  const text = source.lineText(line).trim();
  let occurrence = 1;
  for (let other = 0; other < line; other++) {
    if (source.lineText(other).trim() === text) occurrence++;
  }
  const hash = hashOf(text);
  return occurrence === 1 ? hash : `${hash}#${occurrence}`;
}

/** FNV-1a in two halves with different starts (IETF draft-eastlake-fnv §2), over UTF-16 units. */
function hashOf(text: string): string {
  let low = 0x811c9dc5;
  let high = 0xcbf29ce4;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ (unit + at), 0x01000193);
  }
  const hex = (half: number): string => (half >>> 0).toString(16).padStart(8, "0");
  return hex(high) + hex(low);
}

/** True if a finding is in a list of those put aside. */
export function isPutAside(source: SourceText, finding: Finding, aside: readonly Aside[]): boolean {
  if (aside.length === 0) return false;
  const candidates = aside.filter((entry) => entry.rule === finding.rule);
  if (candidates.length === 0) return false;
  const fingerprint = fingerprintOf(source, finding.span.start);
  return candidates.some((entry) => entry.fingerprint === fingerprint);
}
