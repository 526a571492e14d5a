import { binaryBytes, binaryString, decodeBase64, encodeBase64 } from "./base64.js";

/** What is wrong with a SASL message of the client. */
export type SaslProblem =
  /** Not base64 (RFC 4954 §4). */
  | "base64"
  /** PLAIN without two NULs, or with an empty user name or password (RFC 4616 §2). */
  | "plain-structure"
  /** CRAM-MD5 that is not a user name, a blank and 32 hexadecimal digits (RFC 2195 §2). */
  | "cram-structure"
  /** A token without the octets 01 around it (RFC 7628 §3.1). */
  | "bearer-structure"
  /** Decodes to what is no user name, such as a name that was never encoded. */
  | "unreadable"
  /** A user name or password with a line end behind it or blanks around it. */
  | "stray-blanks";

/**
 * One SASL message of the client as the transcript shows it. It holds the user name and where a secret stands, never the
 * secret. Columns count UTF-16 units in the message's text.
 */
export interface SaslMessage {
  /** "*" (RFC 4954 §4): the client gives up. */
  readonly cancelled: boolean;
  /** The tool has put something else in the place of the data; neither syntax nor content can be judged. */
  readonly masked: boolean;
  /** User name, decoded as UTF-8; null where none can be told. */
  readonly user: string | null;
  readonly problem: SaslProblem | null;
  /** Where a secret stands, and the text of the same shape that can take its place; null where there is none. */
  readonly secret: { readonly from: number; readonly to: number; readonly mask: string } | null;
}

const NOTHING: SaslMessage = { cancelled: false, masked: false, user: null, problem: null, secret: null };
const STARS = "********";

/** Mechanisms in which the server speaks first, so that an initial response is wrong (RFC 4954 §4). */
export const SERVER_FIRST: ReadonlySet<string> = new Set(["CRAM-MD5", "DIGEST-MD5", "LOGIN"]);

/** Mechanisms that send the password as it is (RFC 4616 §6; LOGIN is an expired draft). */
export const CLEAR_PASSWORD: ReadonlySet<string> = new Set(["PLAIN", "LOGIN"]);

/**
 * Reads one SASL message of the client.
 * @param mechanism in upper case; null where the transcript hides it.
 * @param step which message of the client this is, from 0; an initial response is message 0.
 * @param text as it stands in the transcript, without the command.
 */
export function readSasl(mechanism: string | null, step: number, text: string): SaslMessage {
  const trimmed = text.trim();
  if (trimmed === "*") return { ...NOTHING, cancelled: true };
  if (trimmed === "" || trimmed === "=") return emptyMessage(mechanism);
  const decodedPlain = mechanism === "PLAIN" ? readWrittenOut(text) : null;
  if (decodedPlain) return decodedPlain;
  if (isMask(trimmed)) return { ...NOTHING, masked: true };
  const decoded = decodeBase64(text);
  if (!decoded.ok) return { ...NOTHING, problem: "base64", secret: whole(text, STARS) };
  const content = binaryString(decoded.bytes);
  const message = readDecoded(mechanism, step, text, content);
  return isMask(content) ? { ...NOTHING, masked: true, user: message.user } : message;
}

function readDecoded(mechanism: string | null, step: number, text: string, content: string): SaslMessage {
  switch (mechanism) {
    case "PLAIN":
      return readPlain(text, content);
    case "LOGIN":
      return readLogin(step, text, content);
    case "CRAM-MD5":
      return readCram(text, content);
    case "DIGEST-MD5":
      return readDigest(text, content);
    case "XOAUTH2":
    case "OAUTHBEARER":
      return readBearer(text, content);
    case "NTLM":
      return readNtlm(text, content);
    case "ANONYMOUS":
    case "EXTERNAL":
      return readName(text, content);
    default:
      if (mechanism?.startsWith("SCRAM-")) return readScram(text, content);
      return { ...NOTHING, secret: whole(text, STARS) };
  }
}

/** True if a text stands in the place of a secret: "****", "xxxx", "<redacted>", "[credentials hidden]" and the like. */
export function isMask(text: string): boolean {
  const bare = text.trim();
  if (bare === "") return false;
  if (/^(?:\*{2,}|x{3,}|X{3,}|\.{3,}|…+|•+|█+|-{3,}|_{3,}|0{8,})$/.test(bare)) return true;
  if (/^(?:\/\*.{0,40}\*\/|[[<({].{0,60}[\])}>])$/.test(bare))
    return /hid|redact|secre|secur|remov|mask|passw|credential|omit|crypt/i.test(bare);
  return /^(?:PROVIDED_BUT_REMOVED|REDACTED|HIDDEN|MASKED|REMOVED|SECRET REMOVED)$/i.test(bare);
}

function emptyMessage(mechanism: string | null): SaslMessage {
  if (mechanism === "PLAIN") return { ...NOTHING, problem: "plain-structure" };
  return NOTHING;
}

/** swaks --auth-plaintext: PLAIN decoded, with the NULs written as a backslash and a zero. */
function readWrittenOut(text: string): SaslMessage | null {
  const first = text.indexOf("\\0");
  const second = first === -1 ? -1 : text.indexOf("\\0", first + 2);
  if (second === -1) return null;
  const password = text.slice(second + 2);
  return {
    ...NOTHING,
    user: text.slice(first + 2, second),
    masked: true,
    secret: password === "" || isMask(password) ? null : { from: second + 2, to: text.length, mask: STARS },
  };
}

