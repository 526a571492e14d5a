import { filenameOf } from "../../message/disposition.js";
import type { MessageLines } from "../../message/lines.js";
import type { Part } from "../../message/tree.js";

/** Octets of a part when it is decoded, about: for labels. Linear in the number of lines, never decodes. */
export function decodedSize(lines: MessageLines, part: Part): number {
  if (part.endLine <= part.bodyLine) return 0;
  const last = part.endLine - 1;
  const length = lines.offset(last, lines.text(last).length) - lines.offset(part.bodyLine, 0);
  return part.encoding === "base64" ? Math.floor((length * 3) / 4) : length;
}

/** A size in words, such as "12 kB". */
export function sizeText(octets: number, locale: string): string {
  const unit = octets < 1000 ? "byte" : octets < 1_000_000 ? "kilobyte" : "megabyte";
  const value = unit === "byte" ? octets : octets / (unit === "kilobyte" ? 1000 : 1_000_000);
  const digits = value < 10 && unit !== "byte" ? 1 : 0;
  return numberFormat(locale, unit, digits).format(value);
}

/** Making a format costs more than all else in a label; there are six a language. */
const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(locale: string, unit: string, maximumFractionDigits: number): Intl.NumberFormat {
  const key = `${locale} ${unit} ${maximumFractionDigits}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits });
    formats.set(key, format);
  }
  return format;
}

/** Name of a part in lists: its file name, else its media type. Never empty. */
export function partName(part: Part): string {
  return plainName(filenameOf(part), part.type);
}

/** A file name without characters that could mislead; the media type where none is left. Never empty. */
export function plainName(filename: string | undefined, type: string): string {
  const name = filename?.replace(/[\u0000-\u001f\u202a-\u202e\u2066-\u2069]/g, "").trim();
  return name === undefined || name === "" ? type || "text/plain" : name;
}
