import type { MailData } from "../../session/model.js";
import { octetLength } from "../../text/octets.js";
import type { WireLine } from "../types.js";

/** What is unusual in the lines of a message, found in one pass so that each rule only looks at the few lines it is about. */
export interface MessageScan {
  /** Lines with characters above U+007F. */
  readonly nonAscii: readonly WireLine[];
  /** Lines with control characters other than HT. */
  readonly controls: readonly WireLine[];
  /** Lines that end with LF alone, or CR alone, on the wire. */
  readonly bareLf: readonly WireLine[];
  readonly bareCr: readonly WireLine[];
  /** Indices of lines that begin with a dot. */
  readonly dots: readonly number[];
  /** Lines that may be longer than 998 octets. */
  readonly long: readonly WireLine[];
  /** Octets on the wire with line ends, without stuffed dots (RFC 1870 §5). */
  readonly octets: number;
}

const UNUSUAL = /[^\t\u0020-\u007e]/;
const NON_ASCII = /[^\u0000-\u007f]/;
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]/;
const DOT = 46;

const known = new WeakMap<MailData, MessageScan>();

/** The scan of a message; made once. */
export function scanOf(data: MailData): MessageScan {
  let scan = known.get(data);
  if (!scan) {
    scan = scanLines(data);
    known.set(data, scan);
  }
  return scan;
}

function scanLines(data: MailData): MessageScan {
  const nonAscii: WireLine[] = [];
  const controls: WireLine[] = [];
  const bareLf: WireLine[] = [];
  const bareCr: WireLine[] = [];
  const dots: number[] = [];
  const long: WireLine[] = [];
  const stuffed = data.kind === "DATA";
  let count = 0;
  data.lines.forEach((wire, k) => {
    const { text, wireEnd } = wire;
    const unusual = UNUSUAL.test(text);
    if (unusual && NON_ASCII.test(text)) nonAscii.push(wire);
    if (unusual && CONTROL.test(text)) controls.push(wire);
    if (wireEnd === "lf") bareLf.push(wire);
    else if (wireEnd === "cr") bareCr.push(wire);
    // Three octets a UTF-16 unit is the most UTF-8 needs: shorter lines need no counting.
    if (text.length > 332) long.push(wire);
    count += (unusual ? octetLength(text) : text.length) + endOctets(wireEnd);
    if (text.charCodeAt(0) === DOT) {
      dots.push(k);
      if (stuffed && text.charCodeAt(1) === DOT) count--;
    }
  });
  return { nonAscii, controls, bareLf, bareCr, dots, long, octets: count };
}

/** Octets of a line end on the wire: CR LF where the dialect shows no other. */
export function endOctets(end: WireLine["wireEnd"]): number {
  return end === "none" ? 0 : end === "lf" || end === "cr" ? 1 : 2;
}
