import { codesOf } from "../../message/codes.js";
import { fieldInfo } from "../../message/fields.js";
import type { Field } from "../../message/header.js";
import { readTyped } from "../../message/report.js";
import { explainCode, explanationMarkdown } from "../../reference/index.js";
import { escapeMarkdown } from "../../text/markdown.js";
import type { Locale } from "../types.js";
import type { HoverText } from "./hoverText.js";
import { addressText, hoverDate } from "./hoverValues.js";
import { tellAbout } from "./texts.js";

/** The address behind the type: `rfc822; bob@example.net` (RFC 3464 §2.1.2). */
function recipient(field: Field, locale: Locale): HoverText | undefined {
  const { type, value } = readTyped(field.text);
  if (type !== "rfc822" && type !== "utf-8") return undefined;
  return addressText(value, { from: 0, to: field.value.text.length }, locale);
}

/** Hover in the body of a report: codes explained as in transcripts, actions in words. */
export function hoverReport(field: Field, _column: number, locale: Locale): HoverText | undefined {
  const whole = { from: 0, to: field.value.text.length };
  if (field.key === "status" || field.key === "diagnostic-code") {
    const { code, status } = codesOf(field.value.text);
    const text = field.key === "diagnostic-code" ? field.text : undefined;
    const explanation = explainCode(code ?? null, status, { locale, text });
    return explanation === undefined ? undefined : { markdown: explanationMarkdown(explanation), ...whole };
  }
  if (field.key === "action") {
    const word = /^[a-z]{3,12}/.exec(field.text.toLowerCase())?.[0] ?? "";
    const text = tellAbout(locale, "dsn.action", word);
    return text === undefined ? undefined : { markdown: escapeMarkdown(text), ...whole };
  }
  if (/^(?:final|original)-recipient$/.test(field.key)) return recipient(field, locale);
  return fieldInfo(field.key)?.syntax === "date and time" ? hoverDate(field, locale) : undefined;
}
