import { parse } from "tldts";
import type { Transcript } from "../../transcript.js";
import { IdFinder } from "../ids.js";
import { maskEncodedWords } from "./encoded-words.js";
import type { RedactOptions } from "./options.js";
import { maskText, type Pseudonyms } from "./pseudonyms.js";

/** Longest local part that is looked for; SRS and VERP addresses exceed the 64 octets of RFC 5321 §4.5.3.1.1. */
const LONGEST_LOCAL_PART = 256;
const LOCAL_PART = /[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\u0080-\uffff-]/;
const DOMAIN = /[A-Za-z0-9_\u0080-\uffff-]{1,63}(?:\.[A-Za-z0-9_\u0080-\uffff-]{1,63}){0,10}/y;
const QUOTED_ADDRESS = /"(?:[^"\\@\r\n]|\\.){1,128}"@[A-Za-z0-9_.\u0080-\uffff-]{1,253}/g;
const HOST = /[A-Za-z0-9_\u0080-\uffff-]{1,63}(?:\.[A-Za-z0-9_\u0080-\uffff-]{1,63}){1,10}/g;
const IPV4 = /(?<![\w.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d-]|\.\d{1,5}\.\d)/g;
const IPV6 =
  /(?:(?<![\w:])|(?<=\bIPv6:))(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}(?![\w:])|(?:(?<![\w:])|(?<=\bIPv6:))(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6})?::(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6})?(?![\w:])/g;
/** Places that only a user name fills: `<user>`, `user=…`, `user@` with nothing behind it, the argument of VRFY. */
const LONE_USER =
  /(?:<|\b(?:user(?:name)?|sasl_username|login|uid|mailbox|account|VRFY|EXPN)["']?[=: ] ?["']?<?)([\w.+-]{2,64})(?=[>\s,;"')\]:]|$)|\b([\w.+-]{2,64})(?=@(?![\w]))/gi;
const NAMED_FIELD =
  /^(?:From|To|Cc|Bcc|Sender|Reply-To|Resent-(?:From|To|Cc|Bcc|Sender)|X-Original-To|Delivered-To)[ \t]*:/i;

/** Names of parameters and of log fields, with the mark that could be part of an address but ends them here. */
const NAME_BEFORE = /^(?:AUTH|ENVID|ORCPT|from|to|user|sender|login|e?mail|sasl_username)=(?=[^=])/i;

/** An address found in a text. */
interface Found {
  readonly index: number;
  readonly address: string;
}

/**
 * The addresses in a text, found from their "@" outwards: the cost grows with the number of "@", not with the length of a
 * line that has none.
 */
export function addressesIn(text: string): Found[] {
  const found: Found[] = [];
  let reached = 0;
  for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", at + 1)) {
    let index = at;
    const first = Math.max(reached, at - LONGEST_LOCAL_PART);
    while (index > first && LOCAL_PART.test(text[index - 1] as string)) index--;
    DOMAIN.lastIndex = at + 1;
    const domain = DOMAIN.exec(text)?.[0];
    if (index === at || domain === undefined) continue;
    reached = at + 1 + domain.length;
    index += NAME_BEFORE.exec(text.slice(index, at))?.[0].length ?? 0;
    found.push({ index, address: text.slice(index, reached) });
  }
  return found;
}

/** A replacement in a text, of the same length. */
export interface Replacement {
  readonly at: number;
  readonly text: string;
}

/** Hosts and ids that are known from elsewhere than the sessions, such as the header fields of a message. */
export interface KnownWords {
  readonly hosts: Iterable<string>;
  readonly ids: Iterable<string>;
}

/** Dotted words of a text that end in a registered or private top-level domain. */
export function hostWords(text: string): string[] {
  return Array.from(text.matchAll(HOST), ([word]) => word.slice(codeBefore(word))).filter(isDomain);
}

/**
 * Finds addresses, hosts, IP addresses and ids in any text and gives their stand-ins. Hosts are found where their
 * organisation's domain is known from the transcript; a dotted word that is no host of it ("TLS1.3", a file name) stays.
 */
export class WordRedactor {
  readonly #domains = new Set<string>();
  readonly #users = new Set<string>();
  readonly #ids: IdFinder;
  readonly #hostWords: ReadonlySet<string>;

  constructor(
    transcript: Transcript,
    readonly options: RedactOptions,
    readonly pseudonyms: Pseudonyms,
    known: KnownWords = { hosts: [], ids: [] },
  ) {
    const hosts = hostsOf(transcript);
    for (const host of known.hosts) hosts.add(host);
    for (const { address } of addressesIn(transcript.source.text)) {
      const at = address.lastIndexOf("@");
      hosts.add(address.slice(at + 1));
      this.#users.add(address.slice(codeBefore(address), at).toLowerCase());
    }
    for (const host of hosts) this.#learn(host);
    this.#hostWords = new Set([...hosts].filter((host) => !host.includes(".")));
    this.#ids = new IdFinder([...queueIds(transcript), ...known.ids]);
  }

