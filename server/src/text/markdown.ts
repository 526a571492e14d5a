/**
 * Making untrusted text safe to put in markdown. A transcript is evidence written by strangers: nothing in it may become
 * a link, an image, HTML, a command URI or formatting in a hover or a page.
 */

/** ASCII punctuation that starts or ends an inline construct of CommonMark or GFM, or VS Code's icon syntax `$(name)`. */
const SPECIAL = /[\\`*_{}[\]()#!|~$^<>&@:]/g;

/** Characters that change the order of what follows, or hide: they could make a line read as something it is not. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const LINE_BREAKS = /[\r\n\u0085\u2028\u2029]+/g;
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** Shows a control character as its picture (U+2400 block) so that it is seen and does nothing. */
function picture(char: string): string {
  const code = char.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\ufffd";
}

/** One line, no controls, no bidirectional overrides. */
function tame(text: string): string {
  return text.replace(BIDI, "").replace(LINE_BREAKS, " ").replace(CONTROLS, picture);
}

/** What each special character becomes. GFM looks for autolinks before entities are decoded, so `@`, `://` and `www.` go. */
function escapeChar(char: string, at: number, text: string): string {
  if (char === "<") return "&lt;";
  if (char === ">") return "&gt;";
  if (char === "&") return "&amp;";
  if (char === "@") return "&#64;";
  if (char === ":") return at + 1 === text.length || text[at + 1] === " " ? ":" : "&#58;";
  return `\\${char}`;
}

/**
 * Escapes any text so that markdown shows it letter for letter: no link, image, HTML, autolink, list, heading, table or
 * icon (CommonMark 0.31 §2.4 backslash escapes; GFM §6.9 autolinks). Line breaks become spaces.
 * @param text anything, trusted or not
 * @returns markdown for one line of plain text
 */
export function escapeMarkdown(text: string): string {
  return tame(text)
    .replace(SPECIAL, escapeChar)
    .replace(/\bww(w)(?=\.)/gi, (word) => `${word.slice(0, 2)}&#${word.charCodeAt(2)};`)
    .replace(/^[ \t]+/, "")
    .replace(/^[-+=]/, "\\$&")
    .replace(/^(\d{1,9})([.)])/, "$1\\$2");
}

/**
 * Text as a code span, letter for letter, whatever backticks it holds (CommonMark 0.31 §6.1: the fence is one longer than
 * the longest run inside). Line breaks become spaces; an empty text gives an empty string, as a code span cannot be empty.
 * A pipe is left as it is: inside a table use `tableCell`.
 * @param text anything, trusted or not
 */
export function codeSpan(text: string): string {
  const inner = tame(text);
  if (inner.trim() === "") return "";
  let longest = 0;
  let run = 0;
  for (let at = 0; at < inner.length; at++) {
    run = inner.charCodeAt(at) === 0x60 ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  const fence = "`".repeat(longest + 1);
  const padded = inner.startsWith("`") || inner.endsWith("`") || (inner.startsWith(" ") && inner.endsWith(" "));
  return padded ? `${fence} ${inner} ${fence}` : `${fence}${inner}${fence}`;
}

/**
 * Makes finished markdown fit one cell of a GFM table: pipes are escaped (also in code spans, GFM §4.10), line breaks
 * become spaces.
 * @param markdown markdown that is already safe
 */
export function tableCell(markdown: string): string {
  return markdown.replace(/\\?\|/g, "\\|").replace(LINE_BREAKS, " ");
}

/**
 * Wraps a code, command or address in a left-to-right isolate (U+2066…U+2069, Unicode UAX #9), so that it keeps its
 * order inside right-to-left text. Isolates already inside are taken out first: they could close ours early.
 * @param text what to isolate, markdown or plain
 */
export function isolate(text: string): string {
  return text === "" ? "" : `\u2066${text.replace(BIDI, "")}\u2069`;
}
