import type { MailDate } from "./date.js";
import { readDate } from "./date.js";
import type { Range, Unfolded } from "./unfolded.js";

/** A clause of a Received field. */
export interface Clause extends Range {
  readonly value: string;
  /** Comments that follow the value, without their brackets. */
  readonly comments: readonly string[];
}

/** What a Received field says (RFC 5321 §4.4). Ranges are columns of the unfolded value. */
export interface Received {
  readonly from: Clause | undefined;
  readonly by: Clause | undefined;
  readonly via: Clause | undefined;
  readonly with: Clause | undefined;
  readonly id: Clause | undefined;
  readonly for: Clause | undefined;
  /** Address in square brackets or bare in a comment of `from`. */
  readonly ip: string | undefined;
  /** Protocol version and cipher where a comment names them. */
  readonly tls: { readonly version: string | undefined; readonly cipher: string | undefined } | undefined;
  /** What follows the last semicolon; undefined where there is none. */
  readonly date: MailDate | undefined;
  readonly dateRange: Range | undefined;
}

type Key = "from" | "by" | "via" | "with" | "id" | "for";
const KEYS: ReadonlySet<string> = new Set(["from", "by", "via", "with", "id", "for"]);

interface Token extends Range {
  readonly text: string;
  readonly comment: boolean;
}

/** Reads a Received field. Anything unknown between the clauses is skipped. Never throws. */
export function readReceived(source: Unfolded | string): Received {
  const text = typeof source === "string" ? source : source.text;
  const { tokens, semicolon } = tokenize(text);
  const clauses = readClauses(tokens);
  const comments = tokens.filter((token) => token.comment).map((token) => token.text);
  const dateRange = semicolon < 0 ? undefined : { from: semicolon + 1, to: text.length };
  return {
    from: clauses.get("from"),
    by: clauses.get("by"),
    via: clauses.get("via"),
    with: clauses.get("with"),
    id: clauses.get("id"),
    for: clauses.get("for"),
    ip: findAddress(clauses.get("from")),
    tls: findTls(comments, clauses.get("with")?.value),
    date: dateRange === undefined ? undefined : shifted(readDate(text.slice(dateRange.from)), dateRange.from),
    dateRange,
  };
}

/** A date read from a piece of a text, moved to the columns of the whole text. */
export function shifted(date: MailDate, by: number): MailDate {
  const move = (range: Range): Range => ({ from: range.from + by, to: range.to + by });
  return { ...date, range: move(date.range), problems: date.problems.map((p) => ({ ...p, range: move(p.range) })) };
}

function tokenize(text: string): { tokens: Token[]; semicolon: number } {
  const tokens: Token[] = [];
  let semicolon = -1;
  let at = 0;
  while (at < text.length) {
    const c = text[at] as string;
    const from = at;
    if (c === "(") {
      at = commentEnd(text, at);
      tokens.push({ text: text.slice(from + 1, text[at - 1] === ")" ? at - 1 : at), comment: true, from, to: at });
    } else if (c === ";") {
      semicolon = at++;
    } else if (/\s/.test(c)) at++;
    else {
      while (at < text.length && !/[\s(;]/.test(text[at] as string)) at++;
      tokens.push({ text: text.slice(from, at), comment: false, from, to: at });
    }
  }
  return { tokens: semicolon < 0 ? tokens : tokens.filter((token) => token.from < semicolon), semicolon };
}

function commentEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const c = text[at];
    if (c === "\\") at++;
    else if (c === "(") depth++;
    else if (c === ")" && --depth === 0) return at + 1;
  }
  return text.length;
}

function readClauses(tokens: readonly Token[]): Map<Key, Clause> {
  const clauses = new Map<Key, Clause>();
  for (let k = 0; k < tokens.length; k++) {
    const key = (tokens[k] as Token).text.toLowerCase();
    const value = tokens[k + 1];
    if ((tokens[k] as Token).comment || !KEYS.has(key) || value === undefined || clauses.has(key as Key)) continue;
    if (value.comment || KEYS.has(value.text.toLowerCase())) continue;
    const comments: string[] = [];
    let next = k + 2;
    // Some servers print the address in square brackets without a comment around it.
    while (tokens[next]?.comment === true || tokens[next]?.text.startsWith("[") === true)
      comments.push((tokens[next++] as Token).text);
    clauses.set(key as Key, { value: value.text, comments, from: value.from, to: value.to });
    k = next - 1;
  }
  return clauses;
}

function findAddress(clause: Clause | undefined): string | undefined {
  if (clause === undefined) return undefined;
  for (const text of [...clause.comments, clause.value]) {
    const literal = /\[(?:IPv6:)?([0-9A-Fa-f:.]{3,45})\]/.exec(text);
    if (literal !== null) return literal[1];
    const bare = /(?:^|[\s@])(\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{1,4}:[0-9A-Fa-f:]{2,40})(?:$|[\s:)])/.exec(text);
    if (bare !== null) return bare[1];
  }
  return undefined;
}

function findTls(comments: readonly string[], protocol: string | undefined): Received["tls"] {
  for (const text of comments) {
    const version = /\b(TLS ?v?1(?:[._]\d)?|TLS1_\d|SSLv\d)\b/i.exec(text)?.[1];
    const cipher =
      /cipher[= ]([A-Za-z0-9_-]{3,60})/i.exec(text)?.[1] ??
      /\b((?:TLS|ECDHE|DHE|AES)[A-Z0-9_-]{8,60})\b/.exec(text)?.[1];
    if (version !== undefined || cipher !== undefined) return { version, cipher };
  }
  return /^(?:UTF8)?E?(?:SMTP|LMTP)SA?$/i.test(protocol ?? "") ? { version: undefined, cipher: undefined } : undefined;
}

/** One step of the route of a message, oldest first. */
export interface Hop {
  readonly received: Received;
  readonly time: number | undefined;
  /** Milliseconds since the hop before; negative where clocks disagree; undefined where a date is missing. */
  readonly delay: number | undefined;
}

/** The route from the Received fields in the order of the file (newest on top). Gives the hops in the same order. */
export function readRoute(fields: readonly Received[]): Hop[] {
  const hops: Hop[] = [];
  let before: number | undefined;
  for (const received of [...fields].reverse()) {
    const time = received.date?.time;
    hops.push({ received, time, delay: time === undefined || before === undefined ? undefined : time - before });
    before = time ?? before;
  }
  return hops.reverse();
}
