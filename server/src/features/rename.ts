import type { Position, Range, TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import { sourceSpan } from "../dialects/wire.js";
import { binaryBytes, binaryString, decodeBase64, encodeBase64 } from "../protocol/base64.js";
import { saslOf } from "../session/sasl.js";
import { patient } from "./cancel.js";
import { type Mention, mentionAt } from "./mentions.js";
import { rangeOf, wireRange } from "./ranges.js";
import type { Feature, ParsedDocument } from "./types.js";

/** Renames an address, its domain, or an id through the whole file: envelope, headers, replies, and base64 of AUTH. */
export const rename: Feature<{ position: Position; newName: string }, WorkspaceEdit> = {
  method: "textDocument/rename",
  languages: ["smtp-transcript"],
  run({ document, cancelled }, { position, newName }) {
    const target = targetAt(document, position);
    if (!target || !isSafeName(newName)) return null;
    const edits = renameEdits(document, target.text, newName, cancelled);
    // Half a renaming would be worse than none.
    return cancelled() ? null : { changes: { [document.uri]: edits } };
  },
};

/** What would be renamed, and its place. */
export const prepareRename: Feature<{ position: Position }, { range: Range; placeholder: string }> = {
  method: "textDocument/prepareRename",
  languages: ["smtp-transcript"],
  run({ document }, { position }) {
    const target = targetAt(document, position);
    return target ? { range: rangeOf(document.source, target.span), placeholder: target.text } : null;
  },
};

/** In an address: the domain if the cursor is in it, otherwise the whole address. */
function targetAt(document: ParsedDocument, position: Position): Pick<Mention, "text" | "span"> | undefined {
  const offset = document.source.offsetAt(position);
  const mention = mentionAt(document, offset);
  if (!mention) return undefined;
  const at = mention.text.lastIndexOf("@");
  if (at === -1 || offset <= mention.span.start + at || mention.span.end - mention.span.start !== mention.text.length)
    return mention;
  return { text: mention.text.slice(at + 1), span: { start: mention.span.start + at + 1, end: mention.span.end } };
}

/** A new name must stay one word on one line. */
function isSafeName(name: string): boolean {
  return /^[^\s<>\u0000-\u001f]{1,320}$/.test(name);
}

function renameEdits(document: ParsedDocument, oldName: string, newName: string, cancelled: () => boolean): TextEdit[] {
  const over = patient(cancelled);
  const { source, transcript } = document;
  const edits: TextEdit[] = [];
  const { text } = source;
  const wanted = oldName.toLowerCase();
  const lower = text.toLowerCase();
  // Lower case may change the length of some letters; then only the written form is found.
  const haystack = lower.length === text.length ? lower : text;
  const needle = lower.length === text.length ? wanted : oldName;
  for (let at = haystack.indexOf(needle); at !== -1; at = haystack.indexOf(needle, at + needle.length)) {
    if (over()) return edits;
    if (isWhole(text, at, needle.length))
      edits.push({ range: rangeOf(source, { start: at, end: at + needle.length }), newText: newName });
  }
  for (const session of transcript.sessions) {
    if (over()) return edits;
    for (const attempt of session.auth) {
      for (const { wire, from, to } of saslOf(attempt)) {
        const written = wire.text.slice(from, to);
        const decoded = decodeBase64(written);
        if (!decoded.ok) continue;
        const content = binaryString(decoded.bytes);
        if (!content.toLowerCase().includes(wanted)) continue;
        const renamed = replaceWhole(content, oldName, newName);
        if (renamed === content) continue;
        const span = sourceSpan(wire, from, to);
        if (span.end - span.start === to - from)
          edits.push({ range: wireRange(source, wire, from, to), newText: encodeBase64(binaryBytes(renamed)) });
      }
    }
  }
  return edits;
}

/** A text with every whole mention of a name replaced, letter case as written. */
function replaceWhole(text: string, oldName: string, newName: string): string {
  let result = "";
  let done = 0;
  for (let at = text.indexOf(oldName); at !== -1; at = text.indexOf(oldName, at + oldName.length)) {
    if (!isWhole(text, at, oldName.length)) continue;
    result += text.slice(done, at) + newName;
    done = at + oldName.length;
  }
  return result + text.slice(done);
}

/**
 * "bob@example.com" is not part of "jim.bob@example.com" and "example.com" not of "example.com.au", but "example.com" is
 * part of "mail.example.com".
 */
function isWhole(text: string, at: number, length: number): boolean {
  const before = text[at - 1] ?? "";
  const behind = text.slice(at + length, at + length + 2);
  const address = text.slice(at, at + length).includes("@");
  return !(address ? /[\w.+-]/ : /[\w-]/).test(before) && !/^(?:[\w-]|\.\w)/.test(behind);
}
