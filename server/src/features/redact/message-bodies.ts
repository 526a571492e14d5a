import type { LineRange, MessageLines } from "../../message/lines.js";
import type { Part } from "../../message/tree.js";
import { binaryBytes, binaryString, decodeBase64, encodeBase64 } from "../../protocol/base64.js";
import { strictUtf8 } from "../../text/octets.js";
import { maskBase64 } from "./encoded-words.js";
import type { Overlay } from "./overlay.js";
import { maskText } from "./pseudonyms.js";

/** Longer encoded texts are masked without decoding them. */
const MAX_DECODED = 4 * 1024 * 1024;

/** Changes a text into one of the same length. */
export type Rewrite = (text: string) => string;

/** Masks the letters of a body; tags of HTML, links to other parts (RFC 2392) and shifts of ISO-2022 stay readable. */
export function maskContent(text: string): string {
  return text.replace(/<[/!]?[A-Za-z][A-Za-z0-9]{0,20}|\bcid:|\x1b[$(]{1,2}[@-Z]|[^<\x1bc]+|[<\x1bc]/g, (part) =>
    /^(?:<.|cid:|\x1b.)/.test(part) ? part : maskText(part),
  );
}

/**
 * Rewrites the body of a part behind its transfer encoding: it decodes afterwards as before, with the same lines.
 * @param rewrite gives text of the same length in octets; what does not is left as it is.
 * @param keep tells of lines of identity encodings that stay.
 */
export function rewriteBody(
  lines: MessageLines,
  part: Part,
  rewrite: Rewrite,
  overlay: Overlay,
  keep: (line: number) => boolean,
): void {
  const range = { from: part.bodyLine, to: part.endLine };
  if (part.encoding === "base64") rewriteBase64(lines, range, rewrite, overlay);
  else if (part.encoding === "quoted-printable") rewriteQuoted(lines, range, rewrite, overlay);
  else rewritePlain(lines, range, rewrite, overlay, keep);
}

/** Rewrites lines that are not encoded. */
export function rewritePlain(
  lines: MessageLines,
  range: LineRange,
  rewrite: Rewrite,
  overlay: Overlay,
  keep: (line: number) => boolean,
): void {
  for (let line = range.from; line < range.to; line++) {
    const text = lines.text(line);
    if (text !== "" && !keep(line)) overlay.put(lines.offset(line, 0), rewrite(text));
  }
}

/** Masks base64 line by line without decoding it, as attachments deserve. */
export function maskAttachment(lines: MessageLines, part: Part, overlay: Overlay): void {
  for (let line = part.bodyLine; line < part.endLine; line++) {
    const text = lines.text(line);
    overlay.exact(lines.offset(line, 0), isBase64Line(text) ? maskBase64(text) : maskText(text));
  }
}

function isBase64Line(text: string): boolean {
  return /^[A-Za-z0-9+/= \t]*$/.test(text);
}

function rewriteBase64(lines: MessageLines, range: LineRange, rewrite: Rewrite, overlay: Overlay): void {
  const pieces: string[] = [];
  let length = 0;
  for (let line = range.from; line < range.to && length <= MAX_DECODED; line++) {
    const text = lines.text(line);
    pieces.push(isBase64Line(text) ? text.replace(/[ \t]/g, "") : "");
    length += text.length;
  }
  const decoded = length > MAX_DECODED ? undefined : decodeBase64(pieces.join(""));
  const changed = decoded?.ok ? rewriteBytes(decoded.bytes, rewrite) : undefined;
  const encoded = changed && encodeBase64(changed);
  let at = 0;
  for (let line = range.from; line < range.to; line++) {
    const text = lines.text(line);
    const offset = lines.offset(line, 0);
    if (!isBase64Line(text)) overlay.put(offset, rewrite(text));
    else if (encoded === undefined) overlay.exact(offset, maskBase64(text));
    else {
      overlay.exact(
        offset,
        text.replace(/[^ \t]/g, () => encoded[at++] ?? "="),
      );
    }
  }
}

/** One octet of quoted-printable: where it stands, and whether it is written as `=XX`. */
interface QuotedOctet {
  readonly offset: number;
  readonly escaped: boolean;
}

function rewriteQuoted(lines: MessageLines, range: LineRange, rewrite: Rewrite, overlay: Overlay): void {
  const octets: number[] = [];
  const places: (QuotedOctet | undefined)[] = [];
  for (let line = range.from; line < range.to; line++) {
    const text = lines.text(line);
    const soft = /=[ \t]*$/.test(text);
    const end = soft ? text.lastIndexOf("=") : text.length;
    for (let k = 0; k < end; k++) {
      const escaped = /^=([0-9A-Fa-f]{2})/.exec(text.slice(k, k + 3));
      const offset = lines.offset(line, k);
      octets.push(escaped ? Number.parseInt(escaped[1] as string, 16) : Math.min(text.charCodeAt(k), 0xff));
      places.push({ offset, escaped: escaped !== null });
      if (escaped) k += 2;
    }
    if (!soft) {
      octets.push(0x0a);
      places.push(undefined);
    }
  }
  const changed = rewriteBytes(Uint8Array.from(octets), rewrite);
  for (const [k, octet] of (changed ?? []).entries()) {
    const place = places[k];
    if (!place) continue;
    if (place.escaped) overlay.exact(place.offset, `=${octet.toString(16).toUpperCase().padStart(2, "0")}`);
    else if (overlay.source.charCodeAt(place.offset) > 0x7e) overlay.put(place.offset, "\u00e9");
    else overlay.exact(place.offset, String.fromCharCode(octet));
  }
}

/** Rewrites octets as UTF-8 where they are it, else character by octet; undefined where the length would change. */
function rewriteBytes(bytes: Uint8Array, rewrite: Rewrite): Uint8Array | undefined {
  const text = strictUtf8(bytes, true);
  const changed =
    text === undefined ? binaryBytes(rewrite(binaryString(bytes))) : new TextEncoder().encode(rewrite(text));
  return changed.length === bytes.length ? changed : undefined;
}
