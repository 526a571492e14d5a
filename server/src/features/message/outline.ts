import { type DocumentSymbol, SymbolKind } from "vscode-languageserver-types";
import type { Field } from "../../message/header.js";
import { rangeSpan } from "../../message/lines.js";
import type { Message, Part } from "../../message/tree.js";
import { decodeWords } from "../../message/words.js";
import type { SourceText } from "../../text/source.js";
import { apart } from "../apart.js";
import { rangeOf } from "../ranges.js";
import { hideSecrets } from "../secrets.js";
import type { Feature, Locale } from "../types.js";
import { decodedSymbols } from "./decodedSymbols.js";
import { decodedSize, partName, sizeText } from "./partLabel.js";
import { tell } from "./texts.js";
import { tnefSymbols } from "./tnefParts.js";

/** The outline of a message: header fields, then the tree of parts with type and size. */
export const messageSymbols: Feature<unknown, DocumentSymbol[]> = {
  method: "textDocument/documentSymbol",
  languages: ["eml-message"],
  run: ({ document, settings }) =>
    document.message === undefined ? null : messageOutline(document.message, document.source, settings.locale),
};

/** A header section longer than this is cut in the outline. */
const MOST_FIELDS = 1000;

/** The outline of a message, also of one inside a transcript. Names are never empty, as LSP asks. */
export function messageOutline(message: Message, source: SourceText, locale: Locale): DocumentSymbol[] {
  if (message.root.header.fields.length === 0) return bodySymbols(message, message.root, source, locale);
  const { root } = message;
  return apart(source, [headerSymbol(message, root, source, locale), ...bodySymbols(message, root, source, locale)]);
}

function headerSymbol(message: Message, part: Part, source: SourceText, locale: Locale): DocumentSymbol {
  const { header } = part;
  const range = rangeOf(
    source,
    rangeSpan(message.lines, { from: header.line, to: Math.max(header.endLine, header.line) }),
  );
  return {
    name: tell(locale, "outline.header"),
    detail: String(header.fields.length),
    kind: SymbolKind.Namespace,
    range,
    selectionRange: { start: range.start, end: range.start },
    children: apart(
      source,
      header.fields.slice(0, MOST_FIELDS).map((field) => fieldSymbol(field, source)),
    ),
  };
}

function fieldSymbol(field: Field, source: SourceText): DocumentSymbol {
  const shown = hideSecrets(decodeWords(field.text.slice(0, 400)).text)
    .replace(/\s+/g, " ")
    .slice(0, 80);
  return {
    name: field.name,
    detail: shown,
    kind: field.key === "received" ? SymbolKind.Event : SymbolKind.Field,
    range: rangeOf(source, field.span),
    selectionRange: rangeOf(source, field.nameSpan),
  };
}

/** What stands in the body of an entity: its parts, or itself where it is a leaf. */
function bodySymbols(message: Message, part: Part, source: SourceText, locale: Locale): DocumentSymbol[] {
  if (part.bodyLine >= part.endLine) return [];
  return [partSymbol(message, part, source, locale)];
}

function partSymbol(message: Message, part: Part, source: SourceText, locale: Locale): DocumentSymbol {
  const from = part.parent === undefined ? part.bodyLine : part.line;
  const range = rangeOf(source, rangeSpan(message.lines, { from, to: Math.max(part.endLine, from + 1) }));
  const children: DocumentSymbol[] = [];
  if (part.parent?.kind === "message") children.push(headerSymbol(message, part, source, locale));
  for (const child of part.children) children.push(partSymbol(message, child, source, locale));
  children.push(...decodedSymbols(message.lines, part, range, locale));
  children.push(...tnefSymbols(message.lines, part, range, locale));
  const size = sizeText(decodedSize(message.lines, part), locale);
  const detail = part.kind === "leaf" ? [part.type, size].join(" · ") : part.type;
  return {
    name: partName(part),
    detail,
    kind:
      part.kind === "leaf" ? (part.type.startsWith("text/") ? SymbolKind.String : SymbolKind.File) : SymbolKind.Package,
    range,
    selectionRange: { start: range.start, end: range.start },
    children: apart(source, children),
  };
}
