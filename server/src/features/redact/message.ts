import { readBounce } from "../../message/bounce.js";
import { type Field, readHeader } from "../../message/header.js";
import type { MessageLines } from "../../message/lines.js";
import { isCopy } from "../../message/notice.js";
import { type Message, type Part, readMessage } from "../../message/tree.js";
import type { Transcript } from "../../transcript.js";
import type { KnownSecrets } from "./credentials.js";
import { maskEncodedWords } from "./encoded-words.js";
import { rewriter } from "./kept-bodies.js";
import { maskAttachment, maskContent, type Rewrite, rewriteBody, rewritePlain } from "./message-bodies.js";
import { redactField } from "./message-fields.js";
import { type RedactOptions, redactEverything } from "./options.js";
import { Overlay } from "./overlay.js";
import { maskText, Pseudonyms } from "./pseudonyms.js";
import { redactInto, redactTranscript } from "./redact.js";
import { hostWords, type KnownWords, WordRedactor } from "./words.js";

/** Parts in which a mail system reports (RFC 3464, RFC 8098, RFC 5965): their names go, what they say stays. */
const REPORT = /^message\/(?:(?:global-)?(?:delivery-status|disposition-notification)|feedback-report)$/;
/** Subjects that Postfix, sendmail, Exim, qmail and Google give their own notices: they quote nothing of the message. */
const NOTICE_SUBJECT =
  /^(?:Undelivered Mail Returned to Sender|Delayed Mail \(still being retried\)|Successful Mail Delivery Report|Mail Delivery Status Report|Postfix SMTP server: errors from \S+|Returned mail: (?:see transcript for details|[\w ]{1,40})|Mail delivery failed(?:: returning message to sender)?|failure notice|Delivery Status Notification \(\w+\))$/i;
const ID_LINES = /^(?:X-[\w-]{0,40}Queue-ID|Original-Envelope-Id)[ \t]*:[ \t]*(?:rfc822;[ \t]*)?(\S{4,200})/gim;
/** A host without a dot in a report. */
const LONE_MTA = /^(?:Reporting|Remote|Received-From)-MTA[ \t]*:[ \t]*\w{1,20};[ \t]*([A-Za-z][\w-]{0,62})[ \t]*$/i;

/**
 * A document without what must not be made public: a message with its header fields, its MIME tree and its transfer
 * encodings kept, a transcript as `redactTranscript` gives it. Stand-ins keep length and equality.
 */
export function redactDocument(
  document: { readonly transcript: Transcript; readonly message: Message | undefined },
  options: RedactOptions = redactEverything,
): string {
  const { transcript, message } = document;
  return message ? redactMessage(message, transcript, options) : redactTranscript(transcript, options);
}

function redactMessage(message: Message, transcript: Transcript, options: RedactOptions): string {
  const overlay = new Overlay(transcript.source.text);
  const words = new WordRedactor(transcript, options, new Pseudonyms(), knownWords(message, transcript.source.text));
  const secrets = redactInto(transcript, words, overlay);
  new MessageRedactor(message.lines, words, overlay, sessionLines(transcript), secrets).redact(message);
  return overlay.apply();
}

/** Lines of sessions that the message quotes; the transcript's own redaction speaks about them. */
function sessionLines(transcript: Transcript): ReadonlySet<number> {
  const lines = new Set<number>();
  if (transcript.sessions.length === 0) return lines;
  for (const wire of transcript.wire) if (wire.speaker !== "tool") lines.add(wire.line);
  return lines;
}

/** Hosts and queue ids that the header fields and reports of a message name. */
function knownWords(message: Message, text: string): KnownWords {
  const hosts = new Set<string>();
  const ids = new Set<string>();
  for (const { key, value } of allFields(message)) {
    for (const host of hostWords(value.text)) hosts.add(host);
    if (key !== "received" && key !== "x-received") continue;
    for (const match of value.text.matchAll(/\bid[ \t]+<?([\w.+/=-]{6,200})/gi)) ids.add(match[1] as string);
  }
  for (const match of text.matchAll(ID_LINES)) ids.add((match[1] as string).replace(/[<>]/g, ""));
  return { hosts, ids };
}

/** Fields of every part, and those of the original message where only they are returned (text/rfc822-headers). */
function allFields({ parts, lines }: Message): Field[] {
  return parts.flatMap((part) =>
    part.type === "text/rfc822-headers" ? [...part.header.fields, ...returnedFields(lines, part)] : part.header.fields,
  );
}

function returnedFields(lines: MessageLines, part: Part): readonly Field[] {
  return readHeader(lines, part.bodyLine, part.endLine, () => false).fields;
}

class MessageRedactor {
  constructor(
    readonly lines: MessageLines,
    readonly words: WordRedactor,
    readonly overlay: Overlay,
    readonly quoted: ReadonlySet<number>,
    secrets: KnownSecrets,
  ) {
    this.#find = rewriter(words, secrets);
  }

  readonly #keep = (line: number): boolean => this.quoted.has(line);

  /** Addresses, hosts and ids of any text, and its secrets: what is left to do where bodies stay. */
  readonly #find: Rewrite;