  #learn(host: string): void {
    const labels = host.toLowerCase().replace(/\.$/, "").split(".");
    if (labels.length < 2) return;
    const top = labels[labels.length - 1] as string;
    if (/^\d+$/.test(top)) return;
    if (!PRIVATE_TOPS.has(top)) this.pseudonyms.keep(top);
    this.#domains.add(labels.slice(-2).join("."));
  }

  /** Replacements in a text, not overlapping in effect: where two overlap they give the same characters. */
  find(text: string): Replacement[] {
    const found: Replacement[] = [];
    const { options, pseudonyms } = this;
    const add = (at: number, stand: string): void => void found.push({ at, text: stand });
    const addresses = options.addresses || options.hosts || options.ids;
    if (addresses && text.includes("@")) {
      for (const { index, address } of addressesIn(text)) {
        // "\\0user@host": a NUL written out (swaks --auth-plaintext), not part of the name.
        const code = text[index - 1] === "\\" && address.startsWith("0") ? 1 : codeBefore(address);
        add(index + code, this.#address(text, address.slice(code), index + code));
      }
      for (const match of text.matchAll(QUOTED_ADDRESS)) add(match.index, pseudonyms.replaceRuns(match[0]));
    }
    if (options.hosts) {
      for (const match of text.matchAll(HOST)) {
        const code = codeBefore(match[0]);
        if (this.#isHost(match[0])) add(match.index + code, pseudonyms.replaceRuns(match[0].slice(code)));
        else this.#inLongerWord(match[0], match.index, add);
      }
    }
    if (options.ips) {
      for (const match of text.matchAll(IPV4)) if (isIpv4(match[0])) add(match.index, pseudonyms.address(match[0]));
      if (text.includes(":"))
        for (const match of text.matchAll(IPV6))
          if (match[0].length > 2) add(match.index, pseudonyms.address(match[0]));
    }
    if (options.ids) this.#findIds(text, add);
    if (options.addresses) this.#findUsers(text, add);
    if (options.addresses && NAMED_FIELD.test(text)) this.#findDisplayNames(text, add);
    return found;
  }

  /** An address keeps the escapes of xtext ("+2B", RFC 3461 §4) where it stands in ORCPT. */
  #address(text: string, address: string, at: number): string {
    const inXtext = /(?:ORCPT|ENVID|AUTH)=[^ ]*$/i.test(text.slice(Math.max(0, at - 80), at));
    if (!inXtext) return this.pseudonyms.replaceRuns(address);
    return address
      .split(/(\+[0-9A-F]{2})/)
      .map((part, k) => (k % 2 === 1 ? part : this.pseudonyms.replaceRuns(part)))
      .join("");
  }

  /** True if a known domain stands in a dotted word, at its end or before more of it ("example.com.html"). */
  #isHost(word: string): boolean {
    const labels = word.toLowerCase().split(".");
    return labels.some((label, k) => k > 0 && this.#domains.has(`${labels[k - 1]}.${label}`));
  }

  /** A known domain in a word of which the end is not its own, as dumps of octets print it: "mail.example.com0.". */
  #inLongerWord(word: string, offset: number, add: (at: number, stand: string) => void): void {
    const lower = word.toLowerCase();
    for (const domain of this.#domains) {
      const at = lower.indexOf(domain);
      if (at !== -1) add(offset, this.pseudonyms.replaceRuns(word.slice(0, at + domain.length)));
    }
  }

  /** Local parts without their domain, where only a user name can stand. */
  #findUsers(text: string, add: (at: number, stand: string) => void): void {
    for (const match of text.matchAll(LONE_USER)) {
      const user = (match[1] ?? match[2]) as string;
      if (this.#users.has(user.toLowerCase()))
        add(match.index + match[0].indexOf(user), this.pseudonyms.replaceRuns(user));
    }
  }

  #findIds(text: string, add: (at: number, stand: string) => void): void {
    for (const { at, id } of this.#ids.find(text)) add(at, this.pseudonyms.replaceRuns(id));
  }

  /** The words before `<…>` in an address field: names of people. */
  #findDisplayNames(text: string, add: (at: number, stand: string) => void): void {
    const colon = text.indexOf(":") + 1;
    for (const match of text.slice(colon).matchAll(/[^<>,;]+(?=<)|\([^()]*\)/g))
      add(colon + match.index, maskName(match[0]));
  }

  /** True for a host named without a dot at a place that only holds hosts (the argument of EHLO). */
  isLoneHost(word: string): boolean {
    return this.#hostWords.has(word);
  }
}

