import { decodeBase64, encodeBase64 } from "../../protocol/base64.js";
import { strictUtf8 } from "../../text/octets.js";
import { maskText } from "./pseudonyms.js";

/** An encoded word (RFC 2047 §2). */
export const ENCODED_WORD = /(=\?[^?\s]{1,40}\?)([BbQq])(\?)([^?\s]*)(\?=)/g;

/** Masks text and the content of encoded words (RFC 2047), so that they still decode. */
export function maskEncodedWords(text: string): string {
  let result = "";
  let reached = 0;
  for (const match of text.matchAll(ENCODED_WORD)) {
    const [whole, head = "", kind = "", mark = "", content = "", tail = ""] = match;
    const masked = kind.toUpperCase() === "B" ? maskBase64Text(content) : maskQuoted(content);
    result += maskText(text.slice(reached, match.index)) + head + kind + mark + masked + tail;
    reached = match.index + whole.length;
  }
  return result + maskText(text.slice(reached));
}

/** Base64 of a text, masked letter by letter, so that it decodes to the same kinds of letters; of anything else as below. */
function maskBase64Text(content: string): string {
  const decoded = decodeBase64(content);
  const text = decoded.ok ? strictUtf8(decoded.bytes, true) : undefined;
  if (text === undefined) return maskBase64(content);
  const masked = encodeBase64(new TextEncoder().encode(maskText(text)));
  return masked.length === content.length ? masked : maskBase64(content);
}

/** Text with octets written as `=C3` (quoted-printable, RFC 2045 §6.7; Q of RFC 2047): escapes stay escapes of the same kind. */
export function maskQuoted(text: string): string {
  return text.replace(/(?:=[0-9A-Fa-f]{2})+|[^=]+|=/g, (part) =>
    /^=[0-9A-Fa-f]{2}/.test(part) ? maskEscapes(part) : maskText(part),
  );
}

/** A run of escapes: characters of UTF-8 become others of as many octets, a lone octet above ASCII becomes E9. */
function maskEscapes(run: string): string {
  const written = run.slice(1).split("=");
  const octets = written.map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join("");
  const masked = octets.replace(
    /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|[\s\S]/g,
    (character) => {
      if (character.length > 1)
        return character.length === 2 ? "\xc3\xa9" : character.length === 3 ? "\xe4\xb8\x80" : "\xf0\x9f\x98\x80";
      return character.charCodeAt(0) < 0x80 ? maskText(character) : "\xe9";
    },
  );
  return Array.from(masked, (octet, k) => {
    const hex = octet.charCodeAt(0).toString(16).padStart(2, "0");
    return `=${/[a-f]/.test(written[k] ?? "") ? hex : hex.toUpperCase()}`;
  }).join("");
}

/** Base64 of the same length and padding whose bytes are all "x". */
export function maskBase64(content: string): string {
  return content.replace(/[A-Za-z0-9+/]+/g, (run) => "eHh4".repeat(Math.ceil(run.length / 4)).slice(0, run.length));
}