  redact(message: Message): void {
    const isReport = message.root.type === "multipart/report" || readBounce(message) !== undefined;
    const subjects = new Set<string>();
    for (const part of message.parts) this.#part(part, isReport && !isInsideMessage(part), subjects);
    if (isReport && this.words.options.subjects) this.#repeated(subjects);
  }

  #part(part: Part, inReport: boolean, subjects: Set<string>): void {
    const fields =
      part.type === "text/rfc822-headers"
        ? [...part.header.fields, ...returnedFields(this.lines, part)]
        : part.header.fields;
    for (const field of fields) {
      if (field.key === "subject") {
        if (inReport && part.depth === 0 && NOTICE_SUBJECT.test(field.text)) continue;
        subjects.add(field.text);
      }
      redactField(field, this.words, this.overlay);
    }
    for (const { kind, line } of part.header.problems) if (kind === "no-colon") this.#plain(line, line + 1);
    if (part.kind === "multipart") this.#multipart(part);
    else if (part.kind === "leaf" && part.type !== "text/rfc822-headers") this.#leaf(part, inReport);
  }

  #multipart({ multipart, header, contentType }: Part): void {
    if (!multipart) return;
    this.#plain(multipart.preamble.from, multipart.preamble.to);
    this.#plain(multipart.epilogue.from, multipart.epilogue.to);
    // A boundary is one word at all its places (RFC 2046 §5.1.1); where it is written in pieces it stays.
    const { boundary } = multipart;
    const parameter = contentType?.find("boundary");
    const field = header.fields.find(({ key }) => key === "content-type");
    if (!parameter || !field || boundary === "") return;
    const written = field.value.text.slice(parameter.valueRange.from, parameter.valueRange.to);
    const at = written.indexOf(boundary);
    const stand = at === -1 ? boundary : this.#find(boundary);
    if (at !== -1)
      for (let k = 0; k < stand.length; k++)
        this.overlay.exact(field.value.offset(parameter.valueRange.from + at + k), stand[k] as string);
    for (const { line } of multipart.delimiters) this.overlay.exact(this.lines.offset(line, 0), `--${stand}`);
  }

  #leaf(part: Part, inReport: boolean): void {
    const { lines, overlay, words } = this;
    const { bodies } = words.options;
    if (REPORT.test(part.type)) {
      if (part.encoding === "base64" || part.encoding === "quoted-printable")
        rewriteBody(lines, part, this.#find, overlay, this.#keep);
      else this.#reportLines(part);
    } else if (inReport && part.type === "text/plain") this.#notice(part);
    else if (!bodies) rewriteBody(lines, part, this.#find, overlay, this.#keep);
    else if (part.encoding === "base64" && !part.type.startsWith("text/")) maskAttachment(lines, part, overlay);
    else rewriteBody(lines, part, maskContent, overlay, this.#keep);
  }

  #reportLines(part: Part): void {
    if (!this.words.options.hosts) return;
    for (let line = part.bodyLine; line < part.endLine; line++) {
      const host = LONE_MTA.exec(this.lines.text(line))?.[1];
      if (host === undefined) continue;
      const column = this.lines.text(line).lastIndexOf(host);
      this.overlay.put(this.lines.offset(line, column), this.words.pseudonyms.replaceRuns(host));
    }
  }

  /** The words of a mail system stay, up to the copy of the message that it gives back. */
  #notice(part: Part): void {
    const { lines, overlay } = this;
    if (part.encoding === "base64" || part.encoding === "quoted-printable") {
      rewriteBody(lines, part, this.#find, overlay, this.#keep);
      return;
    }
    let line = part.bodyLine;
    while (line < part.endLine && !isCopy(lines.text(line))) line++;
    if (line >= part.endLine) return;
    if (/^[- ]|^Original/i.test(lines.text(line))) line++;
    while (line < part.endLine && lines.text(line).trim() === "") line++;
    const copy = readMessage(lines, line, part.endLine);
    for (const inner of copy.parts) this.#part(inner, false, new Set());
  }

  /** Masks lines outside of parts; the sentences that programs put before the first part stay. */
  #plain(from: number, to: number): void {
    const { lines, overlay } = this;
    const known = (line: number): boolean =>
      /^This is a (?:MIME-encapsulated message|multi-?part message in MIME format)\.?$/i.test(lines.text(line));
    if (this.words.options.bodies)
      rewritePlain(lines, { from, to }, maskText, overlay, (line) => this.#keep(line) || known(line));
  }

  /** Subjects of returned messages that the report repeats. */
  #repeated(subjects: ReadonlySet<string>): void {
    const { source } = this.overlay;
    for (const subject of subjects) {
      if (subject.length < 6) continue;
      for (let at = source.indexOf(subject); at !== -1; at = source.indexOf(subject, at + subject.length))
        this.overlay.put(at, maskEncodedWords(subject));
    }
  }
}

/** True for parts of a message that another one carries. */
function isInsideMessage(part: Part): boolean {
  for (let at = part.parent; at !== undefined; at = at.parent) if (at.kind === "message") return true;
  return false;
}
