import type { Field } from "./header.js";
import { readHeader } from "./header.js";
import type { MessageLines } from "./lines.js";
import type { Part } from "./tree.js";

/** One block of fields of a report body; the first of a delivery status is about the message, the others about recipients. */
export interface ReportBlock {
  readonly fields: readonly Field[];
  readonly line: number;
  readonly endLine: number;
  /** First field of that name (lower case). */
  get(name: string): Field | undefined;
}

/** Media types whose body is blocks of fields (RFC 3464, RFC 8098, RFC 5965, RFC 6522 §3). */
const REPORT_TYPES: ReadonlySet<string> = new Set([
  "message/delivery-status",
  "message/global-delivery-status",
  "message/disposition-notification",
  "message/global-disposition-notification",
  "message/feedback-report",
  "text/rfc822-headers",
  "message/global-headers",
]);

/** Whether a part's body is made of header fields. */
export function hasReportFields(part: Part): boolean {
  return part.kind === "leaf" && REPORT_TYPES.has(part.type) && part.encoding !== "base64";
}

/** Blocks of fields of a report body, separated by empty lines (RFC 3464 §2.1). Never throws. */
export function readBlocks(lines: MessageLines, part: Part): ReportBlock[] {
  const blocks: ReportBlock[] = [];
  let line = part.bodyLine;
  while (line < part.endLine) {
    if (lines.text(line).trim() === "") {
      line++;
      continue;
    }
    const header = readHeader(lines, line, part.endLine, () => false);
    const endLine = Math.max(header.endLine, line + 1);
    if (header.fields.length > 0) {
      const { fields } = header;
      blocks.push({ fields, line, endLine, get: (name) => fields.find((field) => field.key === name) });
    }
    line = endLine;
  }
  return blocks;
}

/** `rfc822; bob@example.net`: the type and the value of a typed field (RFC 3464 §2.1.2). */
export function readTyped(text: string): { type: string; value: string } {
  const semicolon = text.indexOf(";");
  if (semicolon < 0) return { type: "", value: text.trim() };
  return { type: text.slice(0, semicolon).trim().toLowerCase(), value: text.slice(semicolon + 1).trim() };
}
