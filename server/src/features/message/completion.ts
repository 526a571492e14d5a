import { type CompletionItem, CompletionItemKind, InsertTextFormat, type Position } from "vscode-languageserver-types";
import { fieldInfos } from "../../message/fields.js";
import type { Message } from "../../message/tree.js";
import { escapeMarkdown } from "../../text/markdown.js";
import type { SourceText } from "../../text/source.js";
import type { Feature, Locale } from "../types.js";
import { messageAt } from "./bodies.js";
import { fieldInfoIn } from "./fieldTexts.js";
import { lineAt, partAt } from "./locate.js";
import values from "./values.json" with { type: "json" };

/** Completion of field names, media types, character sets, encodings, tags and other values with a known list. */
export const messageCompletion: Feature<{ position: Position }, CompletionItem[]> = {
  method: "textDocument/completion",
  languages: ["eml-message", "smtp-transcript"],
  options: () => ({ triggerCharacters: [":", "/", "=", ";", " ", "-"] }),
  run({ document, settings }, { position }) {
    const offset = document.source.offsetAt(position);
    const message = messageAt(document, offset);
    return message === undefined ? null : completeMessage(message, document.source, offset, settings.locale);
  },
};

/** Completions at a source offset of a message. */
export function completeMessage(
  message: Message,
  source: SourceText,
  offset: number,
  locale: Locale = "en",
): CompletionItem[] {
  const part = partAt(message, offset);
  const line = lineAt(message, offset);
  if (part === undefined || line < 0) return [];
  const column = offset - message.lines.offset(line, 0);
  const before = message.lines.text(line).slice(0, column);
  // A name that is just being typed has no colon yet, so the reader takes it for the start of the body.
  const typing = line === part.bodyLine && part.header.endLine === part.bodyLine && /^[A-Za-z-]+$/.test(before);
  if (typing) return fieldNames(source, message.lines.offset(line, 0), offset, locale);
  if (line >= part.bodyLine && before !== "")
    return before.startsWith("--") ? boundaries(message, source, line, offset) : [];
  if (line >= part.bodyLine) return [];
  if (/^[!-9;-~]*$/.test(before)) return fieldNames(source, message.lines.offset(line, 0), offset, locale);
  const field = part.header.fields.find((one) => one.line <= line && line < one.endLine);
  if (field === undefined) return [];
  const typed = field.value.text.slice(0, Math.max(0, field.value.columnAt(offset)));
  return valuesFor(field.key, typed).map((label) => ({ label, kind: CompletionItemKind.Value }));
}

function fieldNames(source: SourceText, from: number, to: number, locale: Locale): CompletionItem[] {
  const range = { start: source.positionAt(from), end: source.positionAt(to) };
  return fieldInfos()
    .filter((info) => info.status !== "historic" && info.group !== "report")
    .map((info) => fieldInfoIn(locale, info))
    .map((info) => ({
      label: info.name,
      kind: CompletionItemKind.Field,
      detail: info.syntax,
      documentation: { kind: "markdown" as const, value: escapeMarkdown(info.meaning) },
      sortText: `${info.status === "private" ? "1" : "0"}${info.name}`,
      insertTextFormat: InsertTextFormat.PlainText,
      textEdit: { range, newText: `${info.name}: ` },
    }));
}

const LISTS: Readonly<Record<string, readonly string[]>> = values;

/** Values that may follow in a field, by what is typed already. */
function valuesFor(key: string, typed: string): readonly string[] {
  const parameter = /;\s*([A-Za-z-]{1,30})\s*=\s*"?[^";=]*$/.exec(typed)?.[1]?.toLowerCase();
  if (key === "content-type" || key === "content-disposition") {
    if (parameter !== undefined) return LISTS[`parameter.${parameter}`] ?? [];
    if (typed.includes(";")) return LISTS[`${key}.parameters`] ?? [];
  }
  if (key === "dkim-signature" && parameter !== undefined) return LISTS[`dkim.${parameter}`] ?? [];
  if (key === "authentication-results" && /=\s*[a-z]*$/.test(typed))
    return LISTS["authentication-results.result"] ?? [];
  return LISTS[key] ?? [];
}

function boundaries(message: Message, source: SourceText, line: number, offset: number): CompletionItem[] {
  const range = { start: source.positionAt(message.lines.offset(line, 0)), end: source.positionAt(offset) };
  const names = new Set(message.parts.map((part) => part.multipart?.boundary ?? "").filter((name) => name !== ""));
  return [...names].flatMap((name) =>
    [`--${name}`, `--${name}--`].map((label) => ({
      label,
      kind: CompletionItemKind.Reference,
      textEdit: { range, newText: label },
    })),
  );
}
