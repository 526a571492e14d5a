import type { Span } from "../text/span.js";
import type { MessageLines } from "./lines.js";
import { lineSpan, rangeSpan } from "./lines.js";
import { type ParameterizedValue, readParameters } from "./params.js";
import { Unfolded } from "./unfolded.js";

/** What can be wrong with the lines of a header section; the rules say what it means. */
export type HeaderProblemKind =
  /** White space between the name and the colon (obsolete, RFC 5322 §4.5). */
  | "space-before-colon"
  /** Characters that no field name may have (RFC 5322 §2.2). */
  | "bad-name"
  /** A line without colon between fields. */
  | "no-colon"
  /** A line that was meant to continue the field above it but is not indented (RFC 5322 §2.2.3). */
  | "unindented"
  /** Body text follows the fields without an empty line (RFC 5322 §2.1). */
  | "missing-blank-line"
  /** The section begins with an indented line. */
  | "continuation-first"
  /** A folded line of white space only (RFC 5322 §3.2.2). */
  | "blank-continuation"
  /** A byte order mark before the first field. */
  | "bom";

export interface HeaderProblem {
  readonly kind: HeaderProblemKind;
  readonly line: number;
  readonly span: Span;
  /** The field it belongs to, or that stands before it. */
  readonly field: Field | undefined;
}

/** One header field, its name and value where they stand in the source. The value is unfolded when it is asked for. */
export class Field {
  readonly lines: MessageLines;
  /** First line, and the line behind the last one. */
  readonly line: number;
  endLine: number;
  /** Name as written. */
  readonly name: string;
  /** Name in lower case. */
  readonly key: string;
  readonly nameColumn: number;
  readonly colonColumn: number;
  #value: Unfolded | undefined;
  #parameters: ParameterizedValue | undefined;

  constructor(lines: MessageLines, line: number, name: string, nameColumn: number, colonColumn: number) {
    this.lines = lines;
    this.line = line;
    this.endLine = line + 1;
    this.name = name;
    this.key = name.toLowerCase();
    this.nameColumn = nameColumn;
    this.colonColumn = colonColumn;
  }

  /** Everything behind the colon, line ends taken out. */
  get value(): Unfolded {
    this.#value ??= new Unfolded(this.lines, this.line, this.endLine, this.colonColumn + 1);
    return this.#value;
  }

  /** The value as `value; name=value; …` (RFC 2045 §5.1), for fields that are built so; read once. */
  get parameters(): ParameterizedValue {
    this.#parameters ??= readParameters(this.value);
    return this.#parameters;
  }

  /** The value without white space around it. */
  get text(): string {
    if (this.#value === undefined && this.endLine === this.line + 1)
      return this.lines
        .text(this.line)
        .slice(this.colonColumn + 1)
        .trim();
    return this.value.text.trim();
  }

  get nameSpan(): Span {
    return lineSpan(this.lines, this.line, this.nameColumn, this.nameColumn + this.name.length);
  }

  /** From the first to the last character of the value that is no white space. */
  get valueSpan(): Span {
    const text = this.value.text;
    const from = text.length - text.trimStart().length;
    const to = text.trimEnd().length;
    if (to > from) return this.value.span(from, to);
    return lineSpan(this.lines, this.line, this.colonColumn + 1, this.colonColumn + 1);
  }

  /** The whole field without its last line end. */
  get span(): Span {
    return rangeSpan(this.lines, { from: this.line, to: this.endLine });
  }
}

/** A header section: that of a message or of a body part. Lines count in the message's own lines. */
export interface HeaderSection {
  readonly fields: readonly Field[];
  readonly problems: readonly HeaderProblem[];
  /** First line of the section. */
  readonly line: number;
  /** The line behind the last one of the section: the empty line, or the first of the body where that is missing. */
  readonly endLine: number;
  /** First line of the body. */
  readonly bodyLine: number;
}

/** First field of that name (lower case), or undefined. */
export function firstField(section: HeaderSection, key: string): Field | undefined {
  return section.fields.find((field) => field.key === key);
}

/** All fields of that name (lower case), from top to bottom. */
export function allFields(section: HeaderSection, key: string): Field[] {
  return section.fields.filter((field) => field.key === key);
}

const FIELD = /^([!-9;-~]+)([ \t]*):/;
const PARAMETER = /^[A-Za-z][A-Za-z0-9*-]{0,30}=/;
const BAD_NAME = /^([^\s:]{1,40}(?: [^\s:]{1,40}){0,2}):(?:\s|$)/;
/** How many lines behind a stray one are looked at to tell a broken field from a body without an empty line. */
const LOOK_AHEAD = 4;

/**
 * Reads a header section (RFC 5322 §2.2). Never throws; every line is either part of a field, or a problem names it.
 * @param isDelimiter tells whether a line is a delimiter of an enclosing multipart, which ends the section.
 */
export function readHeader(
  lines: MessageLines,
  from: number,
  to: number,
  isDelimiter: (line: number, text: string) => boolean,
): HeaderSection {
  const reader = new HeaderReader(lines, from, to, isDelimiter);
  return reader.read();
}

class HeaderReader {
  readonly #lines: MessageLines;
  readonly #from: number;
  readonly #to: number;
  readonly #isDelimiter: (line: number, text: string) => boolean;
  readonly #fields: Field[] = [];
  readonly #problems: HeaderProblem[] = [];
  #last: Field | undefined;

