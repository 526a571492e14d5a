import type { Field } from "../../message/header.js";
import { hasReportFields, readBlocks } from "../../message/report.js";
import type { Message, Part } from "../../message/tree.js";
import { lastWhere } from "../../text/search.js";

/** What stands at a place of a message. */
export type Place =
  | {
      readonly kind: "field";
      readonly field: Field;
      readonly part: Part /** True in the body of a report. */;
      readonly report: boolean;
    }
  | {
      readonly kind: "delimiter";
      readonly part: Part;
      readonly line: number;
      readonly close: boolean;
      readonly index: number;
    }
  | { readonly kind: "body"; readonly part: Part };

/** What stands at a source offset; undefined outside the message. The innermost part counts. */
export function placeAt(message: Message, offset: number): Place | undefined {
  const part = partAt(message, offset);
  if (part === undefined) return undefined;
  const field = fieldIn(part.header.fields, offset);
  if (field !== undefined) return { kind: "field", field, part, report: false };
  const delimiter = delimiterAt(message, part, offset);
  if (delimiter !== undefined) return delimiter;
  if (hasReportFields(part)) {
    for (const block of readBlocks(message.lines, part)) {
      const found = fieldIn(block.fields, offset);
      if (found !== undefined) return { kind: "field", field: found, part, report: true };
    }
  }
  return { kind: "body", part };
}

function fieldIn(fields: readonly Field[], offset: number): Field | undefined {
  return fields.find((field) => {
    const { start, end } = field.span;
    return start <= offset && offset <= end;
  });
}

/** Line of the message that holds a source offset, or -1 for an empty message. */
export function lineAt(message: Message, offset: number): number {
  const { lines } = message;
  if (lines.count === 0) return -1;
  return lastWhere(0, lines.count - 1, (line) => lines.offset(line, 0) <= offset);
}

/** The innermost part that holds an offset: parts stand before their children. */
export function partAt(message: Message, offset: number): Part | undefined {
  const line = lineAt(message, offset);
  let found: Part | undefined;
  for (const part of message.parts) if (part.line <= line && line < Math.max(part.endLine, part.line + 1)) found = part;
  return found;
}

function delimiterAt(message: Message, part: Part, offset: number): Place | undefined {
  const line = lineAt(message, offset);
  for (let at: Part | undefined = part; at !== undefined; at = at.parent) {
    const delimiters = at.multipart?.delimiters ?? [];
    const index = delimiters.findIndex((delimiter) => delimiter.line === line);
    if (index >= 0) return { kind: "delimiter", part: at, line, close: delimiters[index]?.close === true, index };
  }
  return undefined;
}
