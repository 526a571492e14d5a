import type { Range, Unfolded } from "./unfolded.js";

/** What can be wrong with a date (RFC 5322 §3.3, §4.3). */
export type DateProblemKind =
  | "invalid"
  | "impossible"
  | "wrong-weekday"
  | "obsolete-year"
  | "obsolete-zone"
  | "gmt-zone"
  | "missing-zone"
  | "unknown-zone"
  | "zone-out-of-range";

export interface DateProblem {
  readonly kind: DateProblemKind;
  readonly range: Range;
  /** What to write instead, where that is certain. */
  readonly suggestion: string | undefined;
}

/** A date and time as a message states it. */
export interface MailDate {
  /** Milliseconds since 1970 in UTC, or undefined where it cannot be read. */
  readonly time: number | undefined;
  /** Minutes east of UTC; undefined where the zone is missing, unknown, or `-0000` (RFC 5322 §3.3: says nothing of the place). */
  readonly zone: number | undefined;
  readonly range: Range;
  readonly problems: readonly DateProblem[];
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
/** Minutes east of UTC (RFC 5322 §4.3); zones in use that the RFC does not name are left out: they are ambiguous. */
const ZONES: Readonly<Record<string, number>> = {
  ut: 0,
  gmt: 0,
  utc: 0,
  z: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
};

interface Token extends Range {
  readonly text: string;
  readonly kind: "word" | "number" | "zone" | "mark";
}

/** Reads a date-time (RFC 5322 §3.3 and the obsolete forms of §4.3) with places. Comments are skipped. Never throws. */
export function readDate(source: Unfolded | string): MailDate {
  const text = typeof source === "string" ? source : source.text;
  return new DateReader(tokenize(text), text).read();
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /[A-Za-z]+|\d+|[+-]\d{1,8}|[^\sA-Za-z\d]/g;
  let depth = 0;
  for (const match of text.matchAll(pattern)) {
    const piece = match[0];
    if (piece === "(") depth++;
    else if (piece === ")") depth = Math.max(0, depth - 1);
    else if (depth === 0)
      tokens.push({ text: piece, kind: kindOf(piece), from: match.index, to: match.index + piece.length });
  }
  return tokens;
}

function kindOf(piece: string): Token["kind"] {
  if (/^[A-Za-z]/.test(piece)) return "word";
  if (/^\d/.test(piece)) return "number";
  return piece.length > 1 ? "zone" : "mark";
}

class DateReader {
  readonly #tokens: readonly Token[];
  readonly #text: string;
  readonly #problems: DateProblem[] = [];
  #at = 0;

  constructor(tokens: readonly Token[], text: string) {
    this.#tokens = tokens;
    this.#text = text;
  }

