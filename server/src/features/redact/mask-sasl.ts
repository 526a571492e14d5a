import { binaryBytes, binaryString, decodeBase64, decodeLooseBase64, encodeBase64 } from "../../protocol/base64.js";
import { strictUtf8 } from "../../text/octets.js";

/** A SASL message without its secret, of the same length, and the secret in decoded form ("" where it is not text). */
export interface MaskedSasl {
  readonly text: string;
  readonly secret: string;
}

/**
 * Masks the secret in a SASL message and keeps what is around it, so that structure and user name stay.
 * @param step 0 for the first message of the client
 * @param text the message as it was written
 * @param secret where the secret stands in it, as far as the message tells
 */
export function maskSasl(
  mechanism: string | null,
  step: number,
  text: string,
  secret: { readonly from: number; readonly to: number },
): MaskedSasl {
  const bytes = octetsOf(text);
  if (!bytes) {
    const written = text.slice(secret.from, secret.to);
    return { text: text.slice(0, secret.from) + "*".repeat(written.length) + text.slice(secret.to), secret: written };
  }
  const content = binaryString(bytes);
  const [start, end, mark] = secretIn(mechanism, step, content);
  const masked = content.slice(0, start) + mark.repeat(end - start) + content.slice(end);
  // NUL and a name, and nothing behind it: a PLAIN message that was cut before its password.
  const cut = mechanism === "PLAIN" && content.lastIndexOf("\0") === 0;
  return {
    text: encodeBase64(binaryBytes(masked)).padEnd(text.length, "=").slice(0, text.length),
    secret: cut ? "" : asText(content.slice(start, end)),
  };
}

/** The octets behind base64, also without padding or in the alphabet of URLs (RFC 4648 §5), as hand-made logins are. */
function octetsOf(text: string): Uint8Array | undefined {
  const strict = decodeBase64(text);
  if (strict.ok) return strict.bytes;
  const { length } = text.replace(/=+$/, "");
  return length < 8 || text.trim().replace(/=+$/, "").length !== length ? undefined : decodeLooseBase64(text);
}

/** Where the secret stands in a decoded message of the client, and the character that masks it. */
function secretIn(mechanism: string | null, step: number, content: string): [start: number, end: number, mark: string] {
  if (mechanism === "PLAIN") return [Math.max(content.lastIndexOf("\0") + 1, 0), content.length, "*"];
  if (mechanism === "LOGIN") return [step === 0 ? content.length : 0, content.length, "*"];
  if (mechanism === "CRAM-MD5") return [Math.max(0, content.length - 32), content.length, "0"];
  const piece =
    /(?:^|,)(?:response|rspauth)=([0-9a-f]{32})|\x01auth=Bearer ([^\x01]+)|(?:^|,)(?:p|v)=([A-Za-z0-9+/=]+)$/i.exec(
      content,
    );
  const found = piece?.[1] ?? piece?.[2] ?? piece?.[3];
  if (piece && found !== undefined) {
    const start = piece.index + piece[0].lastIndexOf(found);
    return [start, start + found.length, piece[1] !== undefined ? "0" : "A"];
  }
  // NTLM keeps its signature and message type ([MS-NLMP] 2.2.1); of anything else nothing is known.
  return [content.startsWith("NTLMSSP\0") ? Math.min(12, content.length) : 0, content.length, "x"];
}

/** Octets as the text they were, for a search in text; line ends that were encoded by mistake are no part of it. */
function asText(octets: string): string {
  const trimmed = octets.replace(/[\r\n]+$/, "");
  if (/^[\x20-\x7e]*$/.test(trimmed)) return trimmed;
  return strictUtf8(binaryBytes(trimmed)) ?? trimmed;
}
