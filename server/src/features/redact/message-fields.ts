import type { Field } from "../../message/header.js";
import { readParameters } from "../../message/params.js";
import { binaryBytes, binaryString, decodeBase64, encodeBase64 } from "../../protocol/base64.js";
import { ENCODED_WORD, maskBase64, maskEncodedWords } from "./encoded-words.js";
import { Overlay } from "./overlay.js";
import { maskText } from "./pseudonyms.js";
import { addressesIn, type WordRedactor } from "./words.js";

const ADDRESSES =
  /^(?:(?:resent-)?(?:from|to|cc|bcc|sender|reply-to)|return-path|delivered-to|x-original-to|x-original-from|errors-to|mail-followup-to|mail-reply-to|disposition-notification-to|return-receipt-to|list-id|list-owner|organi[sz]ation|x-sender|x-envelope-(?:from|to)|x-failed-recipients)$/;
const SUBJECTS = /^(?:subject|x-original-subject|thread-topic|comments|keywords)$/;
const SIGNATURES = /^(?:dkim-signature|domainkey-signature|x-google-dkim-signature|arc-seal|arc-message-signature)$/;
const IDS =
  /^(?:(?:resent-)?message-id|in-reply-to|references|content-id|thread-index|original-message-id|feedback-id|x-.{0,60}(?:message|queue|mailer|campaign|user|tracking|sender|recipient|transaction|correlation)-?id)$/;
/** Words in address fields that name a system, not a person. */
const SYSTEM = /MAILER-DAEMON|undisclosed-recipients|postmaster/gi;
/** Descriptions that mail systems give the parts of a report. */
const REPORT_DESCRIPTION = /^(?:Notification|Delivery report|Undelivered Message(?: Headers)?|Message Headers)$/i;
/** Keys, pictures and scores in private fields. */
const BLOB = /[A-Za-z0-9+/]{40,}={0,2}/g;
const SHORT_BASE64 = /(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{8,400}={0,2}/g;
const URL_PATH = /\bhttps?:\/\/[^\s<>"/?]{1,300}([/?][^\s<>"]*)/gi;
const MAILTO_QUERY = /\bmailto:[^\s<>"?]{1,300}\?([^\s<>"]*)/gi;
const RECEIVED_HOST = /\b(?:from|by|helo=|EHLO|HELO)[ \t]?([A-Za-z][\w-]{1,62})(?![\w.:@-])/g;
const LOGIN = /\b(?:authenticated (?:as|sender:?)|smtp\.auth=|auth_?id=)[ \t]*([\w.+-]{2,64})/gi;
const NO_HOST = /^(?:localhost|unknown|userid|uid|network|root|local|with|for|id|invoked|mail|http|https|esmtp|smtp)$/i;

/** Puts the stand-ins of a header field's value into the overlay; its name, its folds and its structure stay. */
export function redactField(field: Field, words: WordRedactor, overlay: Overlay): void {
  const { value, key } = field;
  const { text } = value;
  const draft = new Overlay(text);
  rewriteValue(key, text, words, draft);
  const parameters = /^content-(?:type|disposition)$/.test(key) && words.options.bodies;
  if (parameters) maskFileNames(field, draft);
  const result = draft.apply();
  for (let k = 0; k < text.length; k++) {
    if (result[k] !== text[k]) overlay.put(value.offset(k), result[k] as string);
  }
  // Encoded words and subjects are masked as a whole: what was found in their letters by chance is undone.
  const whole = words.options.subjects && isSubject(key, text) ? /.+/gs : ENCODED_WORD;
  for (const match of text.matchAll(whole)) {
    for (let k = match.index; k < match.index + match[0].length; k++)
      overlay.exact(value.offset(k), result[k] as string);
  }
}

function rewriteValue(key: string, text: string, words: WordRedactor, draft: Overlay): void {
  const { options, pseudonyms } = words;
  if (options.subjects && isSubject(key, text)) {
    draft.put(0, maskEncodedWords(text));
    return;
  }
  if (SIGNATURES.test(key)) maskSignature(text, draft);
  const plain = text.replace(ENCODED_WORD, (word) => " ".repeat(word.length));
  if (options.addresses && ADDRESSES.test(key)) maskNames(plain, draft);
  if (options.addresses || options.subjects) maskWords(text, draft);
  if (options.ids || options.addresses) maskLinks(plain, draft);
  if (options.ids && IDS.test(key)) draft.put(0, pseudonyms.replaceRuns(plain));
  if (options.ids && !key.startsWith("content-")) {
    for (const match of plain.matchAll(BLOB)) draft.put(match.index, maskBase64(match[0]));
    if (/^(?:arc-)?authentication-results/.test(key)) maskPrefixes(plain, draft);
  }
  if (key === "received" || key === "x-received") redactReceived(plain, words, draft);
  if (!key.startsWith("content-")) redactShortBase64(plain, words, draft);
  for (const { at, text: stand } of words.find(plain)) draft.put(at, stand);
}

