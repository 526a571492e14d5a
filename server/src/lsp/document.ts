import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import type { DocumentLanguage } from "../features/types.js";
import { SourceText } from "../text/source.js";
import type { Position } from "../text/span.js";

/** An open document: its text with a line index, a new value per version. */
export interface OpenDocument {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly source: SourceText;
}

/** Makes a document from `didOpen`. */
export function createDocument(uri: string, languageId: string, version: number, content: string): OpenDocument {
  return { uri, languageId, version, source: new SourceText(content) };
}

/**
 * Applies the changes of one `didChange`, in order (LSP 3.18, DidChangeTextDocumentParams). Changes that come from the
 * bottom of the text upwards, as editors send them for one edit at many places, share one line index.
 */
export function updateDocument(
  document: OpenDocument,
  changes: readonly TextDocumentContentChangeEvent[],
  version: number,
): OpenDocument {
  let { source } = document;
  let batch: Splice[] = [];
  const flush = (): void => {
    const [only] = batch;
    if (only && batch.length === 1) source = source.replaced(only, only.text);
    else if (batch.length > 1) source = new SourceText(splice(source.text, batch));
    batch = [];
  };
  for (const change of changes) {
    if (!("range" in change)) {
      batch = [];
      source = new SourceText(change.text);
      continue;
    }
    const above = batch[batch.length - 1];
    // Only what ends above every earlier change can still be placed with the old index.
    if (above && compare(change.range.end, above.range.start) > 0) flush();
    const start = source.offsetAt(change.range.start);
    const end = Math.max(start, source.offsetAt(change.range.end));
    batch.push({ start, end, text: change.text, range: change.range });
  }
  flush();
  return { ...document, version, source };
}

interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly range: { readonly start: Position; readonly end: Position };
}

function compare(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

/** Puts replacements, ordered from the bottom up, into a text. */
function splice(text: string, bottomUp: readonly Splice[]): string {
  const parts: string[] = [];
  let from = 0;
  for (let k = bottomUp.length - 1; k >= 0; k--) {
    const { start, end, text: put } = bottomUp[k] as Splice;
    parts.push(text.slice(from, start), put);
    from = end;
  }
  parts.push(text.slice(from));
  return parts.join("");
}

/**
 * Which of our two languages a document is in. Other extensions own the ids `smtp` and `eml`, so the file ending decides
 * for every id that is not ours.
 */
export function languageOf(uri: string, languageId: string): DocumentLanguage {
  if (languageId === "smtp-transcript" || languageId === "smtp") return "smtp-transcript";
  if (languageId === "eml-message" || languageId === "eml") return "eml-message";
  return /\.eml$/i.test(uri) ? "eml-message" : "smtp-transcript";
}
