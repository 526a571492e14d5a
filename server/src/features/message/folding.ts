import { type FoldingRange, FoldingRangeKind } from "vscode-languageserver-types";
import type { Message, Part } from "../../message/tree.js";
import type { SourceText } from "../../text/source.js";
import { withOwnStarts } from "../foldStarts.js";
import type { Feature } from "../types.js";

/** Folding of header sections, folded fields, trace fields, parts and encoded bodies. */
export const messageFolding: Feature<unknown, FoldingRange[]> = {
  method: "textDocument/foldingRange",
  languages: ["eml-message"],
  run: ({ document }) => (document.message === undefined ? null : foldMessage(document.message, document.source)),
};

/** Folding ranges of a message by line. Encoded bodies are regions, so that an editor can fold them all at once. */
export function foldMessage(message: Message, source: SourceText): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  const { lines } = message;
  const add = (first: number, last: number, kind?: FoldingRangeKind): void => {
    if (last <= first || first >= lines.count) return;
    const startLine = source.lineAt(lines.offset(first, 0));
    const endLine = source.lineAt(lines.offset(Math.min(last, lines.count - 1), 0));
    if (endLine > startLine) ranges.push({ startLine, endLine, kind });
  };
  for (const part of message.parts) {
    foldHeader(part, add);
    if (part.parent !== undefined) add(part.line, part.endLine - 1);
    const encoded = part.encoding === "base64" || part.type === "application/pgp-signature";
    if (part.kind === "leaf") add(part.bodyLine, part.endLine - 1, encoded ? FoldingRangeKind.Region : undefined);
  }
  return withOwnStarts(ranges);
}

const TRACE =
  /^(?:received|x-received|return-path|delivered-to|dkim-signature|arc-.*|authentication-results|received-spf|x-.*)$/;

function foldHeader(part: Part, add: (first: number, last: number, kind?: FoldingRangeKind) => void): void {
  add(part.header.line, part.header.endLine - 1);
  let first = -1;
  let last = -1;
  let count = 0;
  const close = (): void => {
    if (count > 1) add(first, last, FoldingRangeKind.Comment);
    count = 0;
  };
  for (const field of part.header.fields) {
    add(field.line, field.endLine - 1);
    if (TRACE.test(field.key)) {
      if (count === 0) first = field.line;
      last = field.endLine - 1;
      count++;
    } else close();
  }
  close();
}
