import { decodeBytes } from "../../message/charset.js";
import { filenameOf } from "../../message/disposition.js";
import { buildPreview } from "../../message/preview.js";
import type { TnefAttachment } from "../../message/tnef.js";
import { decodeBody, decodeText } from "../../message/transfer.js";
import { holdsMessage, type Message, type Part } from "../../message/tree.js";
import { base64Text } from "../../message/words.js";
import { messageOnLine, messagesOf } from "../message/bodies.js";
import { partAt } from "../message/locate.js";
import { sealsOf } from "../message/seals.js";
import { summaryPageUri } from "../message/summaryPage.js";
import { tell } from "../message/texts.js";
import { tnefFile } from "../message/tnefParts.js";
import type { Locale, ParsedDocument } from "../types.js";

/** What is made of a part: `text` in a language of the editor, or base64 with the language "base64". */
interface Made {
  readonly language: string;
  readonly text: string;
}

/** Octets that are opened, and that are saved. */
const MAX_OPEN = 8 * 1024 * 1024;
const MAX_SAVE = 32 * 1024 * 1024;
/** Octets that a listing of hex digits shows. */
const MAX_HEX = 64 * 1024;

const LANGUAGES: Readonly<Record<string, string>> = {
  "text/html": "html",
  "text/css": "css",
  "text/xml": "xml",
  "application/xml": "xml",
  "application/json": "json",
  "text/javascript": "javascript",
  "text/markdown": "markdown",
  "text/csv": "csv",
  "image/svg+xml": "xml",
  "application/javascript": "javascript",
  "message/rfc822": "eml-message",
  "message/global": "eml-message",
  "message/news": "eml-message",
};

/** The editor's language for a media type; undefined where it knows none. */
function languageOf(type: string): string | undefined {
  if (type.endsWith("+json")) return "json";
  return LANGUAGES[type] ?? (type.endsWith("+xml") ? "xml" : undefined);
}

/** A page that shows the message at a line safely; null where there is none. */
export function previewAt(document: ParsedDocument, line: number, locale: Locale): Made | null {
  const message = messageOnLine(document, line)?.message ?? messagesOf(document)[0];
  if (message === undefined) return null;
  const texts = {
    blocked: tell(locale, "preview.blocked"),
    attachments: tell(locale, "preview.attachments"),
    empty: tell(locale, "preview.empty"),
  };
  return { language: "html", text: buildPreview(message, { language: locale, texts }).html };
}

/** The signatures of a message that hold, as JSON; null for a document that is no message. */
export function sealList({ message }: ParsedDocument): Made | null {
  return message === undefined ? null : { language: "json", text: JSON.stringify(sealsOf(message)) };
}

/** Address of the page that sums up the message at a line, or the first one; null where there is none. */
export function summaryAddress(document: ParsedDocument, line: number): Made | null {
  const message = messageOnLine(document, line)?.message ?? messagesOf(document)[0];
  return message === undefined ? null : { language: "uri", text: summaryPageUri(document, message) };
}

/**
 * The part at a line, decoded: as text where it is text, else as hex digits.
 * @param path the part's place in the tree, such as "2.1", or of a file in a container, "2.1#3"; without one the innermost
 *   part at the line.
 */
export function decodedPart(document: ParsedDocument, line: number, path?: string): Made | null {
  const found = partAtLine(document, line, path);
  if (found === undefined) return null;
  const { message, part, file } = found;
  const type = file === undefined ? part.type : (file.type ?? "");
  const language = languageOf(type);
  if (file !== undefined) {
    if (language === undefined && !type.startsWith("text/"))
      return { language: "plaintext", text: hexListing(file.bytes.subarray(0, MAX_HEX)) };
    return { language: language ?? "plaintext", text: decodeBytes(file.bytes.subarray(0, MAX_OPEN), "utf-8").text };
  }
  if (language !== undefined || type.startsWith("text/"))
    return {
      language: language ?? "plaintext",
      text: decodeText(message.lines, part, MAX_OPEN).text.replace(/\r\n/g, "\n"),
    };
  return {
    language: "plaintext",
    text: hexListing(decodeBody(message.lines, part, MAX_HEX).bytes.subarray(0, MAX_HEX)),
  };
}

/** The octets of the part at a line (or of a path) as base64, behind its file name and a line end, for saving it. */
export function savedPart(document: ParsedDocument, line: number, path?: string): Made | null {
  const found = partAtLine(document, line, path);
  if (found === undefined) return null;
  const { message, part, file } = found;
  if (file !== undefined) return { language: "base64", text: `${safeName(file.name)}\n${base64Text(file.bytes)}` };
  const { bytes } = decodeBody(message.lines, part, MAX_SAVE);
  return { language: "base64", text: `${safeName(nameOf(part))}\n${base64Text(bytes)}` };
}

/** The file name that a part asks for; a message without one is saved as `.eml`. */
function nameOf(part: Part): string {
  return filenameOf(part) ?? (holdsMessage(part.type) ? "message.eml" : "");
}

/** A file name without folders and control characters: content never names a path. */
function safeName(wanted: string): string {
  const name = wanted.replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, "");
  const last = name.split(/[/\\:]/).pop() ?? "";
  return last.replace(/^\.+/, "").slice(0, 120) || "part";
}

interface FoundPart {
  readonly message: Message;
  readonly part: Part;
  /** The file in the part, where it is a container and the path names one. */
  readonly file: TnefAttachment | undefined;
}

/** @param path "2.1", or "2.1#3" for the third file in the container that part 2.1 is */
function partAtLine(document: ParsedDocument, line: number, path: string | undefined): FoundPart | undefined {
  const found = messageOnLine(document, line);
  if (found === undefined) return undefined;
  const { message, offset } = found;
  const [own, inside] = path?.split("#") ?? [];
  const part = own === undefined ? partAt(message, offset) : message.parts.find((one) => one.path === own);
  if (part === undefined) return undefined;
  const file = inside === undefined ? undefined : tnefFile(message.lines, part, inside);
  return inside !== undefined && file === undefined ? undefined : { message, part, file };
}

function hexListing(bytes: Uint8Array): string {
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = [...bytes.subarray(at, at + 16)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const text = row.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : ".")).join("");
    rows.push(`${at.toString(16).padStart(8, "0")}  ${hex.padEnd(47)}  ${text}`);
  }
  return `${rows.join("\n")}\n`;
}
