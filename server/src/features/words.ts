import { isolate } from "../text/markdown.js";
import type { Locale } from "./types.js";
import { ENGLISH, type WordKey } from "./words/en.js";
import { wordTable } from "./words/tables.js";

/** True for languages written from right to left. */
export function isRightToLeft(locale: Locale): boolean {
  return locale === "ar";
}

/**
 * A text of a feature in the reader's language. `{name}` places are filled; in a right-to-left language what is filled in
 * is put in isolates, so that codes, commands and addresses keep their order.
 * @param data values that are already safe where the text will be shown (escaped for markdown, for instance).
 */
export function say(locale: Locale, key: WordKey, data: Readonly<Record<string, string | number>> = {}): string {
  const template = wordTable(locale)?.[key] ?? ENGLISH[key];
  const mirrored = isRightToLeft(locale);
  return template.replace(/\{([a-zA-Z]{1,40})\}/g, (place, name: string) => {
    if (!Object.hasOwn(data, name)) return place;
    const value = String(data[name]);
    return mirrored ? isolate(value) : value;
  });
}
