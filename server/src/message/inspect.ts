import type { SourceText } from "../text/source.js";
import type { Span } from "../text/span.js";
import { readAddresses } from "./address.js";
import { readAuthentication } from "./authentication.js";
import { readBounce } from "./bounce.js";
import { readDate } from "./date.js";
import { dispositionOf, filenameOf } from "./disposition.js";
import { allFields, firstField } from "./header.js";
import type { MessageLines } from "./lines.js";
import { rangeSpan } from "./lines.js";
import { type DecodedPart, decodedStructure } from "./nested.js";
import { readReceived, readRoute } from "./received.js";
import { tnefFiles } from "./tnef.js";
import { charsetOf } from "./transfer.js";
import type { Message, Part } from "./tree.js";
import { decodeWords } from "./words.js";

/** A place in JSON: lines count from 1, offsets are UTF-16 code units from 0. */
export interface InspectedSpan {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

export interface InspectedPart {
  readonly path: string;
  readonly type: string;
  readonly charset: string | null;
  readonly encoding: string;
  readonly filename: string | null;
  readonly disposition: string | null;
  readonly contentId: string | null;
  readonly header: InspectedSpan;
  readonly body: InspectedSpan;
  readonly fields: readonly { name: string; line: number; start: number; end: number }[];
  readonly parts: readonly InspectedPart[];
  /** Files in the part, where it is a TNEF container (winmail.dat); null for all others. */
  readonly files: readonly { path: string; name: string; type: string | null; octets: number }[] | null;
  /** The message that the part holds in base64 or quoted-printable; null for all others. It has no offsets in the file. */
  readonly decoded: InspectedDecodedPart | null;
}

/** A part of an encoded message. */
export interface InspectedDecodedPart {
  readonly path: string;
  readonly type: string;
  readonly encoding: string;
  readonly filename: string | null;
  readonly subject: string | null;
  readonly fields: readonly string[];
  readonly parts: readonly InspectedDecodedPart[];
}

export interface InspectedAddress {
  readonly field: string;
  readonly name: string;
  readonly address: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** What `inspect --format json` tells of a message. */
export interface InspectedMessage {
  readonly subject: string | null;
  readonly date: string | null;
  readonly messageId: string | null;
  readonly addresses: readonly InspectedAddress[];
  readonly structure: InspectedPart;
  readonly route: readonly {
    line: number;
    from: string | null;
    ip: string | null;
    by: string | null;
    with: string | null;
    tls: boolean;
    id: string | null;
    for: string | null;
    time: string | null;
    delaySeconds: number | null;
  }[];
  readonly authentication: {
    fromDomain: string | null;
    returnPath: { domain: string | null; alignment: string };
    signatures: readonly { line: number; domain: string; selector: string; alignment: string; bodyHash: string }[];
    recorded: readonly { server: string; results: readonly { method: string; result: string }[] }[];
  };
  readonly bounce: {
    source: "report" | "text";
    reportingServer: string | null;
    recipients: readonly {
      line: number;
      address: string;
      action: string | null;
      code: number | null;
      status: string | null;
      permanent: boolean | null;
      server: string | null;
      text: string;
    }[];
  } | null;
}

const ADDRESS_FIELDS = ["from", "sender", "reply-to", "to", "cc", "bcc", "return-path", "delivered-to"];

/** The message as plain data for `inspect`. */
export function inspectMessage(message: Message, source: SourceText): InspectedMessage {
  const header = message.root.header;
  const place = (span: Span): InspectedSpan => ({
    line: source.lineAt(span.start) + 1,
    start: span.start,
    end: span.end,
  });
  const date = firstField(header, "date");
  return {
    subject: orNull(decodeWords(firstField(header, "subject")?.text ?? "").text),
    date: iso(date === undefined ? undefined : readDate(date.value).time),
    messageId: orNull(firstField(header, "message-id")?.text ?? ""),
    addresses: inspectAddresses(message, place),
    structure: inspectPart(message, message.root, place),
    route: inspectRoute(message, place),
    authentication: inspectAuthentication(message, place),
    bounce: inspectBounce(message, place),
  };
}

type Place = (span: Span) => InspectedSpan;

function orNull(text: string | undefined): string | null {
  return text === undefined || text === "" ? null : text;
}

function iso(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString();
}

function inspectAddresses(message: Message, place: Place): InspectedAddress[] {
  return message.root.header.fields
    .filter((field) => ADDRESS_FIELDS.includes(field.key))
    .flatMap((field) =>
      readAddresses(field.value).mailboxes.map((mailbox) => ({
        field: field.name,
        name: mailbox.name,
        address: mailbox.address,
        ...place(field.value.spanOf(mailbox.addressRange)),
      })),
    );
}

function inspectPart(message: Message, part: Part, place: Place): InspectedPart {
  const { lines } = message;
  const disposition = dispositionOf(part);
  return {
    path: part.path,
    type: part.type,
    charset: part.type.startsWith("text/") ? charsetOf(part) : null,
    encoding: part.encoding,
    filename: orNull(filenameOf(part)),
    disposition: orNull(disposition?.toLowerCase()),
    contentId: orNull(firstField(part.header, "content-id")?.text),
    header: place(rangeSpan(lines, { from: part.header.line, to: part.header.endLine })),
    body: place(rangeSpan(lines, { from: part.bodyLine, to: part.endLine })),
    fields: part.header.fields.map((field) => ({ name: field.name, ...place(field.span) })),
    parts: part.children.map((child) => inspectPart(message, child, place)),
    files: inspectFiles(lines, part),
    decoded: inspectDecoded(decodedStructure(lines, part)),
  };
}

function inspectFiles(lines: MessageLines, part: Part): InspectedPart["files"] {
  const files = tnefFiles(lines, part);
  if (files === undefined) return null;
  return files.attachments.map(({ path, name, type, bytes }) => ({
    path,
    name,
    type: orNull(type),
    octets: bytes.length,
  }));
}

function inspectDecoded(part: DecodedPart): InspectedDecodedPart;
function inspectDecoded(part: DecodedPart | undefined): InspectedDecodedPart | null;
function inspectDecoded(part: DecodedPart | undefined): InspectedDecodedPart | null {
  if (part === undefined) return null;
  const { path, type, encoding, fields } = part;
  const parts = part.parts.map((child) => inspectDecoded(child));
  return { path, type, encoding, filename: orNull(part.filename), subject: orNull(part.subject), fields, parts };
}

function inspectRoute(message: Message, place: Place): InspectedMessage["route"] {
  const fields = allFields(message.root.header, "received");
  const hops = readRoute(fields.map((field) => readReceived(field.value)));
  return hops.map((hop, k) => ({
    line: place((fields[k] as (typeof fields)[number]).span).line,
    from: orNull(hop.received.from?.value),
    ip: orNull(hop.received.ip),
    by: orNull(hop.received.by?.value),
    with: orNull(hop.received.with?.value),
    tls: hop.received.tls !== undefined,
    id: orNull(hop.received.id?.value),
    for: orNull(hop.received.for?.value),
    time: iso(hop.time),
    delaySeconds: hop.delay === undefined ? null : Math.round(hop.delay / 1000),
  }));
}

function inspectAuthentication(message: Message, place: Place): InspectedMessage["authentication"] {
  const found = readAuthentication(message);
  return {
    fromDomain: orNull(found.fromDomain),
    returnPath: { domain: orNull(found.returnPathDomain), alignment: found.returnPathAlignment },
    signatures: found.signatures.map(({ signature, alignment, bodyHash }) => ({
      line: place(signature.field.span).line,
      domain: signature.domain,
      selector: signature.selector,
      alignment,
      bodyHash,
    })),
    recorded: found.recorded.map((entry) => ({
      server: entry.server,
      results: entry.results.map(({ method, result }) => ({ method, result })),
    })),
  };
}

function inspectBounce(message: Message, place: Place): InspectedMessage["bounce"] {
  const bounce = readBounce(message);
  if (bounce === undefined) return null;
  return {
    source: bounce.source,
    reportingServer: orNull(bounce.reportingServer),
    recipients: bounce.recipients.map((item) => ({
      line: place(item.span).line,
      address: item.address,
      action: item.action ?? null,
      code: item.code ?? null,
      status: item.status ?? null,
      permanent: item.permanent ?? null,
      server: item.server ?? null,
      text: item.text,
    })),
  };
}
