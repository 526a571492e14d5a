/** Names of character sets that mail uses and `TextDecoder` (WHATWG Encoding) cannot read: known, yet not decodable. */
const UNDECODABLE: ReadonlySet<string> = new Set([
  "utf-7",
  "unicode-1-1-utf-7",
  "iso-2022-kr",
  "iso-2022-cn",
  "iso-2022-cn-ext",
  "hz-gb-2312",
  "utf-32",
  "utf-32be",
  "utf-32le",
  "ibm437",
  "cp437",
  "ibm850",
  "cp850",
  "ibm852",
  "cp852",
  "ibm858",
  "ibm00858",
  "cp936",
  "ms936",
  "windows-936",
  "cp950",
  "cp949",
  "ks_c_5601-1987",
  "iso-10646-ucs-2",
  "iso-2022-jp-2",
  "iso-2022-jp-1",
  "iso-2022-jp-ms",
  "cp1252",
  "ansi_x3.4-1986",
  "viscii",
]);

/** Common other names, with the name that `TextDecoder` knows. */
const ALIASES: Readonly<Record<string, string>> = {
  cp936: "gbk",
  ms936: "gbk",
  "windows-936": "gbk",
  cp950: "big5",
  cp949: "euc-kr",
  "ks_c_5601-1987": "euc-kr",
  cp1252: "windows-1252",
  "ansi_x3.4-1986": "us-ascii",
  utf8: "utf-8",
  "iso-2022-jp-2": "iso-2022-jp",
  "iso-2022-jp-1": "iso-2022-jp",
  "iso-2022-jp-ms": "iso-2022-jp",
};

/** "known": can be decoded here; "undecodable": a real name, not decodable here; "unknown": no such character set. */
export type CharsetStatus = "known" | "undecodable" | "unknown";

/** Whether a character set of this name exists and can be decoded here. */
export function charsetStatus(name: string): CharsetStatus {
  const label = name.trim().toLowerCase();
  if (decoderLabel(label) !== undefined) return "known";
  return UNDECODABLE.has(label) ? "undecodable" : "unknown";
}

const labels = new Map<string, string | undefined>();

function decoderLabel(name: string): string | undefined {
  if (labels.has(name)) return labels.get(name);
  const label = ALIASES[name] ?? name;
  let found: string | undefined;
  try {
    found = new TextDecoder(label).encoding === "replacement" ? undefined : label;
  } catch {
    found = undefined;
  }
  if (labels.size < 200) labels.set(name, found);
  return found;
}

export interface DecodedText {
  readonly text: string;
  /** False where bytes do not belong to the character set (shown as U+FFFD). */
  readonly clean: boolean;
  /** The name that was used: the one asked for, or "windows-1252" where that cannot be read. */
  readonly charset: string;
}

/** Decodes bytes; a character set that cannot be read falls back to windows-1252. Never throws. */
export function decodeBytes(bytes: Uint8Array, charset: string): DecodedText {
  const name = charset.trim().toLowerCase();
  const label = decoderLabel(name);
  if (label === undefined)
    return { text: new TextDecoder("windows-1252").decode(bytes), clean: false, charset: "windows-1252" };
  const text = new TextDecoder(label, { ignoreBOM: true }).decode(bytes);
  return { text, clean: !text.includes("\uFFFD"), charset: name };
}

/** Bytes of a percent-encoded text (RFC 2231 §4); anything else stands for itself as UTF-8. */
export function bytesOfPercent(text: string): Uint8Array {
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (let at = 0; at < text.length; at++) {
    const code = text[at] === "%" ? hexPair(text, at + 1) : -1;
    if (code >= 0) {
      bytes.push(code);
      at += 2;
    } else {
      const character = String.fromCodePoint(text.codePointAt(at) as number);
      at += character.length - 1;
      bytes.push(...encoder.encode(character));
    }
  }
  return Uint8Array.from(bytes);
}

/** Value of two hex digits at a place, or -1. */
export function hexPair(text: string, at: number): number {
  const high = hexDigit(text.charCodeAt(at));
  const low = hexDigit(text.charCodeAt(at + 1));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 65 && code <= 70) return code - 55;
  if (code >= 97 && code <= 102) return code - 87;
  return -1;
}