  read(): MailDate {
    const first = this.#tokens[0];
    const last = this.#tokens[this.#tokens.length - 1];
    const range = { from: first?.from ?? 0, to: last?.to ?? this.#text.length };
    const weekday = this.#weekday();
    const day = this.#number(2);
    const month = this.#month();
    const year = this.#number(4);
    const clock = this.#clock();
    if (day === undefined || month === undefined || year === undefined || clock === undefined) {
      this.#problems.length = 0;
      this.#problems.push({ kind: "invalid", range, suggestion: undefined });
      return { time: undefined, zone: undefined, range, problems: this.#problems };
    }
    const fullYear = this.#year(year);
    const zone = this.#zone();
    const rest = this.#tokens[this.#at];
    if (rest !== undefined)
      this.#problems.push({ kind: "invalid", range: { from: rest.from, to: range.to }, suggestion: undefined });
    const days = Date.UTC(fullYear, month, Number(day.text), 0, 0, 0);
    const check = new Date(days);
    if (check.getUTCDate() !== Number(day.text) || clock.bad) {
      this.#problems.push({ kind: "impossible", range, suggestion: undefined });
      return { time: undefined, zone: undefined, range, problems: this.#problems };
    }
    this.#checkWeekday(weekday, check.getUTCDay());
    return { time: days + clock.ms - (zone ?? 0) * 60_000, zone, range, problems: this.#problems };
  }

  #weekday(): Token | undefined {
    const token = this.#tokens[0];
    if (token?.kind !== "word") return undefined;
    this.#at = 1;
    while (this.#tokens[this.#at]?.text === "," || this.#tokens[this.#at]?.text === ".") this.#at++;
    return token;
  }

  #number(most: number): Token | undefined {
    this.#skipDash();
    const token = this.#tokens[this.#at];
    if (token === undefined) return undefined;
    // `22-Mar-93` (RFC 850 form) gives "-93" as one token.
    const text = token.kind === "zone" && token.text.startsWith("-") ? token.text.slice(1) : token.text;
    if (!/^\d+$/.test(text) || text.length > most) return undefined;
    this.#at++;
    return { ...token, text };
  }

  #skipDash(): void {
    if (this.#tokens[this.#at]?.text === "-") this.#at++;
  }

  #month(): number | undefined {
    this.#skipDash();
    const token = this.#tokens[this.#at];
    if (token?.kind !== "word") return undefined;
    const month = MONTHS.indexOf(token.text.slice(0, 3).toLowerCase());
    if (month < 0 || token.text.length > 9) return undefined;
    this.#at++;
    return month;
  }

  #clock(): { ms: number; bad: boolean } | undefined {
    const values: number[] = [];
    for (let k = 0; k < 3; k++) {
      const token = this.#tokens[this.#at];
      if (token?.kind !== "number" || token.text.length > 2) break;
      values.push(Number(token.text));
      this.#at++;
      if (this.#tokens[this.#at]?.text !== ":") break;
      this.#at++;
    }
    if (values.length < 2) return undefined;
    // Fractions of a second are no part of the grammar, but some software prints them.
    if (this.#tokens[this.#at]?.text === "." && this.#tokens[this.#at + 1]?.kind === "number") this.#at += 2;
    const [hour = 0, minute = 0, second = 0] = values;
    return { ms: ((hour * 60 + minute) * 60 + second) * 1000, bad: hour > 23 || minute > 59 || second > 60 };
  }

  #year(token: Token): number {
    const value = Number(token.text);
    if (token.text.length >= 4) return value;
    const year = token.text.length === 3 ? 1900 + value : value < 50 ? 2000 + value : 1900 + value;
    this.#problems.push({ kind: "obsolete-year", range: token, suggestion: String(year) });
    return year;
  }

  #zone(): number | undefined {
    const token = this.#tokens[this.#at];
    if (token === undefined || (token.kind !== "zone" && token.kind !== "word")) {
      const at = this.#tokens[this.#at - 1]?.to ?? 0;
      this.#problems.push({ kind: "missing-zone", range: { from: at, to: at }, suggestion: undefined });
      return undefined;
    }
    this.#at++;
    if (token.kind === "word") return this.#named(token);
    const digits = token.text.slice(1);
    const minutes = Number(digits.slice(0, -2)) * 60 + Number(digits.slice(-2));
    if (digits.length !== 4 || Number(digits.slice(-2)) > 59 || minutes > 14 * 60)
      this.#problems.push({ kind: "zone-out-of-range", range: token, suggestion: undefined });
    if (token.text === "-0000") return undefined;
    return token.text.startsWith("-") ? -minutes : minutes;
  }

  #named(token: Token): number | undefined {
    const zone = ZONES[token.text.toLowerCase()];
    if (zone === undefined) {
      this.#problems.push({ kind: "unknown-zone", range: token, suggestion: undefined });
      return undefined;
    }
    const next = this.#tokens[this.#at];
    if (next?.kind === "zone" && zone === 0) {
      // `GMT+0200` is common and clear.
      this.#problems.push({ kind: "obsolete-zone", range: { from: token.from, to: next.to }, suggestion: next.text });
      this.#at++;
      const minutes = Number(next.text.slice(1, 3)) * 60 + Number(next.text.slice(3, 5) || 0);
      return next.text.startsWith("-") ? -minutes : minutes;
    }
    this.#problems.push({
      kind: zone === 0 ? "gmt-zone" : "obsolete-zone",
      range: token,
      suggestion: formatZone(zone),
    });
    return zone;
  }

  #checkWeekday(token: Token | undefined, actual: number): void {
    if (token === undefined) return;
    const stated = WEEKDAYS.indexOf(token.text.slice(0, 3).toLowerCase());
    const suggestion = weekdayName(actual);
    if (stated !== actual)
      this.#problems.push({ kind: stated < 0 ? "invalid" : "wrong-weekday", range: token, suggestion });
  }
}

function weekdayName(day: number): string {
  return capital(WEEKDAYS[day] as string);
}

function capital(word: string): string {
  return word[0]?.toUpperCase() + word.slice(1);
}

/** `+0200` for minutes east of UTC. */
export function formatZone(minutes: number): string {
  const total = Math.abs(minutes);
  const digits = String(Math.floor(total / 60) * 100 + (total % 60)).padStart(4, "0");
  return (minutes < 0 ? "-" : "+") + digits;
}

/** A time in the form of RFC 5322 §3.3. @param zone minutes east of UTC. */
export function formatDate(time: number, zone = 0): string {
  const date = new Date(time + zone * 60_000);
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${weekdayName(date.getUTCDay())}, ${date.getUTCDate()} ${capital(MONTHS[date.getUTCMonth()] as string)} ${date.getUTCFullYear()}`;
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} ${formatZone(zone)}`;
}
