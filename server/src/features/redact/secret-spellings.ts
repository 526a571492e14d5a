import { binaryBytes, encodeBase64 } from "../../protocol/base64.js";
import { SHORTEST_WORD, type WordSearch } from "./word-search.js";

/** Below this length a secret is only found as a word of its own, not inside longer words. */
const DISTINCT = 8;
/** Longer secrets are looked for as they are: nobody spells a token of that length anew. */
const LONGEST_SPELLED = 1024;
/** Shorter encoded forms would match by chance. */
const SHORTEST_CODE = 6;
/** "***" in base64. */
const STARS = "Kioq";

/** Adds a secret as it is. */
export function addPlain(secret: string, search: WordSearch): void {
  search.add(secret, "*".repeat(secret.length), secret.length < DISTINCT);
}

/** Adds a secret in every spelling in which it may stand somewhere else in the text. */
export function addSpellings(secret: string, search: WordSearch): void {
  if (secret.length < SHORTEST_WORD) return;
  addPlain(secret, search);
  if (secret.length > LONGEST_SPELLED) return;
  const escaped = new Set(writtenForms(secret));
  for (const form of escaped) if (form !== secret) search.add(form, maskEscaped(form), form.length < DISTINCT);
  for (const bytes of encodings(secret)) {
    for (const { text, start } of base64Forms(bytes)) {
      if (text.length < SHORTEST_CODE) continue;
      const mask = STARS.repeat(text.length / 4 + 2).slice(start, start + text.length);
      search.add(text, mask);
      const url = text.replace(/\+/g, "-").replace(/\//g, "_");
      if (url !== text) search.add(url, mask);
    }
    if (bytes.length < SHORTEST_CODE) continue;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    search.add(hex, "2a".repeat(bytes.length));
    search.add(hex.toUpperCase(), "2A".repeat(bytes.length));
  }
}

function encodings(secret: string): Uint8Array[] {
  const utf8 = new TextEncoder().encode(secret);
  if (!/[\u0080-\u00ff]/.test(secret) || /[^\u0000-\u00ff]/.test(secret)) return [utf8];
  return [utf8, binaryBytes(secret)];
}

/**
 * Base64 of octets at each of the three places they can have in a longer text, cut to the letters that depend on nothing
 * else; `start` is the place of the first letter in its group of four.
 */
function base64Forms(bytes: Uint8Array): { readonly text: string; readonly start: number }[] {
  return [0, 1, 2].map((shift) => {
    const padded = new Uint8Array(shift + bytes.length);
    padded.set(bytes, shift);
    const start = shift === 0 ? 0 : shift + 1;
    const whole = encodeBase64(padded).replace(/=+$/, "");
    const text = padded.length % 3 === 0 ? whole.slice(start) : whole.slice(start, -1);
    return { text, start };
  });
}

/** How URLs, quoted-printable, xtext (RFC 3461 §4), HTML, JSON, programs and markdown write the characters of a text. */
function writtenForms(secret: string): string[] {
  const code = (mark: string, upper: boolean, keep: RegExp) =>
    Array.from(new TextEncoder().encode(secret), (byte) => {
      const character = String.fromCharCode(byte);
      if (byte < 0x80 && keep.test(character)) return character;
      const hex = byte.toString(16).padStart(2, "0");
      return mark + (upper ? hex.toUpperCase() : hex);
    }).join("");
  const html = secret.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    code("%", true, /[\w.~!*'()-]/),
    code("%", false, /[\w.~!*'()-]/),
    code("%", true, /[\w.~-]/),
    code("=", true, /[^=]/),
    code("=", true, /[\w.-]/),
    code("=", true, /[\w. -]/),
    code("=", true, /[ -<>-~]/).replace(/[!"#$@[\\\]^`{|}~]/g, (c) => `=${c.charCodeAt(0).toString(16).toUpperCase()}`),
    code("+", true, /[!-*,-<>-~]/),
    code("+", true, /[\w.-]/),
    html,
    html.replace(/"/g, "&quot;"),
    html.replace(/"/g, "&quot;").replace(/'/g, "&#39;"),
    json,
    json.replace(/\//g, "\\/"),
    // As Go and PHP write it.
    json.replace(/[&<>\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`),
    code("%", true, /[\w.~ -]/).replace(/ /g, "+"),
    secret.replace(/['\\]/g, "\\$&"),
    secret.replace(/[^\w\s]/g, "\\$&"),
  ];
}

/** Escapes stay escapes. */
function maskEscaped(form: string): string {
  return form.replace(/([%=+])[0-9A-Fa-f]{2}|[^%=+]|[%=+]/g, (_, mark?: string) => (mark ? `${mark}2A` : "*"));
}
