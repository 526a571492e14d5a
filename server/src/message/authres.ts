import type { Range, Unfolded } from "./unfolded.js";

/** `ptype.property=value` of a result (RFC 8601 §2.2). */
export interface AuthProperty {
  readonly type: string;
  readonly property: string;
  readonly value: string;
  readonly range: Range;
}

/** One `method=result` with its properties. */
export interface AuthResult {
  readonly method: string;
  readonly methodRange: Range;
  readonly result: string;
  readonly resultRange: Range;
  readonly reason: string | undefined;
  readonly properties: readonly AuthProperty[];
  readonly comments: readonly string[];
}

/** An Authentication-Results or ARC-Authentication-Results value. Ranges are columns of the unfolded value. */
export interface AuthResults {
  /** Who says so; "" where it is missing. */
  readonly server: string;
  readonly serverRange: Range;
  /** ARC instance, where the field has one. */
  readonly instance: number | undefined;
  readonly results: readonly AuthResult[];
  readonly malformed: readonly Range[];
  /** True for `none`: no method was applied. */
  readonly none: boolean;
}

interface Token extends Range {
  readonly text: string;
  readonly kind: "word" | "comment" | "equals" | "semicolon";
}

/** Reads Authentication-Results (RFC 8601 §2.2) with recovery. Never throws. */
export function readAuthResults(source: Unfolded | string): AuthResults {
  const text = typeof source === "string" ? source : source.text;
  const groups = split(tokenize(text));
  let instance: number | undefined;
  if (groups[0]?.[0]?.text.toLowerCase() === "i" && groups[0][1]?.kind === "equals") {
    instance = Number(groups.shift()?.[2]?.text ?? Number.NaN);
  }
  // Some software leaves the server's name out and starts with the first result.
  const named = groups[0]?.[1]?.kind !== "equals";
  const server = named ? groups.shift()?.find((token) => token.kind === "word") : undefined;
  const results: AuthResult[] = [];
  const malformed: Range[] = [];
  let none = false;
  for (const group of groups) {
    const words = group.filter((token) => token.kind !== "comment");
    if (words.length === 0) continue;
    if (words.length === 1 && words[0]?.text.toLowerCase() === "none") none = true;
    else if (words[1]?.kind === "equals" && words[2]?.kind === "word") results.push(readResult(words, group));
    else malformed.push({ from: (words[0] as Token).from, to: (words[words.length - 1] as Token).to });
  }
  return { server: server?.text ?? "", serverRange: server ?? { from: 0, to: 0 }, instance, results, malformed, none };
}

function readResult(words: readonly Token[], group: readonly Token[]): AuthResult {
  const [method, , result] = words as [Token, Token, Token];
  const properties: AuthProperty[] = [];
  let reason: string | undefined;
  for (let k = 3; k + 1 < words.length; k++) {
    const name = words[k] as Token;
    if (words[k + 1]?.kind !== "equals") continue;
    const next = words[k + 2];
    const value = next?.kind === "word" ? next : undefined;
    if (name.text.toLowerCase() === "reason") reason = value?.text;
    else {
      const dot = name.text.indexOf(".");
      properties.push({
        type: dot < 0 ? "" : name.text.slice(0, dot).toLowerCase(),
        property: name.text.slice(dot + 1).toLowerCase(),
        value: value?.text ?? "",
        range: { from: name.from, to: value?.to ?? (words[k + 1] as Token).to },
      });
    }
    k += value === undefined ? 1 : 2;
  }
  const comments = group.filter((token) => token.kind === "comment").map((token) => token.text);
  return {
    method: method.text.toLowerCase().replace(/\/\d+$/, ""),
    methodRange: { from: method.from, to: method.to },
    result: result.text.toLowerCase(),
    resultRange: { from: result.from, to: result.to },
    reason,
    properties,
    comments,
  };
}

function split(tokens: readonly Token[]): Token[][] {
  const groups: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === "semicolon") groups.push([]);
    else (groups[groups.length - 1] as Token[]).push(token);
  }
  return groups;
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const c = text[at] as string;
    const from = at;
    if (/\s/.test(c)) at++;
    else if (c === ";" || c === "=") {
      at++;
      tokens.push({ text: c, kind: c === ";" ? "semicolon" : "equals", from, to: at });
    } else if (c === "(") {
      let depth = 0;
      for (; at < text.length; at++) {
        if (text[at] === "\\") at++;
        else if (text[at] === "(") depth++;
        else if (text[at] === ")" && --depth === 0) break;
      }
      at = Math.min(at + 1, text.length);
      tokens.push({ text: text.slice(from + 1, at - 1), kind: "comment", from, to: at });
    } else if (c === '"') {
      at++;
      while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
      at = Math.min(at + 1, text.length);
      tokens.push({ text: text.slice(from + 1, at - 1), kind: "word", from, to: at });
    } else {
      // A value may hold "=" (base64 of a signature): only the first one separates.
      const afterEquals = tokens[tokens.length - 1]?.kind === "equals";
      while (at < text.length && !/[\s;("]/.test(text[at] as string) && (afterEquals || text[at] !== "=")) at++;
      tokens.push({ text: text.slice(from, at), kind: "word", from, to: at });
    }
  }
  return tokens;
}
