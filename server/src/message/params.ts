import { bytesOfPercent, decodeBytes } from "./charset.js";
import type { Range, Unfolded } from "./unfolded.js";

/** What can be wrong with a parameter list (RFC 2045 §5.1, RFC 2231). */
export type ParameterProblemKind =
  | "malformed"
  /** The first parameter follows the value without a semicolon. */
  | "missing-semicolon"
  | "unterminated-quote"
  | "unquoted-specials"
  | "duplicate"
  | "section-gap"
  | "mixed-forms";

export interface ParameterProblem {
  readonly kind: ParameterProblemKind;
  readonly range: Range;
  readonly name: string;
}

/** One `name=value` as it stands in the field. */
export interface Parameter {
  /** Name as written, with `*` marks. */
  readonly rawName: string;
  /** Name in lower case without section and encoding marks. */
  readonly name: string;
  /** Value without quotes and backslashes, not yet decoded. */
  readonly value: string;
  readonly nameRange: Range;
  /** The value with its quotes. */
  readonly valueRange: Range;
  readonly quoted: boolean;
  /** RFC 2231 §3: number of the section, or undefined. */
  readonly section: number | undefined;
  /** RFC 2231 §4: percent-encoded, with a character set in its first section. */
  readonly encoded: boolean;
}

/** A structured value with parameters, such as Content-Type or Content-Disposition. Ranges are columns of the unfolded value. */
export class ParameterizedValue {
  /** What stands before the first semicolon, without comments and white space around it. */
  readonly value: string;
  readonly valueRange: Range;
  readonly parameters: readonly Parameter[];
  readonly problems: readonly ParameterProblem[];

  constructor(
    text: string,
    valueRange: Range,
    parameters: readonly Parameter[],
    problems: readonly ParameterProblem[],
  ) {
    this.value = text.slice(valueRange.from, valueRange.to).trim();
    this.valueRange = valueRange;
    this.parameters = parameters;
    this.problems = problems;
  }

  /** Decoded value of a parameter (RFC 2231 joined; the encoded form wins), or undefined. */
  get(name: string): string | undefined {
    return joinParameter(this.parameters, name);
  }

  /** First parameter of that name as it stands. */
  find(name: string): Parameter | undefined {
    return this.parameters.find((parameter) => parameter.name === name);
  }
}

