import { describe, expect, it } from "vitest";
import { decodeText as decodeBody } from "../../server/src/message/transfer.js";
import { STANDARD } from "../../server/src/rules/configure.js";
import {
  inspectDocument,
  lintDocument,
  parseDocument,
  type RedactOptions,
  redactDocument,
  redactEverything,
} from "../../server/src/service.js";
import { SourceText } from "../../server/src/text/source.js";
import { recorded, recordings } from "../kit/features.js";

/** How each recorded file is read: a message for `.eml`. */
function documentFor(path: string, text: string) {
  const language = path.endsWith(".eml") ? "eml-message" : "smtp-transcript";
  return parseDocument({ uri: path, version: 1, language, source: new SourceText(text) });
}

const NONE: RedactOptions = { addresses: false, hosts: false, ips: false, ids: false, subjects: false, bodies: false };
const redact = (path: string, text: string, options: RedactOptions): string =>
  redactDocument(documentFor(path, text), options);

/** Base64 of a text at each of the three places it can have in a longer one, cut to what does not depend on the rest. */
function base64Forms(text: string): string[] {
  return [0, 1, 2].map((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]);
    return bytes
      .toString("base64")
      .replace(/=+$/, "")
      .slice(shift === 0 ? 0 : shift + 1, -1);
  });
}

