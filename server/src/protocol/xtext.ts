/** Where a text stops being xtext, or null where all of it is (RFC 3461 §4): "+" and "=" and anything but "!" to "~" must be written as "+" and two upper-case hexadecimal digits. */
export function xtextFault(text: string): { readonly from: number; readonly to: number } | null {
  for (let k = 0; k < text.length; k++) {
    const code = text.charCodeAt(k);
    if (code === PLUS) {
      if (!isUpperHex(text.charCodeAt(k + 1)) || !isUpperHex(text.charCodeAt(k + 2))) {
        return { from: k, to: Math.min(k + 3, text.length) };
      }
      k += 2;
    } else if (code === EQUALS || code < 33 || code > 126) {
      return { from: k, to: k + 1 };
    }
  }
  return null;
}

/** Decodes xtext (RFC 3461 §4) to characters U+0000 to U+00FF; null where the text is no xtext. */
export function decodeXtext(text: string): string | null {
  if (xtextFault(text)) return null;
  return text.replace(/\+([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/**
 * Encodes a text as xtext (RFC 3461 §4). What already is a hexchar ("+3D") is kept as it is, so that a half encoded value
 * is repaired and not encoded twice. Characters above U+00FF are encoded by their UTF-8 octets.
 */
export function repairXtext(text: string): string {
  let repaired = "";
  for (let k = 0; k < text.length; k++) {
    const code = text.codePointAt(k) as number;
    if (code === PLUS && isUpperHex(text.charCodeAt(k + 1)) && isUpperHex(text.charCodeAt(k + 2))) {
      repaired += text.slice(k, k + 3);
      k += 2;
    } else if (code === PLUS || code === EQUALS || code < 33 || code > 126) {
      for (const octet of new TextEncoder().encode(String.fromCodePoint(code))) repaired += hexchar(octet);
      if (code > 0xffff) k++;
    } else {
      repaired += text[k];
    }
  }
  return repaired;
}

const PLUS = 43;
const EQUALS = 61;

function hexchar(octet: number): string {
  return `+${octet.toString(16).toUpperCase().padStart(2, "0")}`;
}

function isUpperHex(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 70);
}
