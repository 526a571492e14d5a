import { readSignatures, signedFields } from "../../message/dkim.js";
import type { Message } from "../../message/tree.js";
import type { Span } from "../../text/span.js";
import { placeAt } from "./locate.js";

/**
 * The fields that a name in `h=` of a DKIM signature covers: the instances from the bottom up (RFC 6376 §5.4.2). Undefined
 * where the offset is on no such name.
 */
export function dkimTargets(message: Message, offset: number): Span[] | undefined {
  const place = placeAt(message, offset);
  if (place?.kind !== "field" || place.field.key !== "dkim-signature") return undefined;
  const signature = readSignatures(message).find((one) => one.field === place.field);
  const tag = signature?.tags.get("h");
  const column = place.field.value.columnAt(offset);
  if (signature === undefined || tag === undefined || column < tag.valueRange.from || column > tag.valueRange.to)
    return undefined;
  const name = nameAt(place.field.value.text, column);
  const fields = signedFields(message, signature).filter((field) => field.key === name);
  return fields.length === 0 ? undefined : fields.map((field) => field.nameSpan);
}

function nameAt(text: string, column: number): string {
  let from = column;
  let to = column;
  while (from > 0 && /[^\s:=;]/.test(text[from - 1] as string)) from--;
  while (to < text.length && /[^\s:=;]/.test(text[to] as string)) to++;
  return text.slice(from, to).toLowerCase();
}