/** A text as it can stand in a file: plain, base64, quoted-printable, xtext (RFC 3461 §4), in a URL, as a VERP or SRS part. */
function forms(text: string): string[] {
  const escaped = (mark: string): string =>
    text.replace(/[^\w.-]/g, (c) => mark + c.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0"));
  const at = text.lastIndexOf("@");
  const verp =
    at === -1 ? [] : [`${text.slice(0, at)}=${text.slice(at + 1)}`, `${text.slice(at + 1)}=${text.slice(0, at)}@`];
  return [...new Set([text, ...base64Forms(text), escaped("="), escaped("+"), escaped("%"), ...verp])].filter(
    (form) => form.length >= Math.min(6, text.length),
  );
}

/** Everything that can be read in a file: its text, long lines that a tool wrapped, and the decoded parts of a message. */
function readable(path: string, text: string): string {
  const { message } = documentFor(path, text);
  const leaves = message?.parts.filter(({ kind }) => kind === "leaf") ?? [];
  return [text, ...leaves.map((part) => (message ? decodeBody(message.lines, part).text : ""))].join("\n");
}

/** Passwords that the recordings were made with. */
const PASSWORDS = ["secret123", "wrong-password"];
/** What tools print in place of a password. */
const MASKS = /^(?:\/\* secret \*\/|PROVIDED_BUT_REMOVED|\*+)$/;

/**
 * The secrets in a file, found without our reader: the known passwords, and base64 that decodes to a login (PLAIN with its
 * two NULs, the digests of CRAM-MD5 and DIGEST-MD5, a known password).
 */
function secretsIn(text: string): string[] {
  const found = PASSWORDS.filter((password) => text.includes(password));
  for (const [run] of text.matchAll(/[A-Za-z0-9+/]{8,}={0,2}/g)) {
    const content = Buffer.from(run, "base64").toString("latin1");
    const plain = /^[\x20-\x7e]*\0[\x20-\x7e]+\0([\x20-\x7e]+)$/.exec(content)?.[1];
    if (plain !== undefined && !MASKS.test(plain)) found.push(run, plain);
    const digest = /(?:^|,)(?:response|rspauth)=([0-9a-f]{32})|^[\x21-\x7e]+ ([0-9a-f]{32})$/.exec(content);
    if (digest) found.push(run, (digest[1] ?? digest[2]) as string);
    if (PASSWORDS.some((password) => content.includes(password))) found.push(run);
  }
  return [...new Set(found)].filter((secret) => secret.length >= 6);
}

const withSecrets = recordings.filter((path) => secretsIn(recorded(path)).length > 0);

describe("credentials in recorded sessions", () => {
  it("stand in many of them", () => expect(withSecrets.length).toBeGreaterThan(35));
  it.each(withSecrets)("are gone from %s, whatever else is kept", (path) => {
    const text = recorded(path);
    for (const options of [redactEverything, NONE]) {
      const seen = readable(path, redact(path, text, options));
      for (const secret of secretsIn(text)) {
        for (const form of forms(secret)) expect(seen, form).not.toContain(form);
      }
    }
  });
});

/** Words for roles and systems that stay by design, since findings depend on them. */
const ROLES = /^(?:postmaster|mailer-daemon|double-bounce|root|abuse|hostmaster|webmaster|bounces?|noreply|srs[01])@/i;
/** What is written like an address and is none: prompts of a shell, packages, options of ssh. */
const NO_ADDRESS = /@(?:\d|[A-Z]{2,}$)|@\.|\.\.|=@/;

const unique = (all: Iterable<string>): string[] => [...new Set(all)];
const group = (text: string, pattern: RegExp): string[] =>
  unique(Array.from(text.matchAll(pattern), (match) => match[1] as string));

/** What each kind must not leave, found in a file by plain patterns. */
const KINDS: Readonly<Record<keyof RedactOptions, (text: string) => string[]>> = {
  addresses: (text) =>
    group(text, /(?<![\w.+=-])([A-Za-z][\w.+=-]{0,63}@[A-Za-z0-9][\w.-]*[A-Za-z0-9])/g).filter(
      (address) => !ROLES.test(address) && !NO_ADDRESS.test(address),
    ),
  hosts: (text) => unique(["example.com", "example.org", "example.net"].filter((host) => text.includes(host))),
  ips: (text) =>
    group(text, /(?<![\w.-])(127\.0\.0\.\d{2,3})(?![\w.-])/g).filter((address) => !text.includes(`-${address}`)),
  ids: (text) => group(text, /(?:queued as|id=|OK id=) ?<?([0-9A-F]{9,12}|\w{6}-\w{6,11}-\w{2,4})\b/g),
  subjects: (text) => ["Hello from the corpus", "Dots and dots"].filter((subject) => text.includes(subject)),
  bodies: (text) =>
    ["this is a plain message", "A line with a single dot follows", ".hidden file"].filter((line) =>
      text.includes(line),
    ),
};

describe.each(Object.keys(KINDS) as (keyof RedactOptions)[])("%s alone", (kind) => {
  const find = KINDS[kind];
  const concerned = recordings.filter((path) => find(recorded(path)).length > 0);
  it("stand in many recordings", () => expect(concerned.length).toBeGreaterThan(kind === "bodies" ? 30 : 40));
  it.each(concerned)("are gone from %s in every form", (path) => {
    const text = recorded(path);
    const seen = readable(path, redact(path, text, { ...NONE, [kind]: true }));
    const left = find(text).flatMap((word) => forms(word).filter((form) => seen.includes(form)));
    expect(left).toEqual([]);
  });
});

/** What `inspect` says, without the words that stand-ins replace; their lengths stay. */
function structure(path: string, text: string): unknown {
  const shape = (key: string, value: unknown): unknown =>
    ["reversePath", "forwardPath", "user", "text", "queueId", "host", "ip", "argument"].includes(key) &&
    typeof value === "string"
      ? value.length
      : value;
  return JSON.parse(JSON.stringify(inspectDocument(documentFor(path, text)).sessions, shape));
}

describe("the sessions", () => {
  it.each(recordings)("of %s stay what they were, whatever kind is chosen", (path) => {
    const text = recorded(path);
    const before = structure(path, text);
    for (const kind of Object.keys(KINDS)) {
      const redacted = redact(path, text, { ...NONE, [kind]: true });
      // A hex dump is given as C:/S: lines, where lines and places differ.
      if (redacted.length === text.length) expect(structure(path, redacted), kind).toEqual(before);
    }
  });
});

/** Rules about what redaction takes away. */
const ABOUT_SECRETS = /^(?:credentials-in-transcript|auth-.*|sasl-.*)$/;

/** The findings of a file in the strictest profile: rule and place. */
function findings(path: string, text: string): string[] {
  const document = documentFor(path, text);
  return lintDocument(document, { settings: { ...STANDARD, profile: "strict" }, locale: "en" })
    .filter(({ rule }) => !ABOUT_SECRETS.test(rule))
    .map(({ rule, span }) => `${document.source.lineAt(span.start) + 1} ${rule}`);
}

describe("the findings", () => {
  it.each(recordings)("of %s stay what they were", (path) => {
    const text = recorded(path);
    const redacted = redact(path, text, redactEverything);
    if (redacted.length === text.length) expect(findings(path, redacted)).toEqual(findings(path, text));
  });
});

/** Lines that lose more than a known secret even where everything is kept: certificates, dumps of keys, failed logins. */
const MASKED_LINE =
  /^[\s>*|]*[A-Za-z0-9+/=]{24,}\s*$|(?:[0-9A-Fa-f]{2} +){4}|-----|Master-Key|PSK|b25zZT1m|AC8qIHNlY3JldCAq|response=|rspauth=|d3Jvbmc|notbase64|password|Zm9v|YWxpY2U/;

describe("what was not chosen", () => {
  it.each(recordings)("stays in %s: with nothing chosen only lines with secrets differ", (path) => {
    const text = recorded(path);
    const redacted = redact(path, text, NONE).split("\n");
    const lines = text.split("\n");
    if (redacted.length !== lines.length) return;
    const secrets = secretsIn(text).flatMap(forms);
    const changed = lines.filter((line, k) => line !== redacted[k]);
    expect(
      changed.filter((line) => !MASKED_LINE.test(line) && !secrets.some((secret) => line.includes(secret))),
    ).toEqual([]);
  });
  it.each(["subjects", "bodies"] as const)("stays where %s are kept and all else goes", (kind) => {
    for (const path of recordings.filter((one) => /^(?:swaks|curl-v|exim-v|javamail-debug)\//.test(one))) {
      const text = recorded(path);
      const kept = redact(path, text, { ...redactEverything, [kind]: false });
      for (const word of KINDS[kind](text)) expect(kept, `${path}: ${word}`).toContain(word);
    }
  });
});
