import type { BounceRecipient } from "./bounceRecipient.js";
import { codesOf, permanence } from "./codes.js";
import { firstField } from "./header.js";
import type { MessageLines } from "./lines.js";
import { rangeSpan } from "./lines.js";
import { decodeText, isEncoded } from "./transfer.js";
import type { Message, Part } from "./tree.js";

/** A paragraph names an address when it begins like one of these; the address is the first group. */
const OPENINGS: readonly RegExp[] = [
  // Postfix: `<bob@example.net>: host mx said: 550 …`; qmail: `<bob@example.net>:` and the reason below.
  /^<([^<>\s]{3,320})>(?: \([^()]{0,100}\))?:/,
  // Exim: two blanks and the address alone; sendmail: the address alone.
  /^ {0,4}<?([^<>\s@:()"']{1,64}@[A-Za-z0-9.\-[\]:]{1,255}[A-Za-z0-9\]])>?\s*(?:\(generated from .{0,200}\))?$/,
  // sendmail's own words: `550 5.1.1 <bob@example.net>... User unknown`.
  /^[45]\d\d (?:[45]\.\d{1,3}\.\d{1,3} )?<?([^<>\s]{1,64}@[^<>\s]{1,255}?)>?\.\.\. /,
  // Exchange and others: `bob@example.net on Mon, …` or `bob@example.net<mailto:…>`.
  /^ {0,6}([^<>\s@:()"']{1,64}@[A-Za-z0-9.-]{1,255})(?: on |<mailto:|: | - )/,
];

const HOST =
  /\b(?:host|while talking to|server|from)\s+(?=[A-Za-z0-9-]{1,63}[.[])([A-Za-z0-9](?:[A-Za-z0-9.-]{0,253}[A-Za-z0-9])?)(?=[\s[:(.]|$)/i;
const LOOSE_ADDRESS = /([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}[A-Za-z0-9])/;
const MAX_LINES = 400;
const MAX_PARAGRAPH = 14;

/**
 * Recipients that a notice without machine-readable part names, in the words of Postfix, sendmail, Exim, qmail and their
 * like: the address opens a paragraph, the reason follows. Reads the first 400 lines.
 */
export function classicRecipients(message: Message, part: Part): BounceRecipient[] {
  const lines = noticeLines(message, part);
  const end = noticeEnd(lines);
  const found = new Map<string, BounceRecipient>();
  let talkingTo: string | undefined;
  let said = "";
  for (let line = 0; line < end; line++) {
    const text = lines.text(line);
    talkingTo = /while talking to ([^\s:]{1,255})/.exec(text)?.[1]?.replace(/\.$/, "") ?? talkingTo;
    if (text.startsWith("<<< ")) said = text.slice(4);
    const address = openingAddress(text);
    if (address === undefined) continue;
    const to = paragraphEnd(lines, line, end);
    const reason = reasonOf(lines, line, to, address) || said;
    const old = found.get(address.toLowerCase());
    const next = recipient(address, reason, talkingTo, rangeSpan(lines, { from: line, to }));
    if (old === undefined || (old.code === undefined && next.code !== undefined))
      found.set(address.toLowerCase(), next);
  }
  if (found.size === 1) return [completed([...found.values()][0] as BounceRecipient, lines, end)];
  if (found.size === 0) return looseRecipients(message, lines, end);
  return [...found.values()].filter((item) => item.text !== "" || item.code !== undefined);
}

/** Lines of a notice as a person reads them: decoded where the part is encoded, with places as near as they can be known. */
function noticeLines(message: Message, part: Part): MessageLines {
  const { lines } = message;
  if (!isEncoded(part)) {
    const count = Math.max(0, part.endLine - part.bodyLine);
    const at = (line: number): number => part.bodyLine + line;
    return { count, text: (line) => lines.text(at(line)), offset: (line, column) => lines.offset(at(line), column) };
  }
  const decoded = decodeText(lines, part, 256 * 1024);
  const texts = decoded.text.split(/\r\n|\n|\r/);
  const starts: number[] = [];
  let bytes = 0;
  for (const text of texts) {
    starts.push(bytes);
    bytes += utf8Length(text) + 2;
  }
  const offset = (line: number, column: number): number => {
    const place = decoded.body.place((starts[line] ?? 0) + column);
    return lines.offset(place.line, place.column);
  };
  return { count: texts.length, text: (line) => texts[line] ?? "", offset };
}

function noticeEnd(lines: MessageLines): number {
  const most = Math.min(lines.count, MAX_LINES);
  let line = 0;
  while (line < most && !isCopy(lines.text(line))) line++;
  return line;
}

/** A single recipient whose reason stands in another paragraph: take the whole notice behind the address. */
function completed(item: BounceRecipient, lines: MessageLines, end: number): BounceRecipient {
  if (item.code !== undefined || item.status !== undefined) return item;
  const all: string[] = [];
  let behind = false;
  for (let line = 0; line < end; line++) {
    const text = lines.text(line);
    behind ||= text.includes(item.address);
    if (behind) all.push(text.trim());
  }
  const text = all
    .join(" ")
    .replace(/\s+/g, " ")
    .replace(item.address, "")
    .replace(/^[<>:.\s]+/, "")
    .slice(0, 600);
  return recipient(item.address, text, item.server, item.span);
}

/** No paragraph opens with an address: a field of the header may name it, or a line that also says what is wrong. */
function looseRecipients(message: Message, lines: MessageLines, end: number): BounceRecipient[] {
  const named = firstField(message.root.header, "x-failed-recipients")?.text.split(",")[0]?.trim();
  for (let line = 0; line < end; line++) {
    const text = lines.text(line);
    const address = LOOSE_ADDRESS.exec(text)?.[1];
    const speaks = codesOf(text).code !== undefined || REASON.test(text);
    if ((address !== undefined && speaks) || (named !== undefined && text.includes(named))) {
      const to = paragraphEnd(lines, line, end);
      const words = reasonWords(lines, line, to);
      const span = rangeSpan(lines, { from: line, to });
      return [completed(recipient(named ?? (address as string), words, undefined, span), lines, end)];
    }
  }
  return [];
}

const REASON =
  /unknown user|user unknown|no such user|not exist|not found|quota|full|undeliverable|could not be delivered|invalid address|rejected|unable to deliver/i;

/** The copy of the original message begins: what follows is no notice any more. */
export function isCopy(text: string): boolean {
  return /^[- ]{2,}.{0,60}(?:copy of (?:the|your) message|original message|message header|below this line|returned message)|^(?:Received|Return-Path):|^Original message follows/i.test(
    text,
  );
}

function openingAddress(text: string): string | undefined {
  for (const opening of OPENINGS) {
    const address = opening.exec(text)?.[1];
    if (address?.includes("@")) return address;
  }
  return undefined;
}

function paragraphEnd(lines: MessageLines, from: number, to: number): number {
  let end = from + 1;
  while (end < to && end < from + MAX_PARAGRAPH) {
    const text = lines.text(end);
    if (text.trim() === "" || openingAddress(text) !== undefined || isCopy(text)) break;
    end++;
  }
  return end;
}

function reasonOf(lines: MessageLines, from: number, to: number, address: string): string {
  const text = reasonWords(lines, from, to);
  const at = text.indexOf(address);
  const before = text.slice(0, at).trim().replace(/<$/, "");
  const after = text.slice(at + address.length).replace(/^[>:.\s]+/, "");
  return /^[45]\d\d/.test(before) ? `${before} ${after}`.trim() : after;
}

function reasonWords(lines: MessageLines, from: number, to: number): string {
  const words: string[] = [];
  for (let line = from; line < to; line++) words.push(lines.text(line).trim());
  return words.join(" ").replace(/\s+/g, " ");
}

function recipient(
  address: string,
  text: string,
  talkingTo: string | undefined,
  span: BounceRecipient["span"],
): BounceRecipient {
  const { code, status } = codesOf(text);
  const permanent = permanence(status, code) ?? permanentByWords(text);
  const server = HOST.exec(text)?.[1] ?? talkingTo;
  return { address, action: undefined, code, status, text, server, permanent, span };
}

function permanentByWords(text: string): boolean | undefined {
  if (/permanent|unknown user|user unknown|no such user|not exist/i.test(text)) return true;
  return /delayed|will (?:be )?retr|still being|temporar/i.test(text) ? false : undefined;
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
