import type { WireLine } from "../../dialects/types.js";
import { binaryBytes, binaryString, decodeBase64, encodeBase64 } from "../../protocol/base64.js";
import { startsWithVerb } from "../../session/machine.js";
import type { AuthAttempt, Exchange, Session } from "../../session/model.js";
import { saslOf } from "../../session/sasl.js";
import { parseTranscript, type Transcript } from "../../transcript.js";
import { convertToRfc } from "../convert.js";
import { type KnownSecrets, redactCredentials } from "./credentials.js";
import { maskBase64, maskEncodedWords, maskQuoted } from "./encoded-words.js";
import { redactKeptBodies } from "./kept-bodies.js";
import { maskSasl } from "./mask-sasl.js";
import { type RedactOptions, redactEverything } from "./options.js";
import { Overlay } from "./overlay.js";
import { Pseudonyms } from "./pseudonyms.js";
import { redactSubjects } from "./subjects.js";
import { WordRedactor } from "./words.js";

/** Hex dumps repeat everything in a second spelling; these lines lose their content. */
const HEX_ROW = /(?:[0-9A-Fa-f]{2} {1,3}){4,}|(?:[0-9A-Fa-f]{4} {1,2}){3,}/;

/**
 * The transcript without what must not be made public: credentials always, the rest by choice. Stand-ins keep length and
 * equality, so the sessions and the findings stay what they were. A transcript that is itself a hex dump is given as
 * `C:`/`S:` lines.
 */
export function redactTranscript(transcript: Transcript, options: RedactOptions = redactEverything): string {
  if (transcript.wire.some(isHexMapped)) {
    return redactTranscript(parseTranscript(convertToRfc(transcript), "client-server"), options);
  }
  const overlay = new Overlay(transcript.source.text);
  const words = new WordRedactor(transcript, options, new Pseudonyms());
  const secrets = redactInto(transcript, words, overlay);
  if (options.subjects) redactSubjects(transcript, overlay);
  if (!options.bodies) redactKeptBodies(transcript, words, secrets, overlay);
  return overlay.apply();
}

/** Puts the stand-ins of a transcript into an overlay of its text; gives the secrets that were found in it. */
export function redactInto(transcript: Transcript, words: WordRedactor, overlay: Overlay): KnownSecrets {
  const { options, pseudonyms } = words;
  redactLines(transcript, words, overlay);
  const secrets = redactCredentials(transcript, overlay);
  const encoded = new Map<string, string>();
  for (const session of transcript.sessions) {
    redactMessages(session, options, overlay);
    redactAuth(session, words, pseudonyms, options, overlay, encoded);
    if (options.hosts) redactLoneHosts(session, words, pseudonyms, overlay);
  }
  repeatEncoded(encoded, transcript, overlay);
  if (options.bodies) redactRepeatedBodies(transcript, overlay);
  redactHexRows(transcript, overlay);
  redactCertificates(transcript.source.text, overlay);
  return secrets;
}

/**
 * Addresses, hosts and ids: in the content of every wire line, whose beginning is known exactly ("250-mail.example.com" in
 * a capture stands right behind other octets), and in what stands around it.
 */
function redactLines(transcript: Transcript, words: WordRedactor, overlay: Overlay): void {
  const { source } = transcript;
  const around = new Map<number, string>();
  for (const wire of transcript.wire) {
    for (const { at, text } of words.find(wire.text)) overlay.putWire(wire, at, text);
    const start = source.lineStart(wire.line);
    const line = around.get(wire.line) ?? source.lineText(wire.line);
    const to = Math.min(wire.end - start, line.length);
    const blank = " ".repeat(Math.max(0, to - (wire.start - start)));
    around.set(wire.line, line.slice(0, wire.start - start) + blank + line.slice(to));
  }
  for (let line = 0; line < source.lineCount; line++) {
    const text = around.get(line) ?? source.lineText(line);
    if (text.trim() === "") continue;
    const start = source.lineStart(line);
    for (const { at, text: stand } of words.find(text)) overlay.put(start + at, stand);
  }
}

/** A host without a dot as the argument of EHLO, and where the server greets it back. */
function redactLoneHosts(session: Session, words: WordRedactor, pseudonyms: Pseudonyms, overlay: Overlay): void {
  for (const { command, wire } of session.exchanges) {
    if (!wire || !command || !words.isLoneHost(command.argument)) continue;
    overlay.putWire(wire, command.argumentFrom, pseudonyms.replaceRuns(command.argument));
  }
}

/** Subjects and bodies of the messages. */
function redactMessages(session: Session, options: RedactOptions, overlay: Overlay): void {
  for (const item of session.items) {
    if (item.kind !== "data") continue;
    let inHeader = true;
    let inSubject = false;
    for (const wire of item.data.lines) {
      if (inHeader && wire.text === "") inHeader = false;
      else if (inHeader) {
        if (!/^[ \t]/.test(wire.text))
          inSubject = /^(?:Subject|Thread-Topic|Comments|Keywords)[ \t]*:/i.test(wire.text);
        if (inSubject && options.subjects)
          maskFrom(wire, /^[ \t]/.test(wire.text) ? 0 : wire.text.indexOf(":") + 1, overlay);
        // A message without any header section is all body.
        if (!inSubject && options.bodies && !/^[ \t]|^[!-9;-~]{1,76}[ \t]*:/.test(wire.text))
          maskBodyLine(wire, overlay);
      } else if (options.bodies) maskBodyLine(wire, overlay);
    }
  }
}

function maskFrom(wire: WireLine, from: number, overlay: Overlay): void {
  overlay.putWire(wire, from, maskEncodedWords(wire.text.slice(from)));
}

