import type { Hover, Position } from "vscode-languageserver-types";
import { fieldInfo } from "../../message/fields.js";
import type { Field } from "../../message/header.js";
import type { Message, Part } from "../../message/tree.js";
import { decodeWords, findWords } from "../../message/words.js";
import { referenceUrl } from "../../rules/pages.js";
import { codeSpan, escapeMarkdown } from "../../text/markdown.js";
import type { SourceText } from "../../text/source.js";
import { rangeOf } from "../ranges.js";
import { hideSecrets } from "../secrets.js";
import type { Feature, Locale } from "../types.js";
import { messageAt } from "./bodies.js";
import { fieldInfoIn } from "./fieldTexts.js";
import { hoverListAddress, isListCommand } from "./hoverList.js";
import { hoverReport } from "./hoverReport.js";
import type { HoverText } from "./hoverText.js";
import { hoverAuthentication, hoverForefront, hoverReceived, hoverSpf, hoverTags } from "./hoverTrace.js";
import { hoverAddress, hoverDate, hoverParameter } from "./hoverValues.js";
import type { Place } from "./locate.js";
import { lineAt, placeAt } from "./locate.js";
import { labelled, tell, tellAbout } from "./texts.js";
import { tnefText } from "./tnefParts.js";

/** Hover in a message: fields, addresses, dates, parameters, tags, results, codes of a report, boundaries. */
export const messageHover: Feature<{ position: Position }, Hover> = {
  method: "textDocument/hover",
  languages: ["eml-message", "smtp-transcript"],
  run({ document, settings, client }, { position }) {
    const offset = document.source.offsetAt(position);
    const message = messageAt(document, offset);
    const hover = message === undefined ? null : hoverMessage(message, document.source, offset, settings.locale);
    return hover === null || client.markdownHover ? hover : { ...hover, contents: plainContents(hover.contents) };
  },
};

/** The hover at a source offset of a message, also of one inside a transcript; null where there is nothing to say. */
export function hoverMessage(message: Message, source: SourceText, offset: number, locale: Locale): Hover | null {
  const place = placeAt(message, offset);
  if (place === undefined) return null;
  if (place.kind === "delimiter") return delimiterHover(message, source, place, locale);
  if (place.kind === "body") return bodyHover(message, source, place.part, offset, locale);
  const { field } = place;
  const { start, end } = field.nameSpan;
  if (offset >= start && offset <= end)
    return { contents: markdown(nameText(field, locale)), range: rangeOf(source, field.nameSpan) };
  const column = field.value.columnAt(offset);
  const found = column < 0 ? undefined : valueText(message, place, column, locale);
  if (found === undefined)
    return { contents: markdown(nameText(field, locale)), range: rangeOf(source, field.nameSpan) };
  return { contents: markdown(found.markdown), range: rangeOf(source, field.value.span(found.from, found.to)) };
}

