import type { SourceText } from "./source.js";
import { plainView, type TextView } from "./view.js";
import { firstOf, sameWrap, type Wrap, wrapOf } from "./wrap.js";

/** How many lines decide what surrounds a transcript. */
const SAMPLE_LINES = 400;
/** Longer lines are cut for the decision, so that its cost does not grow with the text. */
const SAMPLE_LINE_LENGTH = 400;

const ESCAPE = "\u001b";
/** CSI (ECMA-48 §5.4), OSC ended by BEL or ST, character set choices, and two-character escapes. */
const SEQUENCE = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[()*+][ -~]|[ -/]?[0-~])|\u0007/g;
const FENCE = /^ {0,3}(?:`{3,}|~{3,})[ \t]*[\w+-]{0,30}[ \t]*$/;
const REPLY = /(?:^|[^\w.])[2-5][0-9][0-9][ -]/;
const VERB = /\b(?:EHLO|HELO|LHLO|MAIL FROM|RCPT TO|STARTTLS|QUIT|DATA)\b/i;
/** One level of e-mail quoting; three signs and more are a tool's arrow. */
const QUOTE = /^>(?!>>)/;
/** Lines that only tools print: curl's own, swaks' arrows. In a run of curl's `> ` they never stand. */
const TOOL = /^(?:[*<] | -> |<-|=== )/;
/** Indentation that belongs to a tool: Exim, Postfix notices, tshark, swaks arrows. */
const OWN_INDENT = /^[ \t]+(?:SMTP[<>|+(]|Out: |In: {2}|[-~]> |Command|Response|Simple Mail Transfer|TLS |Wrote )/;

/** What is hidden of each line, decided once for a text. */
export interface Veil {
  /** One entry for each level of `>` in front of quoted lines: true where a blank follows the sign in each of them. */
  readonly quotes: readonly boolean[];
  readonly fences: boolean;
  /** Characters of white space in front of every line. */
  readonly indent: number;
  readonly colours: boolean;
  /** Lines that were cut at a fixed width are put together again; undefined where none were. */
  readonly wrap: Wrap | undefined;
}

/**
 * The view of a text without what merely surrounds a transcript: terminal control sequences, e-mail quoting, Markdown
 * code fences, common indentation, cuts at a fixed width. Lines keep their numbers (a hidden line is empty, and so is the rest
 * of a cut one); offsets lead back to the source.
 * A dialect whose own marker is `> ` (curl -v) or begins with blanks (swaks, Exim) keeps it.
 */
export function viewThrough(source: SourceText, veil: Veil): TextView {
  const { colours, quotes, fences, indent, wrap } = veil;
  const plain = !colours && quotes.length === 0 && !fences && indent === 0;
  const view = plain ? plainView(source) : new VeiledView(source, veil);
  return wrap ? new UnwrappedView(view, wrap) : view;
}

class VeiledView implements TextView {
  readonly lineCount: number;
  #line = -1;
  #text = "";
  /** Source columns of the kept characters of the current line; undefined where only a prefix of `#cut` is hidden. */
  #columns: number[] | undefined;
  #cut = 0;

  constructor(
    readonly source: SourceText,
    readonly veil: Veil,
  ) {
    this.lineCount = source.lineCount;
  }

  text(line: number): string {
    this.#load(line);
    return this.#text;
  }

  offset(line: number, column: number): number {
    this.#load(line);
    const start = this.source.lineStart(line);
    return start + (this.#columns ? (this.#columns[column + this.#cut] ?? 0) : column + this.#cut);
  }

  #load(line: number): void {
    if (line === this.#line) return;
    this.#line = line;
    const { veil } = this;
    const whole = this.source.lineText(line);
    const visible = veil.colours && /[\u001b\u0007\b]/.test(whole) ? withoutSequences(whole) : undefined;
    const text = visible ? visible.text : whole;
    this.#columns = visible?.columns;
    this.#cut = cutOf(text, veil);
    this.#text = this.#cut === 0 ? text : text.slice(this.#cut);
  }
}

/** A view whose cut lines are whole again. */
class UnwrappedView implements TextView {
  readonly source: SourceText;
  readonly lineCount: number;
  #line = -1;
  #text = "";
  /** Lengths of the pieces of the current line. */
  #lengths: readonly number[] = [];

  constructor(
    readonly view: TextView,
    readonly wrap: Wrap,
  ) {
    this.source = view.source;
    this.lineCount = view.lineCount;
  }

  text(line: number): string {
    this.#load(line);
    return this.#text;
  }

  offset(line: number, column: number): number {
    this.#load(line);
    let [at, left] = [line, column];
    for (const length of this.#lengths) {
      if (left <= length) break;
      left -= length;
      at++;
    }
    return this.view.offset(at, left);
  }

  #load(line: number): void {
    if (line === this.#line) return;
    this.#line = line;
    const { view, wrap } = this;
    const own = (at: number): string => view.text(at);
    this.#lengths = [];
    this.#text = "";
    if (firstOf(line, wrap, own) !== line) return;
    this.#text = own(line);
    let length = this.#text.length;
    for (let next = line + 1; length === wrap.width && next < this.lineCount; next++) {
      if (firstOf(next, wrap, own) !== line) break;
      const piece = own(next);
      this.#lengths = [...this.#lengths, length];
      this.#text += piece;
      length = piece.length;
    }
  }
}

/** How many characters in front of a line are surroundings; all of them for a fence. */
function cutOf(text: string, veil: Veil): number {
  let cut = 0;
  for (const blank of veil.quotes) {
    if (!QUOTE.test(cut === 0 ? text : text.slice(cut, cut + 4))) break;
    cut += blank && text[cut + 1] === " " ? 2 : 1;
  }
  if (veil.fences && text.length - cut < 80 && FENCE.test(text.slice(cut))) return text.length;
  return Math.min(cut + veil.indent, cut + leadingBlanks(text, cut));
}

/** The characters of a line that a terminal shows, with their source columns and one more for the end. */
function withoutSequences(whole: string): { text: string; columns: number[] } {
  const columns: number[] = [];
  let text = "";
  const keep = (from: number, to: number): void => {
    for (let k = from; k < to; k++) {
      // A backspace takes back what was typed before it, as on the screen.
      if (whole.charCodeAt(k) === 8) {
        text = text.slice(0, -1);
        columns.pop();
      } else {
        text += whole[k];
        columns.push(k);
      }
    }
  };
  let from = 0;
  SEQUENCE.lastIndex = 0;
  for (let match = SEQUENCE.exec(whole); match; match = SEQUENCE.exec(whole)) {
    keep(from, match.index);
    from = match.index + match[0].length;
  }
  keep(from, whole.length);
  columns.push(whole.length);
  return { text, columns };
}

/** True where the same is hidden. */
export function sameVeil(a: Veil, b: Veil): boolean {
  return (
    `${a.quotes}` === `${b.quotes}` &&
    a.fences === b.fences &&
    a.indent === b.indent &&
    a.colours === b.colours &&
    sameWrap(a.wrap, b.wrap)
  );
}

/** What surrounds the transcript in a text, as far as its first lines show. */
export function veilOf(source: SourceText): Veil {
  const colours = source.text.includes(ESCAPE);
  let lines: string[] = [];
  for (let line = 0; line < source.lineCount && lines.length < SAMPLE_LINES; line++) {
    const start = source.lineStart(line);
    const whole = source.text.slice(start, Math.min(source.lineEnd(line), start + SAMPLE_LINE_LENGTH));
    const text = colours && whole.includes(ESCAPE) ? withoutSequences(whole).text : whole;
    if (text.trim() !== "") lines.push(text);
  }
  const quotes: boolean[] = [];
  for (let level = unquoted(lines); level && quotes.length < 4; level = unquoted(lines)) {
    quotes.push(level.blank);
    lines = level.lines;
  }
  const fences = hasFences(lines);
  const indent = commonIndent(fences ? fenced(lines) : lines);
  const wrap = wrapOf(
    (fences ? fenced(lines) : lines).map((text) => text.slice(Math.min(indent, leadingBlanks(text, 0)))),
  );
  return { quotes, fences, indent, colours, wrap };
}

/**
 * The sampled lines without one level of quoting, or undefined if this is no quotation. Quoted is a run of at least three
 * lines that makes up half of the text, and in which somebody answers: runs of `> ` in curl's output are all the client's.
 */
function unquoted(lines: readonly string[]): { readonly lines: string[]; readonly blank: boolean } | undefined {
  let longest = 0;
  let run = 0;
  let answered = false;
  let found = false;
  let blank = true;
  for (const text of lines) {
    if (!QUOTE.test(text)) {
      run = 0;
      answered = false;
      continue;
    }
    run++;
    if (text.trim() !== ">" && text[1] !== " " && text[1] !== ">") blank = false;
    const start = text.slice(1, 62);
    answered ||= REPLY.test(start) || TOOL.test(start.replace(/^ /, ""));
    if (answered && run > longest) longest = run;
    found ||= answered && run >= 3;
  }
  if (!found || longest * 2 < lines.length) return undefined;
  const inside = lines.map((text) => text.replace(QUOTE, "")).map((text) => (blank ? text.replace(/^ /, "") : text));
  return { lines: inside.filter((text) => text.trim() !== ""), blank };
}

/** True if a code fence stands before the first line of a session: then fences surround it, and are no message text. */
function hasFences(lines: readonly string[]): boolean {
  for (const text of lines) {
    if (FENCE.test(text)) return true;
    if (REPLY.test(text.slice(0, 60)) || (VERB.test(text) && !/[.?!]$/.test(text))) return false;
  }
  return false;
}

/** The lines between the first fence and the next. */
function fenced(lines: readonly string[]): readonly string[] {
  const open = lines.findIndex((text) => FENCE.test(text));
  const close = lines.findIndex((text, index) => index > open && FENCE.test(text));
  return lines.slice(open + 1, close === -1 ? undefined : close);
}

/** White space in front of every sampled line, from two blanks or one tab on; 0 where a tool indents by itself. */
function commonIndent(lines: readonly string[]): number {
  if (lines.length < 2 || !lines.some((text) => REPLY.test(text.slice(0, 80)))) return 0;
  let indent = Number.POSITIVE_INFINITY;
  for (const text of lines) {
    indent = Math.min(indent, leadingBlanks(text, 0));
    if (indent === 0) return 0;
  }
  const blanks = (lines[0] as string).slice(0, indent);
  if (indent < 2 && !blanks.includes("\t")) return 0;
  if (lines.some((text) => !text.startsWith(blanks))) return 0;
  // swaks arrows keep their one blank: what is common is what stands in front of the longest common part.
  return lines.some((text) => OWN_INDENT.test(text)) && indent <= 4 && !lines.some((text) => /^\s+<[-~*]/.test(text))
    ? 0
    : indent;
}

function leadingBlanks(text: string, from: number): number {
  let column = from;
  while (column < text.length && (text[column] === " " || text[column] === "\t")) column++;
  return column - from;
}
