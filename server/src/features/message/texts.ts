import { isolate } from "../../text/markdown.js";
import type { Locale } from "../types.js";
import ENGLISH from "./texts.json" with { type: "json" };

/** Key of a text of the features for messages. */
export type TextKey = keyof typeof ENGLISH;

const english: Readonly<Record<string, string>> = ENGLISH;

/**
 * A text in the reader's language with its `{name}` places filled; "" for a key that is not there. Only English is
 * written so far; other languages fall back to it.
 * @param data values that are already safe where the text is shown.
 */
export function tell(locale: Locale, key: TextKey, data: Readonly<Record<string, string | number>> = {}): string {
  return fill(locale, english[key] ?? "", data);
}

/** A text whose key is built from what a message says, such as `dkim.tag.d`; undefined where there is none. */
export function tellAbout(locale: Locale, prefix: string, name: string): string | undefined {
  const key = `${prefix}.${name}`;
  return Object.hasOwn(english, key) ? fill(locale, english[key] as string, {}) : undefined;
}

function fill(locale: Locale, template: string, data: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{([a-zA-Z]{1,40})\}/g, (place, name: string) => {
    if (!Object.hasOwn(data, name)) return place;
    const value = String(data[name]);
    return locale === "ar" ? isolate(value) : value;
  });
}
