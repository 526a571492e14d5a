import { argumentsAt, valueAt } from "./printed-values.js";

/** A secret outside of the dialogue: in a command line, a setting, a program, a URL. */
export interface PrintedSecret {
  readonly at: number;
  readonly length: number;
  /** True where it is certain enough, and odd enough, to be looked for everywhere else. */
  readonly telling: boolean;
}

type Add = (from: number, to: number, certain: boolean) => void;

/** Options of swaks, curl, msmtp and others whose value is a secret. */
const OPTIONS =
  /(?:^|[\s"'])(?:-ap|-xp|--?(?:auth|smtp|proxy)?-?(?:pass(?:word|wd|phrase)?|pwd)|--oauth2-bearer|--(?:auth|access|api)?-?token|--client-secret|--api-key)(?:[ \t]+|=)(?=\S)/gim;
/** Options of curl whose value is user and password. */
const USER_OPTIONS = /(?:^|[\s"'])(?:--(?:proxy-)?user(?:[ \t]+|=)|-[uU][ \t]?)(?=\S)/gm;
/** Names that end in a word for a secret, with the mark behind them that gives them a value. */
const ASSIGNMENTS =
  /(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|access[_-]?key)\\?["']?\]?(?:[ \t]{0,20}(?:=>|:=|=|:)[ \t]{0,20}|\\?["']?,[ \t]?(?=["']))(?=\S)/gi;
const IN_WORDS = /\b(?:password|passwd|pwd|token|secret)(?: is| was)[ \t]+(?=\S)/gi;
/** What a person typed at a prompt, alone on its line, and what a server says it was given. */
const PROMPTS =
  /^(?:[\w .'@()[\]-]{0,60}[ (])?pass(?:word|phrase)(?: for [^:\r\n]{1,100})?:[ \t]{0,4}(\S{1,256})[ \t]*$|\bgiven password: ([^\s)]{1,256})/gim;
const ELEMENTS = /<(?:\w{1,20}:)?[\w.-]{0,40}(?:pass(?:word|wd|phrase)?|secret|token)>([^<\r\n]{1,300})</gi;
const POWERSHELL = /\bConvertTo-SecureString[ \t]+(?:-String[ \t]+)?(?=\S)/gi;
/** Keys of TLS sessions: `openssl s_client`, and the log of keys that NSS defined. */
const TLS_KEYS =
  /\b(?:Resumption PSK|Master-Key)[ \t]*: ?([0-9A-Fa-f]{16,512})|^(?:CLIENT_RANDOM|[A-Z_]{1,40}_SECRET(?:_\d)?)[ \t]+[0-9A-Fa-f]{64}[ \t]+([0-9A-Fa-f]{32,256})/gm;
/** Lines of msmtp, netrc and fetchmail. */
const SETTINGS = /(?:^[ \t]*|\blogin[ \t]+\S{1,200}[ \t]+)(?:password(?:eval)?|passwd)[ \t]+(?=\S)/gim;
const URLS = /\b[a-z][a-z0-9+.-]{1,30}:\/\/[^\s/?#:"'<>]{0,256}:(?=[^\s/"'<>])/gi;
const HEADERS = /\b(?:Authorization:[ \t]*(?:Basic|Bearer|Digest|Negotiate|NTLM)|auth=Bearer|Cookie:)[ \t]+(?=\S)/gi;
/** Postfix' password maps: `[host]:587 user:password`. */
const PASSWORD_MAP =
  /^[ \t]*(?:\[[\w.-]{1,255}\]|[\w-]{1,63}(?:\.[\w-]{1,63}){0,10}\.[A-Za-z]{2,63})(?::\d{1,5})?[ \t]+[^\s:]{1,256}:(?!\/\/)(\S{4,256})[ \t]*$/gm;
/** Exim's: `host:user:password`, and its authenticators. */
const EXIM_MAP =
  /^[\w-]{1,63}(?:\.[\w-]{1,63}){0,10}\.[A-Za-z]{2,63}:[^\s:]{1,256}:(?=[^\s:]*[^\s:\d])([^\s:]{4,256})[ \t]*$/gm;
const EXIM_SEND = /\bclient_send[ \t]*=[^\r\n]{0,500}[\^:][ \t]*([^\s^:]{1,256})[ \t]*$/gm;
const SENDMAIL_MAP = /"P[:=]([^"\r\n]{1,256})"/g;
const PASSWORD_FILE =
  /\{(?:PLAIN|CLEAR(?:TEXT)?|CRAM-MD5|[A-Z0-9.-]{0,20}CRYPT|S?SHA\d{0,3}|[LS]?MD5|ARGON2\w{0,3})\}([^\s:"']{3,256})/g;
/** NULs as people write them for printf and echo: authzid NUL user NUL password. */
const WRITTEN_NULS =
  /(?:\\0{1,3}|\\x00|\\u0000|%00)(?:(?!\\0|\\x0|\\u0|%00)[^"'\s]){1,256}(?:\\0{1,3}|\\x00|\\u0000|%00)([^"'\r\n]{1,256})/g;
/** What is encoded by hand was a secret. */
const PIPED =
  /\b(?:echo|printf)[ \t]+(?:-\w{1,4}[ \t]+){0,3}(?=\S)(?=[^|\r\n]{1,1000}\|[ \t]*(?:openssl[ \t]+(?:enc[ \t]+-)?)?base64\b)/g;
const ENCODERS =
  /\b(?:(?:urlsafe_|strict_|standard_)?b(?:ase)?64_?encode(?:64)?|encode_base64|strict_encode64|btoa|encodebytes)[ \t]*\([ \t]*(?=\S)/gi;
/** POP3 and IMAP, typed by habit or recorded beside: `PASS secret`, `a1 LOGIN user secret`. */
const OTHER_PROTOCOLS =
  /(?:^|[:>\]][ \t]*|[ \t]{2,})(?:PASS|(?:[A-Za-z]{0,3}\d{1,6}[ \t]+)?LOGIN[ \t]+(?:"[^"\r\n]{1,256}"|(?!PLAIN|CRAM|DIGEST|NTLM|GSSAPI|XOAUTH)[^\s"]{1,256}))[ \t]+("[^"\r\n]{1,256}"|[^\s"(]\S{0,255})[ \t]*$/gm;
/** Keys that say what they are: SendGrid, Mailgun, Google, Slack, GitHub, JSON web tokens. */
const KEYS =
  /\b(?:SG\.[\w-]{10,64}\.[\w-]{10,128}|key-[0-9a-f]{32}|ya29\.[\w-]{10,2048}|GOCSPX-[\w-]{8,64}|1\/\/0[\w-]{10,512}|xox[abprs]-[\w-]{10,200}|gh[oprsu]_\w{30,255}|re_\w{20,64}|eyJ[\w-]{8,4096}\.eyJ[\w-]{8,8192}\.[\w-]{8,4096})/g;
const PRIVATE_KEY =
  /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----((?:(?!-----BEGIN )[\s\S]){1,20000}?)(?:-----END |(?=-----BEGIN )|$(?![\s\S]))/g;

/** Calls that log in, and which of their arguments is the secret. */
const CALLS =
  /(?:\b(login|auth|authenticate|PlainAuth|LoginAuth|CRAMMD5Auth|NetworkCredential|PasswordAuthentication|UsernamePasswordCredentials|SaslMechanism\w{1,20}|connect|start|setPassword|password)|\b(credentials|auth)[ \t]*=)[ \t]*\([ \t]*(?=[^\s)])/gi;
const ARGUMENT: Readonly<Record<string, number>> = {
  plainauth: 2,
  connect: 2,
  start: 4,
  setpassword: 0,
  password: 0,
  crammd5auth: 1,
};

/** Words that stand where a secret could, and say that there is none or what it is like. */
const ORDINARY =
  /^(?:is|was|not|incorrect|wrong|invalid|required|authentication|mismatch|expired|failed|for|change|and|or|prompt|command|callback|store|file|yes|no|none|null|nil|undefined|true|false|off|on|empty|missing|hidden|secret|password|passwd|\*+|x+|\.+|-+|<.*|\[.*|\(.*|%s|\$\{?\w+\}?|process\.env\.\w+|getenv.*|os\.environ.*)$/i;

/** Each pattern needs one of these. */
const HINT =
  /pass|PSK|CLIENT_RANDOM|-xp|cookie|pwd|secret|token|key|:\/\/|auth|login|credential|connect|start|base64|b64|btoa|encode|\\[0xu]|%00|\{[A-Z]|[ "'](?:-u|--user|--proxy)|send|"P|:\S{4,256}[ \t]*$|SG\.|ya29|GOCSPX|1\/\/0|xox|gh[oprsu]_|re_|eyJ/im;

/** The secrets that command lines, settings, programs, URLs and notes in a text show. */
export function printedSecrets(text: string): PrintedSecret[] {
  const found: PrintedSecret[] = [];
  if (!HINT.test(text)) return found;
  const add: Add = (from, to, certain) => {
    const secret = text.slice(from, to);
    if (to <= from || ORDINARY.test(secret)) return;
    if (certain || isOdd(secret)) found.push({ at: from, length: to - from, telling: isOdd(secret) });
  };
  for (const match of text.matchAll(KEYS)) add(match.index, match.index + match[0].length, true);
  if (/pass|pwd|secret|token|key|PSK|CLIENT_RANDOM|-xp/i.test(text)) named(text, add);
  if (text.includes("://")) userInfo(text, add);
  values(text, HEADERS, add, always);
  commandLines(text, add);
  passwordMaps(text, add);
  calls(text, add);
  return found;
}

/**
 * The values behind all matches of a pattern. A match inside the value before it is part of that value: looking at each anew
 * would cost the square of the line.
 */
function values(text: string, pattern: RegExp, add: Add, certain: (match: string) => boolean): void {
  let reached = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index < reached) continue;
    const place = valueAt(text, match.index + match[0].length);
    if (!place) continue;
    add(place.from, place.to, place.quoted || certain(match[0]));
    reached = place.to;
  }
}

const always = (): boolean => true;

function named(text: string, add: Add): void {
  values(text, OPTIONS, add, always);
  values(text, ASSIGNMENTS, add, (match) => /=|,/.test(match));
  values(text, IN_WORDS, add, () => false);
  values(text, SETTINGS, add, (match) => !/^password$/i.test(match.trim()));
  for (const match of text.matchAll(PROMPTS)) group(match, add);
  for (const match of text.matchAll(ELEMENTS)) group(match, add);
  values(text, POWERSHELL, add, always);
  if (/PSK|Master-Key|_SECRET|CLIENT_RANDOM/.test(text)) for (const match of text.matchAll(TLS_KEYS)) group(match, add);
  if (text.includes("PRIVATE KEY")) {
    for (const match of text.matchAll(PRIVATE_KEY)) {
      const start = match.index + match[0].indexOf(match[1] as string);
      for (const line of (match[1] as string).matchAll(/[A-Za-z0-9+/=]{8,}/g))
        add(start + line.index, start + line.index + line[0].length, true);
    }
  }
}

/** `user:password@` in URLs: the password ends at the last "@" before the path. */
function userInfo(text: string, add: Add): void {
  let reached = 0;
  for (const match of text.matchAll(URLS)) {
    if (match.index < reached) continue;
    const from = match.index + match[0].length;
    const rest = /^[^\s/"'<>]{1,512}/.exec(text.slice(from, from + 512))?.[0] ?? "";
    const end = rest.lastIndexOf("@");
    if (end <= 0) continue;
    add(from, from + end, true);
    reached = from + end;
  }
}

function commandLines(text: string, add: Add): void {
  let reached = 0;
  for (const match of text.matchAll(USER_OPTIONS)) {
    const place = match.index < reached ? undefined : valueAt(text, match.index + match[0].length);
    if (!place) continue;
    reached = place.to;
    const colon = text.slice(place.from, place.to).indexOf(":");
    if (colon === -1) continue;
    const from = place.from + colon + 1;
    const inner = from === place.to ? valueAt(text, from) : undefined;
    if (inner) add(inner.from, inner.to, true);
    else if (!/^\d{1,5}$/.test(text.slice(from, place.to))) add(from, place.to, true);
  }
  for (const match of text.matchAll(WRITTEN_NULS)) group(match, add);
  if (/base64|b64|btoa|encode/i.test(text)) {
    values(text, PIPED, add, always);
    values(text, ENCODERS, add, always);
  }
}

function passwordMaps(text: string, add: Add): void {
  for (const match of text.matchAll(PASSWORD_MAP)) if (!/^\d+$/.test(match[1] as string)) group(match, add);
  for (const match of text.matchAll(EXIM_MAP)) group(match, add);
  for (const match of text.matchAll(PASSWORD_FILE)) group(match, add);
  if (text.includes("client_send")) for (const match of text.matchAll(EXIM_SEND)) group(match, add);
  if (text.includes('"P')) for (const match of text.matchAll(SENDMAIL_MAP)) group(match, add);
  if (/PASS|LOGIN/.test(text)) for (const match of text.matchAll(OTHER_PROTOCOLS)) group(match, add);
}

/** The group of a match is the secret; it ends the match, but for what closes it. */
function group(match: RegExpExecArray, add: Add): void {
  const secret = (match[1] ?? match[2]) as string;
  const from = match.index + match[0].lastIndexOf(secret);
  add(from, from + secret.length, true);
}

function calls(text: string, add: Add): void {
  let reached = 0;
  for (const match of text.matchAll(CALLS)) {
    if (match.index < reached) continue;
    const place = argumentsAt(text, match.index + match[0].length)[
      ARGUMENT[(match[1] ?? match[2] ?? "").toLowerCase()] ?? 1
    ];
    if (!place?.quoted) continue;
    add(place.from, place.to, true);
    reached = place.to;
  }
}

/** True for what is no ordinary word: letters of both cases, digits or marks together. */
function isOdd(secret: string): boolean {
  if (secret.length < 6) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^\w\s]/].filter((kind) => kind.test(secret)).length;
  return kinds >= 2 && !/^(?:[A-Z]?[a-z]+[.,;:!?)]*|[a-z]+(?:-[a-z]+)+)$/.test(secret);
}
