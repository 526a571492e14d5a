/**
 * Our own texts as markdown or plain text. In a text, what stands between backticks is a code, command, address or setting;
 * in a right-to-left language it is isolated, so that it keeps its order (UAX #9). Texts are ours and hold no other markup;
 * what comes from a transcript never goes through here.
 */
import { isRtl, type Locale } from "./locales/index.js";

export type Format = "markdown" | "plain";

const LRI = "\u2066";
const PDI = "\u2069";

/** Codes that stand bare in a text, such as a reply code with its enhanced code, are isolated in right-to-left text too. */
function quoted(inner: string, rtl: boolean, format: Format): string {
  const shown = format === "markdown" ? `\`${inner}\`` : inner;
  return rtl ? `${LRI}${shown}${PDI}` : shown;
}

/**
 * Renders one of our texts.
 * @param text text with `backticks` around what must not be translated or turned round
 * @param locale language of the text
 * @param format `plain` takes the backticks away
 */
export function renderText(text: string, locale: Locale, format: Format): string {
  const rtl = isRtl(locale);
  const parts = text.split("`");
  if (parts.length % 2 === 0) return text;
  let out = "";
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at]!;
    out +=
      at % 2 === 1 ? quoted(part, rtl, format) : format === "markdown" ? part.replace(/[*_<>[\]|#]/g, "\\$&") : part;
  }
  return out;
}

/** A code, command or name as it is shown in this language and format. */
export function shown(code: string, locale: Locale, format: Format): string {
  return quoted(code.replace(/[`\u2066-\u2069\u202a-\u202e]/g, ""), isRtl(locale), format);
}

const RLI = "\u2067";

/** One cell or paragraph as a right-to-left isolate; nothing for an empty one or the rule of a table. */
function isolateRtl(text: string): string {
  return text.trim() === "" || /^\s{0,4}-{3,}\s{0,4}$/.test(text) ? text : `${RLI}${text}${PDI}`;
}

/**
 * A line of markdown, ready to be read from right to left where the language needs it: editors lay out a hover from left to
 * right whatever its language, so each paragraph, list item and cell is isolated (U+2067…U+2069).
 * @param line one line, with its `#`, `- ` or `|` marks
 */
export function directed(line: string, locale: Locale): string {
  if (!isRtl(locale)) return line;
  if (line.startsWith("|")) {
    const cells = line.slice(1, line.lastIndexOf("|")).split(/(?<!\\)\|/);
    return `|${cells.map((cell) => (cell.trim() === "" ? cell : ` ${isolateRtl(cell.trim())} `)).join("|")}|`;
  }
  const mark = /^(?:#{1,6} |- )/.exec(line)?.[0] ?? "";
  return mark + isolateRtl(line.slice(mark.length));
}