/** Length of what ends in a reply code glued before a word, as in "250-mail.example.com" (captures put more before it). */
function codeBefore(word: string): number {
  let length = 0;
  for (const match of word.matchAll(/(?:^|\.)[2-5][0-5]\d-/g)) length = match.index + match[0].length;
  return length;
}

/** Names keep the structure of encoded words. */
function maskName(name: string): string {
  return name.includes("=?") ? maskEncodedWords(name) : maskText(name);
}

function isIpv4(text: string): boolean {
  return text.split(".").every((part) => Number(part) <= 255);
}

function hostsOf(transcript: Transcript): Set<string> {
  const hosts = new Set<string>();
  const add = (host: string | null | undefined): void => {
    if (host && /^[\w.\u0080-\uffff-]{2,253}$/.test(host) && !/^[\d.]+$/.test(host)) hosts.add(host);
  };
  for (const session of transcript.sessions) {
    add(session.remote?.host);
    add(session.greeting?.text.split(/[ \t]/)[0]);
    for (const exchange of session.exchanges) {
      if (exchange.verb === "EHLO" || exchange.verb === "HELO" || exchange.verb === "LHLO") {
        add(exchange.command?.argument);
        add(exchange.reply?.lines[0]?.text.split(/[ \t]/)[0]);
      }
    }
  }
  for (const match of transcript.source.text.matchAll(/\b([\w-]{1,63}(?:\.[\w-]{1,63}){1,10})[ ]?[[(]\d{1,3}\.\d/g))
    add(match[1]);
  for (const match of transcript.source.text.matchAll(
    /\b(?:from|by|host|to|for|CN ?=|HELO=|helo=<|NAME=|Name:)[ ]?([\w-]{1,63}(?:\.[\w-]{1,63}){1,10})\b/g,
  ))
    add(match[1]);
  for (const wire of transcript.wire) {
    if (!wire.text.includes(".")) continue;
    // What a tool prints has many dotted words that are no hosts; a list in quotes, as of a server's own domains, has few.
    const text = wire.speaker === "tool" ? quotedIn(wire.text) : wire.text;
    for (const match of text.matchAll(HOST)) {
      const word = match[0].slice(codeBefore(match[0]));
      if (!hosts.has(word) && isDomain(word)) hosts.add(word);
    }
  }
  return hosts;
}

function quotedIn(text: string): string {
  return text.includes('"') ? Array.from(text.matchAll(/"([^"]{1,500})"/g), ([, inside]) => inside).join(" ") : "";
}

/** Endings of file names that are also country codes: no sign of a domain by themselves. */
const FILE_ENDINGS = new Set("py pm pl sh so rs md cc cf am ps zip mov".split(" "));
/** Top-level names that are no public suffix and still name hosts (RFC 2606, RFC 6762, RFC 9476, common practice). */
const PRIVATE_TOPS = new Set("test example invalid local localdomain lan internal corp home intranet arpa".split(" "));

function isDomain(word: string): boolean {
  const top = word.slice(word.lastIndexOf(".") + 1).toLowerCase();
  if (FILE_ENDINGS.has(top) || /^\d/.test(top)) return false;
  return PRIVATE_TOPS.has(top) || parse(word).isIcann === true;
}

/** Queue ids outside of sessions: where servers say "queued as", Exim's by their shape, Postfix' at the head of a log line. */
const PRINTED_IDS =
  /\bqueued as:? ?<?([A-Za-z0-9][\w-]{5,63})|(?<![\w-])([A-Za-z0-9]{6}-[A-Za-z0-9]{6}(?:[A-Za-z0-9]{5})?-[A-Za-z0-9]{2}(?:[A-Za-z0-9]{2})?)(?![\w-])|\bpostfix[\w/-]{0,60}\[\d{1,10}\]: ([0-9A-Za-z]{6,20}):/g;

function queueIds(transcript: Transcript): string[] {
  const ids = new Set<string>();
  for (const session of transcript.sessions)
    for (const { queueId } of session.transactions) if (queueId) ids.add(queueId);
  for (const { queueId } of transcript.deliveries) if (queueId) ids.add(queueId);
  for (const match of transcript.source.text.matchAll(PRINTED_IDS)) {
    const id = match[1] ?? match[2] ?? match[3];
    if (id && /\d/.test(id)) ids.add(id);
  }
  return [...ids];
}
