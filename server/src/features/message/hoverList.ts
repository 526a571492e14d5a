import type { Field } from "../../message/header.js";
import { codeSpan, escapeMarkdown } from "../../text/markdown.js";
import type { Locale } from "../types.js";
import type { HoverText } from "./hoverText.js";
import { type TextKey, tell } from "./texts.js";

/** Fields of mailing lists whose addresses do something (RFC 2369 §3). */
export function isListCommand(key: string): boolean {
  return /^list-(?:unsubscribe|subscribe|help|post|owner|archive)$/.test(key);
}

const SCHEMES: Readonly<Record<string, TextKey>> = { https: "list.https", http: "list.http", mailto: "list.mailto" };

/** Hover on an address of a List field: what a mail program does with it. Nothing becomes a link. */
export function hoverListAddress(field: Field, column: number, locale: Locale): HoverText | undefined {
  for (const match of field.value.text.matchAll(/<\s{0,9}([A-Za-z]{1,10}):([^<>]{1,998})>/g)) {
    const to = match.index + match[0].length;
    if (column < match.index || column > to) continue;
    const key = SCHEMES[(match[1] as string).toLowerCase()];
    // Only leaving a list knows the one click; other pages are opened like any link.
    if (key === undefined || (key !== "list.mailto" && field.key !== "list-unsubscribe")) return undefined;
    const target = key === "list.mailto" ? match[2] : /^\/\/([^/?#]{1,253})/.exec(match[2] as string)?.[1];
    const shown = codeSpan((target ?? "").slice(0, 200));
    return { markdown: [escapeMarkdown(tell(locale, key)), shown].join("\n\n"), from: match.index, to };
  }
  return undefined;
}
