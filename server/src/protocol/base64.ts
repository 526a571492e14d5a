/** Why a text is no strict base64 (RFC 4648 §4): a character outside the alphabet, a length that cannot be, wrong padding. */
export type Base64Problem = "character" | "length" | "padding";

/** Result of reading base64: the octets, or what is wrong and where (index in the text). */
export type Base64Result =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly problem: Base64Problem; readonly at: number };

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUES = valuesOf(ALPHABET);

/**
 * Decodes base64 strictly, as SASL over SMTP demands (RFC 4954 §4, RFC 4648 §4): no white space, padding present, nothing
 * behind it. The empty text gives no octets. Unused bits in the last character are not judged, since old encoders set them.
 */
export function decodeBase64(text: string): Base64Result {
  const padding = text.indexOf("=");
  const length = padding === -1 ? text.length : padding;
  for (let k = 0; k < length; k++) {
    if (valueAt(text, k) === -1) return { ok: false, problem: "character", at: k };
  }
  for (let k = length; k < text.length; k++) {
    if (text[k] !== "=") return { ok: false, problem: "padding", at: k };
  }
  if (length % 4 === 1) return { ok: false, problem: "length", at: text.length };
  if (text.length - length !== (4 - (length % 4)) % 4) return { ok: false, problem: "padding", at: length };
  return { ok: true, bytes: octets(text, length) };
}

/**
 * Decodes base64 as people write it by hand: also in the alphabet of URLs (RFC 4648 §5), without padding, or cut, then as
 * many octets as are whole. Undefined where another character stands in it.
 */
export function decodeLooseBase64(text: string): Uint8Array | undefined {
  const plain = text.replace(/-/g, "+").replace(/_/g, "/").replace(/=+$/, "");
  const whole = plain.length % 4 === 1 ? plain.slice(0, -1) : plain;
  const decoded = decodeBase64(whole.padEnd(Math.ceil(whole.length / 4) * 4, "="));
  return decoded.ok ? decoded.bytes : undefined;
}

/** Encodes octets as base64 with padding (RFC 4648 §4). */
export function encodeBase64(bytes: Uint8Array): string {
  let text = "";
  for (let k = 0; k < bytes.length; k += 3) {
    const left = bytes.length - k;
    const group = ((bytes[k] as number) << 16) | ((bytes[k + 1] ?? 0) << 8) | (bytes[k + 2] ?? 0);
    text += character(group >> 18) + character(group >> 12);
    text += left > 1 ? character(group >> 6) : "=";
    text += left > 2 ? character(group) : "=";
  }
  return text;
}

/** Octets as characters U+0000 to U+00FF, one each: for looking at structure without guessing a charset. */
export function binaryString(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** The way back of `binaryString`; characters above U+00FF lose their high bits. */
export function binaryBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
}

function octets(text: string, length: number): Uint8Array {
  const bytes = new Uint8Array((length * 3) >> 2);
  let bits = 0;
  let held = 0;
  let to = 0;
  for (let k = 0; k < length; k++) {
    bits = ((bits << 6) | valueAt(text, k)) & 0xffffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[to++] = (bits >> held) & 0xff;
  }
  return bytes;
}

function valueAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return code < 128 ? (VALUES[code] as number) : -1;
}

function character(sextet: number): string {
  return ALPHABET[sextet & 63] as string;
}

function valuesOf(alphabet: string): Int8Array {
  const values = new Int8Array(128).fill(-1);
  for (let k = 0; k < alphabet.length; k++) values[alphabet.charCodeAt(k)] = k;
  return values;
}
