/** Unescaped content with the column that each character comes from (one more entry for the end). */
export interface Unescaped {
  readonly text: string;
  readonly columns: readonly number[];
  /** Column behind the closing quote; the end of the line where it is missing. */
  readonly next: number;
}

const SIMPLE: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
  v: "\v",
  a: "\x07",
  e: "\x1b",
  "0": "\0",
};

/**
 * Reads an escaped literal up to its closing quote: `\r \n \t \\ \" \xNN \uNNNN` as in Python's repr, JSON and logfmt.
 * `from` is the column behind the opening quote.
 */
export function unescapeLiteral(line: string, from: number, quote: string): Unescaped {
  let text = "";
  const columns: number[] = [];
  let at = from;
  while (at < line.length && line[at] !== quote) {
    const [character, length] = line[at] === "\\" ? escapeAt(line, at) : [line[at] as string, 1];
    columns.push(at);
    text += character;
    at += length;
  }
  columns.push(at);
  return { text, columns, next: Math.min(line.length, at + 1) };
}

function escapeAt(line: string, at: number): [string, number] {
  const kind = line[at + 1];
  if (kind === undefined) return ["\\", 1];
  if (kind === "x" || kind === "u") {
    const digits = kind === "x" ? 2 : 4;
    const hex = line.slice(at + 2, at + 2 + digits);
    if (hex.length === digits && /^[0-9A-Fa-f]+$/.test(hex)) {
      return [String.fromCharCode(Number.parseInt(hex, 16)), digits + 2];
    }
    return ["\\", 1];
  }
  return [SIMPLE[kind] ?? kind, 2];
}
