import { binaryBytes, binaryString, decodeBase64, encodeBase64 } from "../../protocol/base64.js";
import type { AuthAttempt } from "../../session/model.js";
import { saslOf } from "../../session/sasl.js";
import type { Transcript } from "../../transcript.js";
import type { Overlay } from "./overlay.js";

/** Shorter secrets are not searched for elsewhere: they would match by chance. */
const SHORTEST = 4;

/**
 * Places of passwords in command lines, configuration and diagnostics that tools print (swaks, curl, s-nail, URLs): the
 * group is the secret.
 */
const PRINTED = [
  /(?:--auth-password|-ap)[ =]("[^"\r\n]*"|'[^'\r\n]*'|\S+)/g,
  /(?:--user|-u)[ =]["']?[^\s:"']{1,128}:([^\s"']+)/g,
  /\b(?:pass|password|passwd|pwd)["']?(?: ?[=:] ?| is | )["']?([^\s"',;<>()]{3,200})/gi,
  /\b(?:smtp|smtps|submission|submissions|lmtp):\/\/[^\s:@/]{1,128}:([^\s@/]{1,200})@/gi,
  /\b(?:auth=Bearer|Authorization: Bearer) ([\w.~+/=-]{8,4096})/gi,
];

/** Words that follow "password" in ordinary sentences; no secrets. */
const ORDINARY =
  /^(?:is|was|not|incorrect|wrong|invalid|required|authentication|mismatch|expired|failed|for|change|and|or|prompt|command|callback|store|file|yes|no|none|null|true|false|off|on|\*+|x+|\[.*)$/i;

/** Masks the secrets of every AUTH exchange, and every other place where the same secret stands or a tool prints one. */
export function redactCredentials(transcript: Transcript, overlay: Overlay): void {
  const { text } = transcript.source;
  const secrets = new Map<string, string>();
  for (const session of transcript.sessions) {
    for (const attempt of session.auth) collect(attempt, overlay, secrets);
  }
  for (const pattern of PRINTED) {
    for (const match of text.matchAll(pattern)) {
      const secret = match[1] as string;
      if (ORDINARY.test(secret)) continue;
      overlay.put(match.index + match[0].lastIndexOf(secret), "*".repeat(secret.length));
    }
  }
  for (const [secret, mask] of secrets) {
    for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + secret.length)) overlay.put(at, mask);
  }
}

/** Masks the secrets of one exchange and notes them in written and decoded form. */
function collect(attempt: AuthAttempt, overlay: Overlay, secrets: Map<string, string>): void {
  for (const { wire, from, to, step, message } of saslOf(attempt)) {
    const { secret } = message;
    if (!secret) continue;
    const written = wire.text.slice(from + secret.from, from + secret.to);
    const masked = maskWritten(attempt.mechanism, step, wire.text.slice(from, to), secret);
    overlay.putWire(wire, from, masked.text);
    const mask = masked.text.slice(secret.from, secret.to);
    if (written.length >= SHORTEST * 2) secrets.set(written, mask);
    if (masked.secret.length >= SHORTEST) secrets.set(masked.secret, "*".repeat(masked.secret.length));
  }
}

/** A SASL message with its secret masked, of the same length, and the secret in decoded form ("" where it is not text). */
export function maskWritten(
  mechanism: string | null,
  step: number,
  text: string,
  secret: { readonly from: number; readonly to: number },
): { text: string; secret: string } {
  const decoded = decodeBase64(text);
  if (!decoded.ok) {
    const written = text.slice(secret.from, secret.to);
    return { text: text.slice(0, secret.from) + "*".repeat(written.length) + text.slice(secret.to), secret: written };
  }
  const content = binaryString(decoded.bytes);
  const [start, end, mark] = secretIn(mechanism, step, content);
  const masked = content.slice(0, start) + mark.repeat(end - start) + content.slice(end);
  return {
    text: encodeBase64(binaryBytes(masked)).padEnd(text.length, "=").slice(0, text.length),
    secret: content.slice(start, end),
  };
}

/** Where the secret stands in a decoded message of the client, and the character that masks it. */
function secretIn(mechanism: string | null, step: number, content: string): [start: number, end: number, mark: string] {
  if (mechanism === "PLAIN") return [Math.max(content.lastIndexOf("\0") + 1, 0), content.length, "*"];
  if (mechanism === "LOGIN") return [step === 0 ? content.length : 0, content.length, "*"];
  if (mechanism === "CRAM-MD5") return [Math.max(0, content.length - 32), content.length, "0"];
  const piece = /(?:^|,)response=([0-9a-f]{32})|\x01auth=Bearer ([^\x01]+)|(?:^|,)p=([A-Za-z0-9+/=]+)$/i.exec(content);
  const found = piece?.[1] ?? piece?.[2] ?? piece?.[3];
  if (piece && found !== undefined) {
    const start = piece.index + piece[0].lastIndexOf(found);
    return [start, start + found.length, piece[1] !== undefined ? "0" : "A"];
  }
  // NTLM keeps its signature and message type ([MS-NLMP] 2.2.1); of anything else nothing is known.
  return [content.startsWith("NTLMSSP\0") ? Math.min(12, content.length) : 0, content.length, "x"];
}
