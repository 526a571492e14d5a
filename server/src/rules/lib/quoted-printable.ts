/** RFC 2045 §6.7: no encoded line is longer, the soft line break included. */
const WIDTH = 76;

/**
 * One line of text as quoted-printable (RFC 2045 §6.7), in UTF-8: as many lines as it needs, all but the last with a soft
 * line break.
 */
export function quotedPrintable(text: string): string[] {
  const lines: string[] = [];
  let line = "";
  const bytes = new TextEncoder().encode(text);
  bytes.forEach((byte, k) => {
    const last = k === bytes.length - 1;
    const blank = byte === 0x20 || byte === 0x09;
    const plain = (byte > 0x20 && byte < 0x7f && byte !== 0x3d) || (blank && !last);
    const unit = plain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    // The last unit of a line needs no room for a soft line break behind it.
    if (line.length + unit.length > (last ? WIDTH : WIDTH - 1)) {
      lines.push(`${line}=`);
      line = "";
    }
    line += unit;
  });
  lines.push(line);
  return lines;
}