const SPECIALS = /[()<>@,;:\\"/[\]?=\s]/;

/** Reads `value; name=value; …` with comments, quoted strings and RFC 2231 names. Never throws. */
export function readParameters(source: Unfolded | string): ParameterizedValue {
  const text = typeof source === "string" ? source : source.text;
  const scanner = new Scanner(text);
  const problems: ParameterProblem[] = [];
  const valueRange = scanner.head(problems);
  const parameters: Parameter[] = [];
  while (scanner.nextSeparator()) {
    const parameter = scanner.parameter(problems);
    if (parameter !== undefined) parameters.push(parameter);
  }
  checkNames(parameters, problems);
  return new ParameterizedValue(text, valueRange, parameters, problems);
}

/** A parameter behind white space only; an encoded word (`=?`) is none. */
const BARE_PARAMETER = /[ \t]+([A-Za-z][A-Za-z0-9*-]{0,30})=(?!\?)/y;

class Scanner {
  readonly #text: string;
  #at = 0;
  /** True where the first parameter was met without its semicolon. */
  #bare = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** The part before the first semicolon, or before a parameter without one; comments skipped at both ends. */
  head(problems: ParameterProblem[]): Range {
    this.#skip();
    const from = this.#at;
    let to = from;
    while (this.#at < this.#text.length && this.#text[this.#at] !== ";") {
      if (this.#text[this.#at] === "(") this.#skip();
      else if (!isBlank(this.#text.charCodeAt(this.#at))) to = ++this.#at;
      else if (this.#at === to && this.#startsParameter(problems)) break;
      else this.#at++;
    }
    return { from, to };
  }

  /** Whether `name=` follows behind white space at the place at hand, right behind the value. */
  #startsParameter(problems: ParameterProblem[]): boolean {
    BARE_PARAMETER.lastIndex = this.#at;
    const name = BARE_PARAMETER.exec(this.#text)?.[1];
    if (name === undefined) return false;
    const to = BARE_PARAMETER.lastIndex - 1;
    problems.push({ kind: "missing-semicolon", range: { from: to - name.length, to }, name });
    this.#bare = true;
    return true;
  }

  /** Goes behind the next semicolon; false at the end. */
  nextSeparator(): boolean {
    if (this.#bare) {
      this.#bare = false;
      return true;
    }
    while (this.#at < this.#text.length) {
      if (this.#text[this.#at++] === ";") return true;
    }
    return false;
  }

  parameter(problems: ParameterProblem[]): Parameter | undefined {
    this.#skip();
    const from = this.#at;
    let at = from;
    while (at < this.#text.length && this.#text[at] !== "=" && this.#text[at] !== ";" && this.#text[at] !== '"') at++;
    const nameEnd = from + this.#text.slice(from, at).trimEnd().length;
    if (this.#text[at] !== "=") {
      this.#at = at;
      if (nameEnd > from) problems.push({ kind: "malformed", range: { from, to: nameEnd }, name: "" });
      return undefined;
    }
    const rawName = this.#text.slice(from, nameEnd);
    this.#at = at + 1;
    this.#skip();
    const value = this.#text[this.#at] === '"' ? this.#quoted(rawName, problems) : this.#token(rawName, problems);
    if (rawName === "" || SPECIALS.test(rawName))
      problems.push({ kind: "malformed", range: { from, to: Math.max(nameEnd, from + 1) }, name: rawName });
    return { rawName, ...splitName(rawName), nameRange: { from, to: nameEnd }, ...value };
  }

  #quoted(name: string, problems: ParameterProblem[]): Pick<Parameter, "value" | "valueRange" | "quoted"> {
    const from = this.#at++;
    let value = "";
    while (this.#at < this.#text.length && this.#text[this.#at] !== '"') {
      if (this.#text[this.#at] === "\\" && this.#at + 1 < this.#text.length) this.#at++;
      value += this.#text[this.#at++];
    }
    if (this.#at >= this.#text.length)
      problems.push({ kind: "unterminated-quote", range: { from, to: this.#text.length }, name });
    this.#at = Math.min(this.#at + 1, this.#text.length);
    return { value, valueRange: { from, to: this.#at }, quoted: true };
  }

  #token(name: string, problems: ParameterProblem[]): Pick<Parameter, "value" | "valueRange" | "quoted"> {
    const from = this.#at;
    while (this.#at < this.#text.length && this.#text[this.#at] !== ";") {
      if (this.#text[this.#at] === "(" && isBlank(this.#text.charCodeAt(this.#at - 1))) break;
      this.#at++;
    }
    const value = this.#text.slice(from, this.#at).trimEnd();
    const range = { from, to: from + value.length };
    if (value === "") problems.push({ kind: "malformed", range: { from: Math.max(0, from - 1), to: from }, name });
    else if (SPECIALS.test(value)) problems.push({ kind: "unquoted-specials", range, name });
    return { value, valueRange: range, quoted: false };
  }

  /** White space and comments (RFC 5322 §3.2.2). */
  #skip(): void {
    let depth = 0;
    while (this.#at < this.#text.length) {
      const c = this.#text[this.#at] as string;
      if (c === "(") depth++;
      else if (c === ")" && depth > 0) depth--;
      else if (c === "\\" && depth > 0) this.#at++;
      else if (depth === 0 && !isBlank(c.charCodeAt(0))) return;
      this.#at++;
    }
  }
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}

function splitName(raw: string): Pick<Parameter, "name" | "section" | "encoded"> {
  const match = /^([^*]*)(?:\*(\d{1,4}))?(\*?)$/.exec(raw);
  if (match === null) return { name: raw.toLowerCase(), section: undefined, encoded: false };
  const section = match[2] === undefined ? undefined : Number(match[2]);
  return { name: (match[1] as string).toLowerCase(), section, encoded: match[3] === "*" };
}

function checkNames(parameters: readonly Parameter[], problems: ParameterProblem[]): void {
  if (parameters.length < 2 && parameters[0]?.section === undefined) return;
  const seen = new Map<string, Parameter>();
  const sections = new Map<string, number>();
  for (const parameter of parameters) {
    const key = `${parameter.name}*${parameter.section ?? ""}${parameter.encoded && parameter.section === undefined ? "*" : ""}`;
    if (seen.has(key)) problems.push({ kind: "duplicate", range: rangeOf(parameter), name: parameter.name });
    else seen.set(key, parameter);
    if (parameter.section !== undefined) {
      const next = sections.get(parameter.name) ?? 0;
      if (parameter.section > next)
        problems.push({ kind: "section-gap", range: parameter.nameRange, name: parameter.name });
      sections.set(parameter.name, Math.max(next, parameter.section + 1));
    }
  }
}

function rangeOf(parameter: Parameter): Range {
  return { from: parameter.nameRange.from, to: Math.max(parameter.valueRange.to, parameter.nameRange.to) };
}

function joinParameter(parameters: readonly Parameter[], name: string): string | undefined {
  const all = parameters.filter((parameter) => parameter.name === name);
  if (all.length === 0) return undefined;
  const whole = all.find((parameter) => parameter.encoded && parameter.section === undefined);
  if (whole !== undefined) return decodeExtended(whole.value);
  const pieces = all.filter((parameter) => parameter.section !== undefined);
  if (pieces.length > 0) return joinSections(pieces);
  return (all[0] as Parameter).value;
}

function joinSections(pieces: readonly Parameter[]): string {
  const sorted = [...pieces].sort((a, b) => (a.section ?? 0) - (b.section ?? 0));
  const first = sorted[0] as Parameter;
  if (!first.encoded)
    return sorted.map((piece) => (piece.encoded ? decodePercent(piece.value, "utf-8") : piece.value)).join("");
  const { charset, rest } = splitCharset(first.value);
  const bytes: number[] = [];
  sorted.forEach((piece, k) => {
    const text = k === 0 ? rest : piece.value;
    bytes.push(...(piece.encoded ? bytesOfPercent(text) : new TextEncoder().encode(text)));
  });
  return decodeBytes(Uint8Array.from(bytes), charset).text;
}

function decodeExtended(value: string): string {
  const { charset, rest } = splitCharset(value);
  return decodePercent(rest, charset);
}

function decodePercent(text: string, charset: string): string {
  return decodeBytes(bytesOfPercent(text), charset).text;
}

/** RFC 2231 §4: `charset'language'text`. */
function splitCharset(value: string): { charset: string; rest: string } {
  const first = value.indexOf("'");
  const second = first === -1 ? -1 : value.indexOf("'", first + 1);
  if (second === -1) return { charset: "utf-8", rest: value };
  return { charset: value.slice(0, first) || "us-ascii", rest: value.slice(second + 1) };
}