/** Masks a line of a body; boundaries, part headers, escapes of quoted-printable and what reads as a command stay. */
function maskBodyLine(wire: WireLine, overlay: Overlay): void {
  const { text } = wire;
  if (text.startsWith("--") || startsWithVerb(text) || /^(?:Content-[A-Za-z-]+|MIME-Version)[ \t]*:/i.test(text))
    return;
  if (/^[ \t]+(?:boundary|charset|name|filename)\*?=/i.test(text)) return;
  overlay.putWire(wire, 0, maskQuoted(text));
}

/** Message lines that the tool prints a second time. */
function redactRepeatedBodies(transcript: Transcript, overlay: Overlay): void {
  const bodies = new Set<string>();
  for (const session of transcript.sessions) {
    for (const item of session.items) {
      if (item.kind !== "data") continue;
      const start = item.data.lines.findIndex((wire) => wire.text === "");
      for (const wire of item.data.lines.slice(Math.max(0, start)))
        if (wire.text.trim().length > 3) bodies.add(wire.text.trim());
    }
  }
  if (bodies.size === 0) return;
  for (const wire of transcript.wire) {
    if (wire.speaker !== "tool") continue;
    const text = wire.text.trim();
    const quoted = /'([^']{4,})'|"([^"]{4,})"/.exec(text);
    const inside = (quoted?.[1] ?? quoted?.[2])?.replace(/(?:\\r)?(?:\\n)?$/, "");
    for (const candidate of [text, inside]) {
      if (candidate && bodies.has(candidate.trim()))
        overlay.putWire(wire, wire.text.indexOf(candidate), maskQuoted(candidate));
    }
  }
}

/** User names and challenges in base64: decoded, redacted, encoded again; stand-ins keep the length, so base64 does too. */
function redactAuth(
  session: Session,
  words: WordRedactor,
  pseudonyms: Pseudonyms,
  options: RedactOptions,
  overlay: Overlay,
  encoded: Map<string, string>,
): void {
  for (const attempt of session.auth) {
    const user = options.addresses ? attempt.user : null;
    const rewrite = (text: string): string => {
      const inner = new Overlay(text);
      const at = user === null || user.length < 2 ? -1 : text.indexOf(user);
      if (user !== null && at !== -1) inner.put(at, pseudonyms.replaceRuns(user));
      for (const { at: place, text: stand } of words.find(text)) inner.put(place, stand);
      return inner.apply();
    };
    for (const exchange of [attempt.exchange, ...attempt.responses]) {
      if (exchange.wire) redactEncoded(exchange.wire, withoutSecrets(attempt, exchange), rewrite, overlay, encoded);
      for (const reply of exchange.replies) {
        for (const line of reply.lines)
          if (line.code === 334) redactEncoded(line.wire, line.wire.text, rewrite, overlay, encoded);
      }
    }
  }
}

function redactEncoded(
  wire: WireLine,
  masked: string,
  rewrite: (text: string) => string,
  overlay: Overlay,
  encoded: Map<string, string>,
): void {
  for (const match of masked.matchAll(/[A-Za-z0-9+/]{6,}={0,2}/g)) {
    const decoded = decodeBase64(match[0]);
    if (!decoded.ok) continue;
    const content = binaryString(decoded.bytes);
    const redacted = rewrite(content);
    if (redacted === content) continue;
    const stand = encodeBase64(binaryBytes(redacted));
    overlay.putWire(wire, match.index, stand);
    if (stand.length >= 8) encoded.set(wire.text.slice(match.index, match.index + stand.length), stand);
  }
}

/** The line of an exchange with its secrets masked. */
function withoutSecrets(attempt: AuthAttempt, exchange: Exchange): string {
  let text = exchange.wire?.text ?? "";
  for (const shown of saslOf(attempt)) {
    const { secret } = shown.message;
    if (shown.exchange !== exchange || !secret) continue;
    text =
      text.slice(0, shown.from) +
      maskSasl(attempt.mechanism, shown.step, text.slice(shown.from, shown.to), secret).text +
      text.slice(shown.to);
  }
  return text;
}

/** Encoded user names and challenges that the tool prints a second time. */
function repeatEncoded(encoded: ReadonlyMap<string, string>, transcript: Transcript, overlay: Overlay): void {
  const { text } = transcript.source;
  for (const [written, stand] of encoded) {
    for (let at = text.indexOf(written); at !== -1; at = text.indexOf(written, at + written.length))
      overlay.put(at, stand);
  }
}

const CERTIFICATE = /-----BEGIN [A-Z ]{1,40}-----([\s\S]{1,20000}?)-----END /g;

/** Certificates carry host names and their owners. */
function redactCertificates(text: string, overlay: Overlay): void {
  if (!text.includes("-----BEGIN ")) return;
  for (const match of text.matchAll(CERTIFICATE)) {
    const block = match[1] as string;
    overlay.put(match.index + match[0].indexOf(block), maskBase64(block));
  }
}

function redactHexRows(transcript: Transcript, overlay: Overlay): void {
  for (const wire of transcript.wire) {
    if (wire.speaker !== "tool") continue;
    const match = HEX_ROW.exec(wire.text);
    if (match)
      overlay.putWire(
        wire,
        match.index,
        wire.text
          .slice(match.index)
          .replace(/[0-9A-Fa-f]/g, "0")
          .replace(/[^\s0]/g, "."),
      );
  }
}

/** True where the characters of a wire line stand in the source as hexadecimal numbers. */
function isHexMapped(wire: WireLine): boolean {
  if (!wire.mapped || wire.text.length < 3) return false;
  const distance = wire.offsetAt(1) - wire.offsetAt(0);
  return distance >= 2 && distance <= 4 && wire.offsetAt(2) - wire.offsetAt(1) >= 2;
}
