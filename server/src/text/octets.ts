/** Length of a text in octets as UTF-8 (RFC 6531 §3.3 counts octets, not characters); each half of a surrogate pair counts two. */
export function octetLength(text: string): number {
  let octets = text.length;
  for (let k = 0; k < text.length; k++) {
    const unit = text.charCodeAt(k);
    if (unit > 0x7f) octets += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return octets;
}

/**
 * Octets as text where they are UTF-8 from the first to the last; undefined where they are not.
 * @param keepMark a byte order mark stays in the text; otherwise it is left out
 */
export function strictUtf8(bytes: Uint8Array, keepMark = false): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: keepMark }).decode(bytes);
  } catch {
    return undefined;
  }
}
