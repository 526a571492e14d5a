import { type DocumentSymbol, type Range, SymbolKind } from "vscode-languageserver-types";
import type { MessageLines } from "../../message/lines.js";
import { type TnefAttachment, tnefFiles } from "../../message/tnef.js";
import type { Part } from "../../message/tree.js";
import { escapeMarkdown, tableCell } from "../../text/markdown.js";
import type { Locale } from "../types.js";
import { sizeText } from "./partLabel.js";
import { tell } from "./texts.js";

/** What is shown of a file in a TNEF container; its octets are not kept. */
export interface TnefEntry {
  readonly path: string;
  readonly name: string;
  readonly type: string | undefined;
  /** Octets. */
  readonly size: number;
}

/** The files in a TNEF container. */
export interface TnefListing {
  readonly entries: readonly TnefEntry[];
  readonly complete: boolean;
}

const known = new WeakMap<Part, { readonly listing: TnefListing | undefined }>();

/** The files in a part that is a TNEF container (`winmail.dat`); undefined for every other part. Read once a part. */
export function tnefListing(lines: MessageLines, part: Part): TnefListing | undefined {
  let kept = known.get(part);
  if (kept === undefined) {
    const read = tnefFiles(lines, part);
    kept = {
      listing: read && {
        complete: read.complete,
        entries: read.attachments.map(({ path, name, type, bytes }) => ({ path, name, type, size: bytes.length })),
      },
    };
    known.set(part, kept);
  }
  return kept.listing;
}

/** One file of a container with its octets; undefined where there is none at that path. */
export function tnefFile(lines: MessageLines, part: Part, path: string): TnefAttachment | undefined {
  return tnefFiles(lines, part)?.attachments.find((one) => one.path === path);
}

/** Name of a file in lists: without characters that could change how a line reads; never empty. */
export function entryName({ name, type, path }: TnefEntry): string {
  const plain = name.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").trim();
  return plain === "" ? (type ?? `#${path}`) : plain;
}

/** The files of a container for the outline, all at the place of its body. */
export function tnefSymbols(lines: MessageLines, part: Part, range: Range, locale: Locale): DocumentSymbol[] {
  return (tnefListing(lines, part)?.entries ?? []).map((entry) => ({
    name: entryName(entry),
    detail: [entry.type, sizeText(entry.size, locale)].filter((piece) => piece !== undefined).join(" · "),
    kind: SymbolKind.File,
    range,
    selectionRange: { start: range.start, end: range.start },
  }));
}

/** What a container holds, as markdown of safe pieces; undefined for a part that is none. */
export function tnefText(lines: MessageLines, part: Part, locale: Locale): string | undefined {
  const listing = tnefListing(lines, part);
  if (listing === undefined) return undefined;
  const rows = listing.entries.map((entry) => {
    const cells = [
      escapeMarkdown(entryName(entry).slice(0, 200)),
      escapeMarkdown(entry.type ?? ""),
      sizeText(entry.size, locale),
    ];
    return `| ${cells.map(tableCell).join(" | ")} |`;
  });
  const table = rows.length === 0 ? tell(locale, "tnef.empty") : `| | | |\n|---|---|---|\n${rows.join("\n")}`;
  const broken = listing.complete ? "" : `\n\n${tell(locale, "tnef.broken")}`;
  return `**${tell(locale, "tnef.title")}**\n\n${tell(locale, "tnef.about")}\n\n${table}${broken}`;
}
