import { firstField } from "./header.js";
import type { Part } from "./tree.js";
import { decodeWords } from "./words.js";

/** "inline", "attachment", … of a part (RFC 2183), or undefined. */
export function dispositionOf(part: Part): string | undefined {
  const field = firstField(part.header, "content-disposition");
  return field?.parameters.value.toLowerCase();
}

/** File name of a part, decoded: `filename` of the disposition, else `name` of the type (RFC 2183 §2.3). */
export function filenameOf(part: Part): string | undefined {
  const field = firstField(part.header, "content-disposition");
  const name = field?.parameters.get("filename") ?? part.contentType?.get("name");
  return name === undefined ? undefined : decodeWords(name).text;
}
