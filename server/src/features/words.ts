import { isRtl } from "../reference/index.js";
import { isolate } from "../text/markdown.js";
import { fillPlaces } from "../text/template.js";
import type { Locale } from "./types.js";
import { ENGLISH, type WordKey } from "./words/en.js";
import { wordTable } from "./words/tables.js";

/**
 * A text of a feature in the reader's language. `{name}` places are filled; in a right-to-left language what is filled in
 * is put in isolates, so that codes, commands and addresses keep their order.
 * @param data values that are already safe where the text will be shown (escaped for markdown, for instance).
 */
export function say(locale: Locale, key: WordKey, data: Readonly<Record<string, string | number>> = {}): string {
  const template = wordTable(locale)?.[key] ?? ENGLISH[key];
  return fillPlaces(template, data, isRtl(locale) ? isolate : String);
}
