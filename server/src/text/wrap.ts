/** Lines that were cut at a fixed width (a terminal, a form) and go on in the next line. */
export interface Wrap {
  /** Length of a cut line in characters, without what surrounds it. */
  readonly width: number;
  /** How lines of this text begin, digits as "0": what begins so is no rest of the line before. */
  readonly beginnings: ReadonlySet<string>;
  /** Nearly every line begins in one of these ways (a log): then nothing else does. */
  readonly marked: boolean;
}

const NARROWEST = 60;
const WIDEST = 250;
/** So many characters of a line tell how it begins. */
const BEGINNING = 8;
/** Replies, commands, marks of tools, rows of a dump: what a transcript is made of. */
const SAID =
  /^(?:\s{0,4}(?:[<>=*~-]{1,4}[*>|]? |SMTP[<>|+(])|(?:[SC]|client|server): |(?!334 )[2-5]\d\d[ -]|[\da-f]{4,8}: |(?:EHLO|HELO|LHLO|MAIL FROM|RCPT TO|AUTH|XCLIENT) ?)/i;
/** Header fields and list signs begin lines too, of a message; it is never put together. Notes stand in brackets. */
const FIELD = /^(?:[A-Za-z][\w-]{0,40}: |[-*#.}{([]|\s*$)/;
/** How no line begins that somebody wrote: where there is but one cut, its rest must look so. */
const INSIDE = /^[a-z\d ,;:>/@]/;
/** Captures: their empty lines divide packets, so that none may be added. */
const CAPTURE = /^(?:[TU] \[?[\d.:a-f]+|\d\d:\d\d:\d\d\.\d+ IP6? |={30,}$|Follow: |[<>] \d{4}\/\d\d\/\d\d )/;
/** Usual widths of terminals: there one cut line is enough. */
const TERMINALS = new Set([80, 100, 120, 132]);
/** A line cut more often than this is none. */
const MOST = 64;

/** The width at which a text was cut, by its first lines (without empty ones); undefined where it was not. */
export function wrapOf(lines: readonly string[]): Wrap | undefined {
  let width = 0;
  for (const { length } of lines) width = Math.max(width, length);
  if (width < NARROWEST || width > WIDEST || lines.some((line) => CAPTURE.test(line))) return undefined;
  const wrap = withBeginnings(lines, width);
  let cut = 0;
  let whole = 0;
  let inside = true;
  for (let k = 0; k + 1 < lines.length; k++) {
    if ((lines[k] as string).length !== width || !isSaid(lines[k] as string, wrap)) continue;
    const next = lines[k + 1] as string;
    inside &&= INSIDE.test(next);
    if (isRest(next, wrap)) cut++;
    else whole++;
  }
  return cut > (TERMINALS.has(width) && inside ? 0 : 1) && cut >= 9 * whole ? wrap : undefined;
}

/** True where the same lines are put together. */
export function sameWrap(a: Wrap | undefined, b: Wrap | undefined): boolean {
  if (!a || !b) return a === b;
  return a.width === b.width && a.marked === b.marked && [...a.beginnings].join("\n") === [...b.beginnings].join("\n");
}

/**
 * The line of which this one is a rest; itself where it is none.
 * @param text a line of the text, without what surrounds it.
 */
export function firstOf(line: number, wrap: Wrap, text: (line: number) => string): number {
  let first = line;
  while (first > 0 && line - first < MOST && text(first - 1).length === wrap.width && isRest(text(first), wrap))
    first--;
  return isSaid(text(first), wrap) ? first : line;
}

function isSaid(text: string, { beginnings, marked }: Wrap): boolean {
  return beginnings.has(beginningOf(text)) || (!marked && SAID.test(text));
}

function isRest(text: string, wrap: Wrap): boolean {
  return !isSaid(text, wrap) && (wrap.marked ? text.trim() !== "" : !FIELD.test(text));
}

/** How at least three lines begin that follow no full one; only where a digit, a sign or a blank shows that it is a mark. */
function withBeginnings(lines: readonly string[], width: number): Wrap {
  const counts = new Map<string, number>();
  let all = 0;
  lines.forEach((text, k) => {
    if (k > 0 && lines[k - 1]?.length === width) return;
    all++;
    const beginning = beginningOf(text);
    if (/[\d:[\]<>=~*|#(]|^\s+$/.test(beginning)) counts.set(beginning, (counts.get(beginning) ?? 0) + 1);
  });
  const usual = [...counts].filter(([, count]) => count > 2);
  const known = usual.reduce((sum, [, count]) => sum + count, 0);
  return { width, beginnings: new Set(usual.map(([beginning]) => beginning)), marked: known * 10 > all * 9 };
}

function beginningOf(text: string): string {
  return text.slice(0, BEGINNING).replace(/\d/g, "0");
}
