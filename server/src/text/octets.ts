/** Length of a text in octets as UTF-8 (RFC 6531 §3.3 counts octets, not characters); each half of a surrogate pair counts two. */
export function octetLength(text: string): number {
  let octets = text.length;
  for (let k = 0; k < text.length; k++) {
    const unit = text.charCodeAt(k);
    if (unit > 0x7f) octets += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return octets;
}
