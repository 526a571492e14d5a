import { type Mailbox, readAddresses } from "../../message/address.js";
import { organizationalDomain } from "../../message/authentication.js";
import { formatDate, type MailDate, readDate } from "../../message/date.js";
import type { Field } from "../../message/header.js";
import { readParameters } from "../../message/params.js";
import { decodeWords } from "../../message/words.js";
import { codeSpan, escapeMarkdown } from "../../text/markdown.js";
import type { Locale } from "../types.js";
import type { HoverText } from "./hoverText.js";
import { labelled, tell, tellAbout } from "./texts.js";

/** Hover on a date: UTC, as written, age. */
export function hoverDate(field: Field, locale: Locale): HoverText {
  return { markdown: dateText(readDate(field.value), locale), from: 0, to: field.value.text.length };
}

/**
 * A date in words: UTC, as written, in the reader's zone where that is a third one, and how long ago.
 * @param now milliseconds since 1970
 * @param here minutes east of UTC of the reader
 */
export function dateText(
  date: MailDate,
  locale: Locale,
  now = Date.now(),
  here = date.time === undefined ? 0 : -new Date(date.time).getTimezoneOffset(),
): string {
  if (date.time === undefined) return tell(locale, "date.unreadable");
  const rows = [labelled(locale, "date.utc", codeSpan(formatDate(date.time)))];
  if (date.zone !== undefined && date.zone !== 0)
    rows.push(labelled(locale, "date.written", codeSpan(formatDate(date.time, date.zone))));
  if (here !== 0 && here !== date.zone)
    rows.push(labelled(locale, "date.local", codeSpan(formatDate(date.time, here))));
  const age = now - date.time;
  const words = tell(locale, age < 0 ? "date.future" : "date.ago", { time: longTime(Math.abs(age), locale) });
  rows.push(labelled(locale, "date.age", words));
  if (date.zone === undefined) rows.push(tell(locale, "date.noZone"));
  return rows.join("  \n");
}

const UNITS: readonly (readonly [string, number])[] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

/** A time in its two largest units: "3 days, 4 hours". @param ms milliseconds, not negative. */
export function longTime(ms: number, locale: Locale): string {
  let left = Math.round(ms / 1000);
  const parts: string[] = [];
  for (const [unit, seconds] of UNITS) {
    const count = Math.floor(left / seconds);
    left -= count * seconds;
    if (count > 0 || (unit === "second" && parts.length === 0))
      parts.push(new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(count));
    if (parts.length === 2) break;
  }
  return parts.join(", ");
}

/** Hover on an address of a list: name, address, organisation. */
export function hoverAddress(field: Field, column: number, locale: Locale): HoverText | undefined {
  const box = readAddresses(field.value).mailboxes.find((item) => item.range.from <= column && column <= item.range.to);
  if (box === undefined) return undefined;
  return { markdown: addressRows(box, locale), from: box.range.from, to: box.range.to };
}

/** Hover on a value that is one address; undefined where it is none. */
export function addressText(
  value: string,
  range: { readonly from: number; readonly to: number },
  locale: Locale,
): HoverText | undefined {
  const box = readAddresses(value).mailboxes[0];
  return box && { markdown: addressRows(box, locale), ...range };
}

function addressRows({ name, address, domain }: Mailbox, locale: Locale): string {
  const rows: string[] = [];
  if (name !== "") rows.push(labelled(locale, "address.name", escapeMarkdown(name)));
  rows.push(labelled(locale, "address.address", codeSpan(address || "<>")));
  if (domain !== "") rows.push(labelled(locale, "address.organisation", codeSpan(organizationalDomain(domain))));
  return rows.join("  \n");
}

/** Hover on a parameter of Content-Type or Content-Disposition: what it is for, and its value decoded. */
export function hoverParameter(field: Field, column: number, locale: Locale): HoverText | undefined {
  const read = readParameters(field.value);
  const item = read.parameters.find((one) => one.nameRange.from <= column && column <= one.valueRange.to);
  if (item === undefined) return undefined;
  const rows = [`**${escapeMarkdown(item.name)}**`];
  const about = tellAbout(locale, "param", item.name);
  if (about !== undefined) rows.push(escapeMarkdown(about));
  const value = decodeWords(read.get(item.name) ?? item.value).text;
  if (value !== item.value) rows.push(labelled(locale, "hover.decoded", codeSpan(value)));
  return { markdown: rows.join("\n\n"), from: item.nameRange.from, to: item.valueRange.to };
}
