import type { Range, Unfolded } from "./unfolded.js";

/** One `tag=value` of a DKIM or ARC field (RFC 6376 §3.2). */
export interface Tag {
  readonly name: string;
  /** Value without white space around it. */
  readonly value: string;
  /** Value with all white space taken out, for tags that hold base64 or lists. */
  readonly compact: string;
  readonly nameRange: Range;
  readonly valueRange: Range;
}

export interface TagList {
  readonly tags: readonly Tag[];
  /** Pieces without `=`, or with an impossible name. */
  readonly malformed: readonly Range[];
  readonly duplicates: readonly Tag[];
  /** First tag of that name. */
  get(name: string): Tag | undefined;
}

/** Reads a tag list; ranges are columns of the unfolded value. Never throws. */
export function readTags(source: Unfolded | string): TagList {
  const text = typeof source === "string" ? source : source.text;
  const tags: Tag[] = [];
  const malformed: Range[] = [];
  const duplicates: Tag[] = [];
  const byName = new Map<string, Tag>();
  let from = 0;
  while (from <= text.length) {
    const semicolon = text.indexOf(";", from);
    const to = semicolon < 0 ? text.length : semicolon;
    const tag = readTag(text, from, to);
    if (tag !== undefined) {
      tags.push(tag);
      if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(tag.name)) malformed.push(tag.nameRange);
      if (byName.has(tag.name)) duplicates.push(tag);
      else byName.set(tag.name, tag);
    } else if (text.slice(from, to).trim() !== "") malformed.push(trimmed(text, from, to));
    from = to + 1;
  }
  return { tags, malformed, duplicates, get: (name) => byName.get(name) };
}

function readTag(text: string, from: number, to: number): Tag | undefined {
  const equals = text.indexOf("=", from);
  if (equals < 0 || equals >= to) return undefined;
  const nameRange = trimmed(text, from, equals);
  const valueRange = trimmed(text, equals + 1, to);
  const value = text.slice(valueRange.from, valueRange.to);
  const name = text.slice(nameRange.from, nameRange.to);
  return { name, value, compact: value.replace(/\s+/g, ""), nameRange, valueRange };
}

/** The range without white space at its ends. */
export function trimmed(text: string, from: number, to: number): Range {
  const piece = text.slice(from, to);
  const start = from + piece.length - piece.trimStart().length;
  return { from: Math.min(start, to), to: Math.max(Math.min(start, to), from + piece.trimEnd().length) };
}