  constructor(lines: MessageLines, from: number, to: number, isDelimiter: (line: number, text: string) => boolean) {
    this.#lines = lines;
    this.#from = from;
    this.#to = to;
    this.#isDelimiter = isDelimiter;
  }

  read(): HeaderSection {
    for (let line = this.#from; line < this.#to; line++) {
      const text = this.#lines.text(line);
      if (text === "") return this.#end(line, line + 1);
      if (text.startsWith("--") && this.#isDelimiter(line, text)) return this.#end(line, line);
      if (text.charCodeAt(0) === 32 || text.charCodeAt(0) === 9) this.#continuation(line, text);
      else if (!this.#field(line, text) && !this.#stray(line, text)) {
        this.#problem("missing-blank-line", line);
        return this.#end(line, line);
      }
    }
    return this.#end(this.#to, this.#to);
  }

  #end(endLine: number, bodyLine: number): HeaderSection {
    return { fields: this.#fields, problems: this.#problems, line: this.#from, endLine, bodyLine };
  }

  #problem(kind: HeaderProblemKind, line: number, from?: number, to?: number): void {
    this.#problems.push({ kind, line, span: lineSpan(this.#lines, line, from, to), field: this.#last });
  }

  #continuation(line: number, text: string): void {
    if (this.#last === undefined) this.#problem("continuation-first", line);
    else {
      this.#last.endLine = line + 1;
      if (text.trim() === "") this.#problem("blank-continuation", line);
    }
  }

  #field(line: number, text: string): boolean {
    let shift = 0;
    if (line === this.#from && text.charCodeAt(0) === 0xfeff) {
      shift = 1;
      this.#problem("bom", line, 0, 1);
    }
    const match = FIELD.exec(shift === 0 ? text : text.slice(shift));
    if (match === null) return false;
    const name = match[1] as string;
    this.#add(line, name, shift, shift + match[0].length - 1);
    if (match[2] !== "") this.#problem("space-before-colon", line, shift + name.length, shift + match[0].length - 1);
    return true;
  }

  #add(line: number, name: string, nameColumn: number, colonColumn: number): void {
    this.#last = new Field(this.#lines, line, name, nameColumn, colonColumn);
    this.#fields.push(this.#last);
  }

  /** A line that is neither field nor continuation: part of the section if fields go on behind it. */
  #stray(line: number, text: string): boolean {
    if (text.startsWith("--")) return false;
    const previous = this.#last;
    const goesOn = this.#fieldsGoOn(line + 1);
    if (previous !== undefined && this.#continues(previous, text)) {
      this.#problem("unindented", line);
      previous.endLine = line + 1;
      return true;
    }
    const bad = BAD_NAME.exec(text);
    if (bad !== null && goesOn) {
      this.#add(line, bad[1] as string, 0, (bad[1] as string).length);
      this.#problem("bad-name", line, 0, (bad[1] as string).length);
      return true;
    }
    if (!goesOn) return false;
    this.#problem("no-colon", line);
    return true;
  }

  #continues(previous: Field, text: string): boolean {
    if (!PARAMETER.test(text)) return false;
    const before = this.#lines.text(previous.endLine - 1).trimEnd();
    return before.endsWith(";");
  }

  #fieldsGoOn(from: number): boolean {
    for (let line = from; line < Math.min(from + LOOK_AHEAD, this.#to); line++) {
      const text = this.#lines.text(line);
      if (text === "" || text.startsWith("--")) return false;
      if (FIELD.test(text)) return true;
    }
    return false;
  }
}