function isSubject(key: string, text: string): boolean {
  return SUBJECTS.test(key) || (key === "content-description" && !REPORT_DESCRIPTION.test(text.trim()));
}

/** Masks what stands in an address field beside the addresses: names, comments, groups. */
function maskNames(text: string, draft: Overlay): void {
  let rest = text;
  const blank = (pattern: RegExp): void => {
    rest = rest.replace(pattern, (part) => " ".repeat(part.length));
  };
  blank(/<[^<>]*>/g);
  for (const { index, address } of addressesIn(rest)) {
    rest = rest.slice(0, index) + " ".repeat(address.length) + rest.slice(index + address.length);
  }
  blank(SYSTEM);
  for (const match of rest.matchAll(/\S+/g)) draft.put(match.index, maskText(match[0]));
}

function maskWords(text: string, draft: Overlay): void {
  for (const match of text.matchAll(ENCODED_WORD)) draft.put(match.index, maskEncodedWords(match[0]));
}

/** Paths and queries of links carry ids of readers. */
function maskLinks(text: string, draft: Overlay): void {
  for (const pattern of [URL_PATH, MAILTO_QUERY]) {
    for (const match of text.matchAll(pattern)) {
      const inside = match[1] as string;
      draft.put(match.index + match[0].length - inside.length, inside.replace(/%[0-9A-F]{2}|./gi, maskLinkPart));
    }
  }
}

function maskLinkPart(part: string): string {
  return part.length === 3 ? "%78" : maskText(part);
}

/** The signature and the hashes of DKIM and ARC (RFC 6376 §3.5, RFC 8617 §4.1). */
function maskSignature(text: string, draft: Overlay): void {
  for (const match of text.matchAll(/(?:^|;)\s*(?:b|bh)\s*=([^;]*)/g)) {
    const inside = match[1] as string;
    draft.put(match.index + match[0].length - inside.length, maskBase64(inside));
  }
}

/** First characters of signatures in Authentication-Results (RFC 6008). */
function maskPrefixes(text: string, draft: Overlay): void {
  for (const match of text.matchAll(/\bheader\.b="?([A-Za-z0-9+/]{4,64})/g)) {
    const inside = match[1] as string;
    draft.put(match.index + match[0].length - inside.length, maskBase64(inside));
  }
}

/** Hosts without a dot and names of logins in trace fields. */
function redactReceived(text: string, words: WordRedactor, draft: Overlay): void {
  const { options, pseudonyms } = words;
  const replace = (pattern: RegExp): void => {
    for (const match of text.matchAll(pattern)) {
      const word = match[1] as string;
      if (!NO_HOST.test(word)) draft.put(match.index + match[0].length - word.length, pseudonyms.replaceRuns(word));
    }
  };
  if (options.hosts) replace(RECEIVED_HOST);
  if (options.addresses) replace(LOGIN);
}

/** Base64 in private fields that holds an address or a host when it is decoded. */
function redactShortBase64(text: string, words: WordRedactor, draft: Overlay): void {
  for (const match of text.matchAll(SHORT_BASE64)) {
    const decoded = decodeBase64(match[0]);
    if (!decoded.ok) continue;
    const content = binaryString(decoded.bytes);
    const inner = new Overlay(content);
    for (const { at, text: stand } of words.find(content)) inner.put(at, stand);
    const redacted = inner.apply();
    if (redacted !== content) draft.put(match.index, encodeBase64(binaryBytes(redacted)));
  }
}

/** Names of attached files; the ending stays. */
function maskFileNames(field: Field, draft: Overlay): void {
  const { text } = field.value;
  for (const { name, encoded, valueRange } of readParameters(field.value).parameters) {
    if (name !== "name" && name !== "filename") continue;
    draft.put(valueRange.from, maskFileName(text.slice(valueRange.from, valueRange.to), encoded));
  }
}

function maskFileName(value: string, encoded: boolean): string {
  if (value.includes("=?")) return maskEncodedWords(value);
  const ending = /\.[A-Za-z0-9]{1,5}["']?\s*$/.exec(value)?.[0] ?? "";
  const stem = value.slice(0, value.length - ending.length);
  const head = encoded ? (/^"?[\w.-]*'[\w-]*'/.exec(stem)?.[0] ?? "") : "";
  return head + stem.slice(head.length).replace(/%[0-9A-F]{2}|[^%]+|%/gi, maskEscaped) + ending;
}

/** Percent escapes become that of a letter, everything else loses its letters. */
function maskEscaped(part: string): string {
  return part.length === 3 && part.startsWith("%") ? "%78" : maskText(part);
}