function readPlain(text: string, content: string): SaslMessage {
  const parts = content.split("\0");
  const [authzid = "", user = "", password = ""] = parts;
  if (parts.length !== 3 || user === "" || password === "") {
    return { ...NOTHING, problem: "plain-structure", secret: content.length > 0 ? whole(text, STARS) : null };
  }
  return {
    ...NOTHING,
    masked: isMask(password),
    user: utf8(user),
    problem: strayBlanks(user) || strayBlanks(password) ? "stray-blanks" : null,
    secret: isMask(password) ? null : whole(text, encoded(`${authzid}\0${user}\0${STARS}`)),
  };
}

function readLogin(step: number, text: string, content: string): SaslMessage {
  if (step === 0) return readName(text, content);
  return { ...NOTHING, problem: strayBlanks(content) ? "stray-blanks" : null, secret: whole(text, encoded(STARS)) };
}

/** A user name alone. What holds control characters is none: it may be the data of another mechanism, password and all. */
function readName(text: string, content: string): SaslMessage {
  const user = utf8(content);
  if (/[\u0000-\u001f\u007f\ufffd]/.test(user.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "")))
    return { ...NOTHING, problem: "unreadable", secret: whole(text, STARS) };
  return { ...NOTHING, user, problem: strayBlanks(content) ? "stray-blanks" : null };
}

function readCram(text: string, content: string): SaslMessage {
  const match = /^(.*) ([0-9a-f]{32})$/is.exec(content);
  if (!match) return { ...NOTHING, problem: "cram-structure", secret: whole(text, STARS) };
  const [, user = "", digest = ""] = match;
  const masked = isMask(digest);
  return {
    ...NOTHING,
    masked,
    user: utf8(user),
    secret: masked ? null : whole(text, encoded(`${user} ${"0".repeat(32)}`)),
  };
}

function readDigest(text: string, content: string): SaslMessage {
  const user = /(?:^|,)\s*username="([^"]*)"/.exec(content)?.[1] ?? null;
  const response = /((?:^|,)\s*response=)([0-9a-f]{32})/i.exec(content);
  // The last message of the client (RFC 2831 §2.1.3) is empty and carries nothing.
  if (!response) return { ...NOTHING, user: user === null ? null : utf8(user), secret: null };
  const masked = isMask(response[2] as string);
  const at = response.index + (response[1] as string).length;
  const mask = encoded(content.slice(0, at) + "0".repeat(32) + content.slice(at + 32));
  return { ...NOTHING, masked, user: user === null ? null : utf8(user), secret: masked ? null : whole(text, mask) };
}

function readBearer(text: string, content: string): SaslMessage {
  const user = /(?:^|\x01)user=([^\x01]*)/.exec(content)?.[1] ?? /^n,a=([^,]*),/.exec(content)?.[1] ?? null;
  const token = /(\x01auth=Bearer )([^\x01]*)/i.exec(content);
  // The dummy answer behind an error (RFC 7628 §3.2.3) is the octet 01 alone.
  if (!token) {
    if (content === "\x01") return NOTHING;
    return { ...NOTHING, problem: "bearer-structure", secret: whole(text, STARS) };
  }
  const masked = isMask(token[2] as string);
  const at = token.index + (token[1] as string).length;
  const mask = encoded(content.slice(0, at) + STARS + content.slice(at + (token[2] as string).length));
  return { ...NOTHING, masked, user: user === null ? null : utf8(user), secret: masked ? null : whole(text, mask) };
}

/** NTLM messages ([MS-NLMP] 2.2.1): type 3 carries the response to the challenge, and the user name in UTF-16. */
function readNtlm(text: string, content: string): SaslMessage {
  if (!content.startsWith("NTLMSSP\0")) return { ...NOTHING, secret: whole(text, STARS) };
  if (content.charCodeAt(8) !== 3) return NOTHING;
  const length = content.charCodeAt(36) | (content.charCodeAt(37) << 8);
  const offset = content.charCodeAt(40) | (content.charCodeAt(41) << 8);
  const raw = content.slice(offset, offset + length);
  const user = raw.length > 1 && raw[1] === "\0" ? raw.replace(/\0/g, "") : raw;
  return { ...NOTHING, user: user === "" ? null : user, secret: whole(text, STARS) };
}

/** SCRAM (RFC 5802 §5): the first message names the user, the final one carries the proof. */
function readScram(text: string, content: string): SaslMessage {
  const user = /^[nyp][^,]*,(?:a=[^,]*)?,n=([^,]*),/.exec(content)?.[1];
  const proof = /,p=([^,]+)$/.exec(content);
  if (!proof && user === undefined) return { ...NOTHING, secret: whole(text, STARS) };
  if (!proof)
    return {
      ...NOTHING,
      user: utf8(user ?? "")
        .replace(/=2C/g, ",")
        .replace(/=3D/g, "="),
    };
  const masked = isMask(proof[1] as string);
  const mask = encoded(`${content.slice(0, proof.index)},p=${STARS}`);
  return { ...NOTHING, masked, secret: masked ? null : whole(text, mask) };
}

function whole(text: string, mask: string): SaslMessage["secret"] {
  const from = text.length - text.trimStart().length;
  return { from, to: from + text.trim().length, mask };
}

function encoded(content: string): string {
  return encodeBase64(binaryBytes(content));
}

function strayBlanks(value: string): boolean {
  return value !== "" && /^[ \t\r\n]|[ \t\r\n]$/.test(value);
}

function utf8(content: string): string {
  return new TextDecoder("utf-8").decode(binaryBytes(content));
}
