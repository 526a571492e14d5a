import { binaryBytes, binaryString, decodeLooseBase64 } from "../../protocol/base64.js";
import { strictUtf8 } from "../../text/octets.js";

/** A piece of base64 that holds login data, found by its content. */
export interface SaslShape {
  readonly at: number;
  readonly text: string;
  /** The mechanism whose message it is, as `maskSasl` knows it. */
  readonly mechanism: string;
}

const RUN = /[A-Za-z0-9+/_-]{8,16384}={0,2}/g;

/**
 * Base64 anywhere in a text that decodes to a message of a login: what people make by hand before they paste it, or tools
 * print beside the dialogue. AUTH LOGIN has no shape of its own.
 */
export function saslShapes(text: string): SaslShape[] {
  const found: SaslShape[] = [];
  for (const match of text.matchAll(RUN)) {
    const [run] = match;
    // Words of letters alone are base64 too; none of the shapes decodes from them.
    if (run.length < 12 || (!/[0-9A-Z]/.test(run) && run.length < 40)) continue;
    const octets = decodeLooseBase64(run);
    const mechanism = octets && mechanismOf(binaryString(octets));
    if (mechanism !== undefined) found.push({ at: match.index, text: run, mechanism });
  }
  return found;
}

function mechanismOf(content: string): string | undefined {
  // authzid NUL authcid NUL password (RFC 4616 §2); cut before the password it still begins with NUL and a name.
  const plain = /^[^\0]{0,255}\0[^\0]{2,255}\0[^\0]{0,255}$/.test(content) || /^\0[^\0]{8,255}$/.test(content);
  if (plain && isText(content)) return "PLAIN";
  if (/\x01auth=Bearer /i.test(content)) return "XOAUTH2";
  if (content.startsWith("NTLMSSP\0\x03")) return "NTLM";
  if (/^[^\s\0]{1,255} [0-9a-f]{32}$/.test(content)) return "CRAM-MD5";
  if (/(?:^|,)(?:response=|rspauth=)[0-9a-f]{32}/.test(content)) return "DIGEST-MD5";
  if (/^c=[A-Za-z0-9+/=]{1,1000},r=.{1,1000},p=/.test(content)) return "SCRAM";
  return /^v=[A-Za-z0-9+/]{27,88}={0,2}$/.test(content) ? "SCRAM" : undefined;
}

/** True where octets, NUL aside, are text that a person may have typed. */
function isText(content: string): boolean {
  if (/[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(content)) return false;
  if (!/[\x80-\xff]/.test(content)) return true;
  return strictUtf8(binaryBytes(content)) !== undefined;
}
