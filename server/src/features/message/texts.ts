import { isRtl, label, textsFor } from "../../reference/index.js";
import { isolate } from "../../text/markdown.js";
import { fillPlaces } from "../../text/template.js";
import type { Locale } from "../types.js";
import ENGLISH from "./texts.json" with { type: "json" };
import { textTable } from "./textTables.js";

/** Key of a text of the features for messages. */
export type TextKey = keyof typeof ENGLISH;

const english: Readonly<Record<string, string>> = ENGLISH;

/**
 * A text in the reader's language with its `{name}` places filled; "" for a key that is not there.
 * @param data values that are already safe where the text is shown.
 */
export function tell(locale: Locale, key: TextKey, data: Readonly<Record<string, string | number>> = {}): string {
  return fill(locale, textTable(locale)?.[key] ?? english[key] ?? "", data);
}

/** "Label: value", with the colon of the language. @param value safe where the text is shown */
export function labelled(locale: Locale, key: TextKey, value: string): string {
  return `${tell(locale, key)}${label(textsFor(locale), "join.label")} ${value}`;
}

/** A text whose key is built from what a message says, such as `dkim.tag.d`; undefined where there is none. */
export function tellAbout(locale: Locale, prefix: string, name: string): string | undefined {
  const key = `${prefix}.${name}`;
  if (!Object.hasOwn(english, key)) return undefined;
  return fill(locale, textTable(locale)?.[key] ?? (english[key] as string), {});
}

function fill(locale: Locale, template: string, data: Readonly<Record<string, string | number>>): string {
  return fillPlaces(template, data, isRtl(locale) ? isolate : String);
}