/** For clients that show plain text only: our own marks taken out. */
function plainContents(contents: Hover["contents"]): Hover["contents"] {
  const { value } = contents as { readonly value: string };
  const plain = value
    .replace(/^\|[-| ]{3,}\|$/gm, "")
    .replace(/\*\*|`|^\| ?| ?\|$/gm, "")
    .replace(/ \| /g, ": ")
    .replace(/\\([\\`*_{}[\]()#!|~$^<>-])/g, "$1")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&#64;/g, "@")
    .replace(/&#58;/g, ":")
    .replace(/&amp;/g, "&");
  return { kind: "plaintext", value: plain };
}

function markdown(value: string): Hover["contents"] {
  return { kind: "markdown", value };
}

function valueText(
  message: Message,
  place: Extract<Place, { kind: "field" }>,
  column: number,
  locale: Locale,
): HoverText | undefined {
  const { field, part, report } = place;
  if (report) return hoverReport(field, column, locale);
  const word = wordAt(field, column, locale);
  if (word !== undefined) return word;
  switch (field.key) {
    case "received":
    case "x-received":
      return hoverReceived(message, field, column, locale);
    case "authentication-results":
    case "arc-authentication-results":
      return hoverAuthentication(field, column, locale);
    case "dkim-signature":
    case "arc-message-signature":
    case "arc-seal":
    case "x-google-dkim-signature":
      return hoverTags(message, field, column, locale);
    case "received-spf":
      return hoverSpf(field, column, locale);
    case "x-forefront-antispam-report":
    case "x-microsoft-antispam":
      return hoverForefront(field, column, locale);
    case "content-type":
    case "content-disposition":
      return hoverParameter(field, column, locale) ?? container(message, field, part, locale);
    case "content-transfer-encoding":
      return meaning(field, tellAbout(locale, "encoding", part.encoding));
    default:
      return otherValue(field, column, locale);
  }
}

/** On the media type of a container: what it holds. */
function container(message: Message, field: Field, part: Part, locale: Locale): HoverText | undefined {
  const text = tnefText(message.lines, part, locale);
  return text === undefined ? undefined : { markdown: text, from: 0, to: field.value.text.length };
}

function otherValue(field: Field, column: number, locale: Locale): HoverText | undefined {
  const syntax = fieldInfo(field.key)?.syntax ?? "";
  if (syntax === "date and time") return hoverDate(field, locale);
  if (isListCommand(field.key)) return hoverListAddress(field, column, locale);
  if (/mailbox|address list|^<path>$/.test(syntax)) return hoverAddress(field, column, locale);
  return undefined;
}

function meaning(field: Field, text: string | undefined): HoverText | undefined {
  return text === undefined ? undefined : { markdown: escapeMarkdown(text), from: 0, to: field.value.text.length };
}

function wordAt(field: Field, column: number, locale: Locale): HoverText | undefined {
  const { text } = field.value;
  const word = findWords(text).find((item) => item.from <= column && column <= item.to);
  if (word === undefined) return undefined;
  const title = tell(locale, "word.title", { charset: codeSpan(word.charset) });
  const whole = hideSecrets(decodeWords(text.trim()).text);
  const value = `**${title}**\n\n${labelled(locale, "hover.decoded", escapeMarkdown(whole))}`;
  return { markdown: value, from: word.from, to: word.to };
}

/** What is known of a field, and its decoded value where it is encoded. */
function nameText(field: Field, locale: Locale): string {
  const info = fieldInfo(field.key);
  const lines = [`**${escapeMarkdown(info?.name ?? field.name)}**`];
  if (info === undefined)
    lines.push(tell(locale, field.key.startsWith("x-ms-") ? "hover.microsoftField" : "hover.unknownField"));
  else {
    const told = fieldInfoIn(locale, info);
    lines.push(escapeMarkdown(told.meaning));
    const url = referenceUrl(
      info.section === undefined ? { document: info.source } : { document: info.source, section: info.section },
    );
    const name = escapeMarkdown(info.section === undefined ? told.source : `${told.source} §${info.section}`);
    lines.push(
      [
        labelled(locale, "hover.syntax", codeSpan(told.syntax)),
        labelled(locale, "hover.occurs", escapeMarkdown(told.occurrence)),
        labelled(locale, "hover.status", tellAbout(locale, "hover.status", info.status) ?? ""),
        labelled(locale, "hover.source", url === undefined ? name : `[${name}](${url})`),
      ].join("  \n"),
    );
  }
  const decoded = decodeWords(field.text);
  if (decoded.words.length > 0)
    lines.push(labelled(locale, "hover.decoded", escapeMarkdown(hideSecrets(decoded.text.slice(0, 500)))));
  return lines.join("\n\n");
}

/** In a body only a container says more than it shows: what it holds. The range is the line, so that it can be read on. */
function bodyHover(message: Message, source: SourceText, part: Part, offset: number, locale: Locale): Hover | null {
  const text = tnefText(message.lines, part, locale);
  if (text === undefined) return null;
  const line = lineAt(message, offset);
  const end = message.lines.text(line).length;
  const range = rangeOf(source, { start: message.lines.offset(line, 0), end: message.lines.offset(line, end) });
  return { contents: markdown(text), range };
}

function delimiterHover(
  message: Message,
  source: SourceText,
  place: Extract<Place, { kind: "delimiter" }>,
  locale: Locale,
): Hover {
  const child = place.part.children[place.index];
  const type = codeSpan(place.close ? place.part.type : (child?.type ?? ""));
  const text = tell(locale, place.close ? "boundary.close" : "boundary.open", { type, path: child?.path ?? "" });
  const start = message.lines.offset(place.line, 0);
  const end = message.lines.offset(place.line, message.lines.text(place.line).length);
  return { contents: markdown(text), range: rangeOf(source, { start, end }) };
}
