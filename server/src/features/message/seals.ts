import { checkBodyHash, readSignatures, type Signature, signedFields } from "../../message/dkim.js";
import type { Field } from "../../message/header.js";
import type { Message, Part } from "../../message/tree.js";

/** A signature of a message that holds for its text, as far as that can be told offline. */
export interface Seal {
  readonly kind: "dkim" | "smime" | "pgp";
  /** Domain of a DKIM signature; "" for the others. */
  readonly by: string;
  /** Stands for everything that is signed: another value after an edit means that the signature is broken. */
  readonly mark: string;
}

/** Lines of signed content that are looked at; longer parts count as unsigned. */
const MOST_LINES = 200_000;

/**
 * The signatures that an edit could break: DKIM where the body hash verifies (RFC 6376 §3.7), signed parts of S/MIME and
 * OpenPGP (RFC 1847, RFC 8551 §3.5, RFC 3156 §5).
 */
export function sealsOf(message: Message): Seal[] {
  const dkim = readSignatures(message)
    .filter(({ tags }) => checkBodyHash(message, tags) === "match")
    .map((signature) => dkimSeal(message, signature));
  return [...dkim, ...message.parts.flatMap((part) => partSeal(message, part) ?? [])];
}

/** The body is compared by its hash; what is left are the signed fields, and the signature itself. */
function dkimSeal(message: Message, signature: Signature): Seal {
  const relaxed = /^relaxed\b/i.test(signature.tags.get("c")?.compact ?? "simple");
  const fields = [...signedFields(message, signature), signature.field];
  return { kind: "dkim", by: signature.domain, mark: markOf(fields.map((field) => canonical(field, relaxed))) };
}

/** A field as it is signed (RFC 6376 §3.4.1, §3.4.2). */
function canonical(field: Field, relaxed: boolean): string {
  if (relaxed) return `${field.key}:${field.value.text.replace(/[ \t]+/g, " ").trim()}`;
  const lines: string[] = [];
  for (let line = field.line; line < field.endLine; line++) lines.push(field.lines.text(line));
  return lines.join("\r\n");
}

function partSeal(message: Message, part: Part): Seal | undefined {
  const { type, contentType } = part;
  if (/^application\/(?:x-)?pkcs7-mime$/.test(type)) {
    const signed = /^signed-(?:data|receipt)$/i.test(contentType?.get("smime-type") ?? "");
    return signed ? seal(message, "smime", [part]) : undefined;
  }
  if (type !== "multipart/signed" || part.children.length === 0) return undefined;
  const pgp = /pgp/i.test(contentType?.get("protocol") ?? part.children[1]?.type ?? "");
  return seal(message, pgp ? "pgp" : "smime", part.children);
}

function seal(message: Message, kind: "smime" | "pgp", parts: readonly Part[]): Seal | undefined {
  const lines: string[] = [];
  for (const part of parts) {
    if (part.endLine - part.line > MOST_LINES) return undefined;
    for (let line = part.line; line < part.endLine; line++) lines.push(message.lines.text(line));
    lines.push("");
  }
  return { kind, by: "", mark: markOf(lines) };
}

/** A number for texts, 64 bits of FNV-1a in two halves: to see whether they changed, not against forgers. */
function markOf(texts: readonly string[]): string {
  let one = 0x811c9dc5;
  let two = 0x2f0b4c47;
  for (const text of texts) {
    for (let k = 0; k <= text.length; k++) {
      const unit = k < text.length ? text.charCodeAt(k) : 10;
      one = Math.imul(one ^ unit, 0x01000193);
      two = Math.imul(two ^ unit ^ 0x55, 0x01000193);
    }
  }
  return [one, two].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}
