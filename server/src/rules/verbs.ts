/** Verbs of RFC 5321 §4.1 and LMTP (RFC 2033 §4.1), which need no announcement. */
const BASE = ["EHLO", "HELO", "LHLO", "MAIL", "RCPT", "DATA", "RSET", "VRFY", "EXPN", "HELP", "NOOP", "QUIT"];

/** Verbs of RFC 821 that RFC 5321 App. F.6 advises against. */
export const OBSOLETE_VERBS: ReadonlySet<string> = new Set(["SEND", "SOML", "SAML", "TURN"]);

/** Verb → EHLO keyword that announces it, with the RFC that says so. */
export const EXTENSION_VERBS: ReadonlyMap<string, { readonly keyword: string; readonly reference: string }> = new Map([
  ["AUTH", { keyword: "AUTH", reference: "RFC 4954 §3" }],
  ["STARTTLS", { keyword: "STARTTLS", reference: "RFC 3207 §2" }],
  ["BDAT", { keyword: "CHUNKING", reference: "RFC 3030 §2" }],
  ["BURL", { keyword: "BURL", reference: "RFC 4468 §3" }],
  ["ETRN", { keyword: "ETRN", reference: "RFC 1985 §3" }],
  ["ATRN", { keyword: "ATRN", reference: "RFC 2645 §5" }],
]);

/** Verbs by private agreement that servers know without an X (Postfix XCLIENT README and others). */
const PRIVATE = ["XCLIENT", "XFORWARD", "XEXCH50", "XADR", "XSTA", "XCIR", "XGEN"];

const KNOWN: ReadonlySet<string> = new Set([...BASE, ...OBSOLETE_VERBS, ...EXTENSION_VERBS.keys(), ...PRIVATE]);

/** True for a verb of SMTP, LMTP or a registered extension, in upper case. */
export function isKnownVerb(verb: string): boolean {
  return KNOWN.has(verb);
}

/** True for a verb that begins with X, free for private use (RFC 5321 §4.1.5). */
export function isPrivateVerb(verb: string): boolean {
  return /^X/.test(verb);
}

const HTTP = /^(?:GET|POST|PUT|HEAD|DELETE|OPTIONS|PATCH|TRACE|CONNECT)[ \t]+\S/i;
const TLS_HELLO = /^(?:\u0016\u0003[\u0000-\u0004]|\\x16\\x03)/;
const OTHER = /^(?:SSH-\d|PRI \* HTTP\/2|INVITE sip:|REGISTER sip:)/i;

/** Names the protocol that a line belongs to instead of SMTP; null where it does not look like one. */
export function foreignProtocol(line: string): "HTTP" | "TLS" | "octets" | "other" | null {
  if (HTTP.test(line))
    return /HTTP\/\d|^(?:GET|POST|PUT|HEAD|CONNECT|OPTIONS)[ \t]+(?:\/|\*|https?:)/i.test(line) ? "HTTP" : null;
  if (TLS_HELLO.test(line)) return "TLS";
  // Captures print what is no text as dots.
  if (/^\.{16}/.test(line)) return "octets";
  return OTHER.test(line) ? "other" : null;
}

const WITHOUT_ARGUMENT = new Set(["DATA", "RSET", "QUIT", "STARTTLS", "TURN"]);

/** Verbs that take no argument (RFC 5321 §4.1.1.4, §4.1.1.5, §4.1.1.10; RFC 3207 §4). */
export function takesNoArgument(verb: string): boolean {
  return WITHOUT_ARGUMENT.has(verb);
}

/** Edits to turn one word into the other, at most 2 counted, else 3: enough to spot a typing mistake in a verb. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let previous = Array.from({ length: b.length + 1 }, (_, k) => k);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = a[i - 1] === b[j - 1] ? 0 : 1;
      row.push(Math.min((previous[j] as number) + 1, (row[j - 1] as number) + 1, (previous[j - 1] as number) + swap));
    }
    previous = row;
  }
  return Math.min(3, previous[b.length] as number);
}

/** The known verb that a misspelt one is nearest to; undefined where none is near or several are. */
export function nearestVerb(verb: string): string | undefined {
  return nearestOf(verb, KNOWN);
}

/** The word of a list that a misspelt one, in upper case, is nearest to; undefined where none is near or several are. */
export function nearestOf(verb: string, known: Iterable<string>): string | undefined {
  if (verb.length < 3 || verb.length > 10) return undefined;
  let best: string | undefined;
  let bestDistance = 3;
  let tied = false;
  for (const candidate of known) {
    const d = swapped(verb, candidate) ? 1 : distance(verb, candidate);
    if (d < bestDistance) {
      best = candidate;
      bestDistance = d;
      tied = false;
    } else if (d === bestDistance) {
      tied = true;
    }
  }
  return tied || bestDistance > (verb.length > 4 ? 2 : 1) ? undefined : best;
}

function swapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const at = [...a].findIndex((char, k) => char !== b[k]);
  return at !== -1 && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
