/** A value as it is written in a text: where it stands, without its quotes. */
export interface PrintedValue {
  readonly from: number;
  readonly to: number;
  readonly quoted: boolean;
}

/** Longer values are cut: no password is that long, and a line may have megabytes. */
const LONGEST = 4096;
const BARE_END = /[\s"'`<>|]/;

/**
 * The value that begins at a column: in quotes as shells, programs, JSON and JSON inside strings write them, or bare up to
 * the next blank. Undefined where nothing stands there.
 */
export function valueAt(text: string, at: number): PrintedValue | undefined {
  const opening = /^(?:\\?["'`]|&quot;|\b[bru]{1,2}["'])/.exec(text.slice(at, at + 8))?.[0];
  if (opening !== undefined) return quotedAt(text, at + opening.length, opening.replace(/^[bru]+/, ""));
  let to = at;
  while (to < text.length && to - at < LONGEST && !BARE_END.test(text[to] as string)) to++;
  // Marks that end a sentence, a list or a statement are no part of it.
  while (to > at && /[,;)\]}]/.test(text[to - 1] as string)) to--;
  return to > at ? { from: at, to, quoted: false } : undefined;
}

/** A value in quotes; where the line ends before the quote comes, the rest of the line. */
function quotedAt(text: string, from: number, closing: string): PrintedValue | undefined {
  let to = from;
  while (to < text.length && to - from < LONGEST && !/[\r\n]/.test(text[to] as string)) {
    if (text.startsWith(closing, to)) break;
    to += text[to] === "\\" && closing.length === 1 ? 2 : 1;
  }
  to = Math.min(to, text.length);
  return to > from ? { from, to, quoted: true } : undefined;
}

/** The arguments of a call behind its opening bracket, quoted or not, at most ten; bare ones are names or numbers. */
export function argumentsAt(text: string, at: number): PrintedValue[] {
  const found: PrintedValue[] = [];
  let place = at;
  while (found.length < 10) {
    place += /^[ \t]*/.exec(text.slice(place, place + 100))?.[0].length ?? 0;
    const bare = /^[^\s"'`,;()]{0,200}(?=[,)]|[ \t]*$)/m.exec(text.slice(place, place + 201))?.[0];
    const value = bare ? { from: place, to: place + bare.length, quoted: false } : valueAt(text, place);
    if (!value) break;
    found.push(value);
    const next = /^\\?["'`]?[ \t]*,/.exec(text.slice(value.to, value.to + 100))?.[0];
    if (next === undefined) break;
    place = value.to + next.length;
  }
  return found;
}
