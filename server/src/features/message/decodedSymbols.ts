import { type DocumentSymbol, type Range, SymbolKind } from "vscode-languageserver-types";
import type { MessageLines } from "../../message/lines.js";
import { type DecodedPart, decodedStructure } from "../../message/nested.js";
import type { Part } from "../../message/tree.js";
import type { Locale } from "../types.js";
import { plainName } from "./partLabel.js";
import { tell } from "./texts.js";

/**
 * What a part holds that is itself an encoded message: its tree, marked as decoded. Its parts have no place of their own
 * in the source, so that the message stands for the whole part and its parts for the beginning of it.
 * @param range that of the part.
 */
export function decodedSymbols(lines: MessageLines, part: Part, range: Range, locale: Locale): DocumentSymbol[] {
  const decoded = decodedStructure(lines, part);
  return decoded === undefined ? [] : [symbolOf(decoded, range, locale)];
}

function symbolOf(part: DecodedPart, range: Range, locale: Locale): DocumentSymbol {
  const start = { start: range.start, end: range.start };
  const leaf = part.parts.length === 0;
  return {
    name: plainName(part.filename, part.type),
    detail: [part.type, tell(locale, "hover.decoded")].join(" · "),
    kind: leaf ? (part.type.startsWith("text/") ? SymbolKind.String : SymbolKind.File) : SymbolKind.Package,
    range,
    selectionRange: start,
    children: part.parts.map((child) => symbolOf(child, start, locale)),
  };
}
