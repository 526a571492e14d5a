import { rangeSpan } from "../../../server/src/message/lines.js";
import { decodedMessage } from "../../../server/src/message/nested.js";
import type { Message, Part } from "../../../server/src/message/tree.js";

/** What two readers of messages can be compared by. A value that a project does not tell is left out. */
export interface Shape {
  /** Media type in lower case. */
  readonly type?: string | undefined;
  /** Names of the fields in lower case, in their order. */
  readonly names?: readonly string[] | undefined;
  /** For each field where its name, its value (behind the colon) and the next line begin. */
  readonly fields?: readonly (readonly [number, number, number])[] | undefined;
  /** How many fields there are. */
  readonly count?: number | undefined;
  /** Offset of the first character of the header section. */
  readonly header?: number | undefined;
  /** Offset of the first character of the body. */
  readonly body?: number | undefined;
  /** Offset behind the last character of the body; the line end in front of a delimiter belongs to the delimiter. */
  readonly end?: number | undefined;
  readonly parts: readonly Shape[];
}

/**
 * The shape of a part as this project reads it. Offsets count in the text that the message was read from; those of a
 * message in base64 or quoted-printable count in its decoded text.
 */
export function shapeOf(message: Message, part: Part, length: number): Shape {
  const { lines } = message;
  const decoded = decodedMessage(lines, part);
  const begin = (line: number): number => (line < lines.count ? lines.offset(line, 0) : length);
  return {
    type: part.type,
    names: part.header.fields.map((field) => field.key),
    fields: part.header.fields.map((field) => [
      lines.offset(field.line, field.nameColumn),
      lines.offset(field.line, field.colonColumn + 1),
      begin(field.endLine),
    ]),
    count: part.header.fields.length,
    header: begin(part.line),
    body: begin(part.bodyLine),
    end: endOf(message, part, begin),
    parts:
      decoded === undefined
        ? part.children.map((child) => shapeOf(message, child, length))
        : [shapeOf(decoded, decoded.root, Number.NaN)],
  };
}

function endOf(message: Message, part: Part, begin: (line: number) => number): number {
  if (part.endLine <= part.bodyLine) return begin(part.bodyLine);
  if (part.endLine >= message.lines.count) return begin(part.endLine);
  return rangeSpan(message.lines, { from: part.bodyLine, to: part.endLine }).end;
}

/** Where two shapes differ, in words; only what `theirs` tells is compared. */
export function differences(ours: Shape, theirs: Shape, path = "message"): string[] {
  const found: string[] = [];
  for (const key of ["type", "header", "body", "end", "count"] as const) {
    const wanted = theirs[key];
    if (wanted !== undefined && wanted !== ours[key]) found.push(`${path}: ${key} ${ours[key]}, not ${wanted}`);
  }
  for (const key of ["names", "fields"] as const) {
    const wanted = theirs[key];
    if (wanted === undefined || (theirs.count !== undefined && theirs.count !== ours.count)) continue;
    const at = wanted.findIndex((value, k) => String(value) !== String(ours[key]?.[k]));
    if (at >= 0) found.push(`${path}: ${key} ${at}: ${ours[key]?.[at]}, not ${wanted[at]}`);
    else if (wanted.length !== ours[key]?.length)
      found.push(`${path}: ${ours[key]?.length} ${key}, not ${wanted.length}`);
  }
  if (ours.parts.length !== theirs.parts.length)
    return [...found, `${path}: ${ours.parts.length} parts, not ${theirs.parts.length}`];
  theirs.parts.forEach((part, k) => {
    found.push(...differences(ours.parts[k] as Shape, part, `${path}/${k + 1}`));
  });
  return found;
}
