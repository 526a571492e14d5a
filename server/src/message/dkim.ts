import { sha1 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { Field } from "./header.js";
import { allFields } from "./header.js";
import type { MessageLines } from "./lines.js";
import type { TagList } from "./taglist.js";
import { readTags } from "./taglist.js";
import type { Message } from "./tree.js";
import { base64Text } from "./words.js";

/** Result of comparing a signature's body hash with the body at hand (RFC 6376 §3.7). */
export type BodyHashResult =
  | "match"
  /** The body differs from the one that was signed. */
  | "differs"
  /** It cannot be computed: an unknown algorithm, octets that were lost on decoding, or a body too long. */
  | "unknown";

/** A DKIM-Signature field, read. */
export interface Signature {
  readonly field: Field;
  readonly tags: TagList;
  readonly domain: string;
  readonly selector: string;
  /** Names of the signed fields in lower case, in the order of `h=`. */
  readonly signed: readonly string[];
}

/** Largest body, in UTF-16 units, whose hash is computed. */
export const MAX_HASHED_BODY = 16 * 1024 * 1024;

/** The DKIM-Signature fields of the message from top to bottom. */
export function readSignatures(message: Message): Signature[] {
  return allFields(message.root.header, "dkim-signature").map((field) => {
    const tags = readTags(field.value);
    const signed = (tags.get("h")?.compact ?? "")
      .toLowerCase()
      .split(":")
      .filter((name) => name !== "");
    const domain = (tags.get("d")?.compact ?? "").toLowerCase();
    return { field, tags, domain, selector: tags.get("s")?.compact ?? "", signed };
  });
}

/**
 * Which fields a signature covers: the instances named in `h=`, taken from the bottom up (RFC 6376 §5.4.2).
 */
export function signedFields(message: Message, signature: Signature): Field[] {
  const left = new Map<string, Field[]>();
  const out: Field[] = [];
  for (const name of signature.signed) {
    const fields = left.get(name) ?? allFields(message.root.header, name).filter((field) => field !== signature.field);
    left.set(name, fields);
    const field = fields.pop();
    if (field !== undefined) out.push(field);
  }
  return out;
}

/**
 * Compares the body with the hash in `bh=`, offline: the body as it stands, line ends taken as CRLF (RFC 6376 §3.4.3, §3.4.4).
 */
export function checkBodyHash(message: Message, tags: TagList): BodyHashResult {
  const algorithm = (tags.get("a")?.compact ?? "").toLowerCase();
  const wanted = tags.get("bh")?.compact;
  if (wanted === undefined || wanted === "") return "unknown";
  const hash = algorithm.endsWith("-sha256") ? sha256 : algorithm.endsWith("-sha1") ? sha1 : undefined;
  if (hash === undefined) return "unknown";
  const canonicalization = (tags.get("c")?.compact ?? "simple/simple").toLowerCase().split("/")[1] ?? "simple";
  if (canonicalization !== "simple" && canonicalization !== "relaxed") return "unknown";
  const body = canonicalBody(message.lines, message.root.bodyLine, canonicalization === "relaxed");
  if (body === undefined) return "unknown";
  const length = tags.get("l")?.compact;
  const bytes = new TextEncoder().encode(body);
  if (length !== undefined && !/^\d{1,15}$/.test(length)) return "unknown";
  if (length !== undefined && Number(length) > bytes.length) return "differs";
  const signed = length === undefined ? bytes : bytes.subarray(0, Number(length));
  return base64Text(hash(signed)) === wanted ? "match" : "differs";
}

/** Octets of the body that `l=` leaves unsigned, or 0. */
export function unsignedOctets(message: Message, tags: TagList): number {
  const length = tags.get("l")?.compact ?? "";
  if (!/^\d{1,15}$/.test(length)) return 0;
  const relaxed = (tags.get("c")?.compact ?? "").toLowerCase().split("/")[1] === "relaxed";
  const body = canonicalBody(message.lines, message.root.bodyLine, relaxed);
  if (body === undefined) return 0;
  return Math.max(0, new TextEncoder().encode(body).length - Number(length));
}

/** Canonical body text, or undefined where it cannot be known. */
function canonicalBody(lines: MessageLines, from: number, relaxed: boolean): string | undefined {
  let to = lines.count;
  const empty = (text: string): boolean => (relaxed ? /^[ \t]*$/.test(text) : text === "");
  while (to > from && empty(lines.text(to - 1))) to--;
  if (to <= from) return relaxed ? "" : "\r\n";
  if (lines.offset(to - 1, 0) - lines.offset(from, 0) > MAX_HASHED_BODY) return undefined;
  const pieces: string[] = [];
  for (let line = from; line < to; line++) {
    const text = lines.text(line);
    // U+FFFD stands for octets that were no UTF-8: what was signed is not known any more.
    if (text.includes("\uFFFD")) return undefined;
    pieces.push(relaxed ? trimBlanksAtEnd(text.replace(/[ \t]+/g, " ")) : text);
  }
  return `${pieces.join("\r\n")}\r\n`;
}

function trimBlanksAtEnd(text: string): string {
  return text.endsWith(" ") ? text.slice(0, -1) : text;
}
