import type { Range } from "./unfolded.js";
import { decodeWords } from "./words.js";

export type TokenKind = "word" | "quoted" | "literal" | "special" | "comment";

/** A token of RFC 5322 §3.2; ranges are columns. */
export interface Token extends Range {
  readonly kind: TokenKind;
  readonly text: string;
}

/** A quote, bracket or comment that is never closed. */
export interface Unbalanced {
  readonly kind: "unbalanced";
  readonly range: Range;
}

/** Tokens of RFC 5322 §3.2; white space and comments only separate. A dot is part of a word. */
export function tokenizeAddresses(text: string, problems: Unbalanced[]): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const c = text[at] as string;
    const from = at;
    if (c === " " || c === "\t" || c === "\r" || c === "\n") at++;
    else if (c === "(") {
      at = skipComment(text, at, problems);
      tokens.push({ kind: "comment", text: text.slice(from + 1, at - 1), from, to: at });
    } else if (c === '"' || c === "[") {
      const close = c === '"' ? '"' : "]";
      at++;
      while (at < text.length && text[at] !== close) at += text[at] === "\\" ? 2 : 1;
      at = Math.min(at, text.length);
      if (at >= text.length) problems.push({ kind: "unbalanced", range: { from, to: from + 1 } });
      at = Math.min(at + 1, text.length);
      tokens.push({ kind: c === '"' ? "quoted" : "literal", text: text.slice(from, at), from, to: at });
    } else if ("<>@,;:".includes(c)) {
      at++;
      tokens.push({ kind: "special", text: c, from, to: at });
    } else {
      while (at < text.length && !' \t\r\n("[<>@,;:'.includes(text[at] as string)) at++;
      tokens.push({ kind: "word", text: text.slice(from, at), from, to: at });
    }
  }
  return tokens;
}

function skipComment(text: string, from: number, problems: Unbalanced[]): number {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const c = text[at];
    if (c === "\\") at++;
    else if (c === "(") depth++;
    else if (c === ")" && --depth === 0) return at + 1;
    at++;
  }
  problems.push({ kind: "unbalanced", range: { from, to: from + 1 } });
  return text.length;
}

/** dot-atom or quoted string (RFC 5322 §3.4.1), UTF-8 allowed (RFC 6532 §3.2); words around dots may be quoted (§4.4). */
export function validLocal(tokens: readonly Token[]): boolean {
  if (tokens.length === 0) return false;
  if (tokens.length === 1 && tokens[0]?.kind === "quoted") return true;
  if (tokens.some((token, k) => k > 0 && token.from !== (tokens[k - 1] as Token).to)) return false;
  const text = tokens.map((token) => (token.kind === "quoted" ? "q" : token.text)).join("");
  return isDotAtom(text);
}

export function validDomain(tokens: readonly Token[]): boolean {
  if (tokens.length !== 1) return false;
  const token = tokens[0] as Token;
  if (token.kind === "literal") return token.text.endsWith("]");
  return token.kind === "word" && isDotAtom(token.text.endsWith(".") ? token.text.slice(0, -1) : token.text);
}

/** Whether a text is a dot-atom (RFC 5322 §3.2.3), UTF-8 allowed (RFC 6532 §3.2). */
export function isDotAtom(text: string): boolean {
  if (text === "" || text.startsWith(".") || text.endsWith(".") || text.includes("..")) return false;
  return /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\u0080-\uffff-]+$/.test(text);
}

/** The words of a phrase as a person reads them. */
export function phraseText(tokens: readonly Token[]): string {
  let text = "";
  let end = -1;
  for (const token of tokens) {
    const piece = token.kind === "quoted" ? unquote(token.text) : token.text;
    text += end >= 0 && token.from > end ? ` ${piece}` : piece;
    end = token.to;
  }
  return decodeWords(text).text;
}

/** Content of a quoted string, backslashes resolved (RFC 5322 §3.2.4). */
export function unquote(text: string): string {
  const inner = text.endsWith('"') && text.length > 1 ? text.slice(1, -1) : text.slice(1);
  return unescaped(inner);
}

/** A text with its quoted pairs resolved. */
export function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, "$1");
}
