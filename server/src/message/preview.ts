import { dispositionOf, filenameOf } from "./disposition.js";
import { firstField } from "./header.js";
import { escapeHtml } from "./html.js";
import { type Blocked, nothingBlocked, sanitizeHtml } from "./sanitize.js";
import { decodeBody, decodeText } from "./transfer.js";
import type { Message, Part } from "./tree.js";
import { base64Text, decodeWords } from "./words.js";

/** A message as a page that loads nothing and runs nothing. */
export interface Preview {
  /** A whole HTML document with its own Content-Security-Policy. */
  readonly html: string;
  readonly blocked: Blocked;
  /** Sum of all counts. */
  readonly blockedCount: number;
}

export interface PreviewOptions {
  /** "html" where there is any (default), or the plain text. */
  readonly prefer?: "html" | "text";
  /** Words of the page, in the reader's language. */
  readonly texts?: Partial<PreviewTexts>;
  /** Language of the page, such as "en"; "ar" makes the frame run from right to left. */
  readonly language?: string;
}

/** Words that the page shows; `{count}` is replaced. */
export interface PreviewTexts {
  readonly blocked: string;
  readonly attachments: string;
  readonly empty: string;
}

const ENGLISH: PreviewTexts = {
  blocked:
    "{count} things were blocked. Nothing is loaded from outside, links lead nowhere; hold the pointer over one to see its target.",
  attachments: "Attachments",
  empty: "This message has no text.",
};

/** The policy of every preview: no source for anything but pictures inside the page, and inline styles. */
export const PREVIEW_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/** Octets of one text, and of one picture, that are shown. */
const MAX_TEXT = 2 * 1024 * 1024;
const MAX_PICTURE = 2 * 1024 * 1024;
/** Octets of all pictures together. */
const MAX_PICTURES = 10 * 1024 * 1024;
const PICTURES: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"]);

const STYLE = `body{font-family:sans-serif;margin:1em;color:#222;background:#fff;overflow-wrap:anywhere}
.head{border-bottom:1px solid #ccc;margin-bottom:1em;padding-bottom:.5em}.head div{margin:.15em 0}.head b{color:#555}
.note{background:#fff4ce;border:1px solid #e5c100;padding:.4em .6em;margin-bottom:1em}
pre.plain{white-space:pre-wrap;font-family:monospace}.link{color:#0645ad;text-decoration:underline}.blocked{color:#777;text-decoration:line-through}
.content{overflow:hidden;position:relative}ul.files{border-top:1px solid #ccc;padding-top:.5em}img{max-width:100%}`;

/**
 * Builds a page that shows a message safely: header, HTML or text, pictures by `cid:`, names of attachments. Never throws;
 * nothing in a message makes the page load or run anything.
 */
export function buildPreview(message: Message, options: PreviewOptions = {}): Preview {
  const texts = { ...ENGLISH, ...options.texts };
  const blocked = nothingBlocked();
  const content = bodyHtml(message, options.prefer ?? "html", blocked) ?? `<p>${escapeHtml(texts.empty)}</p>`;
  const blockedCount = Object.values(blocked).reduce((sum, count) => sum + count, 0);
  const note =
    blockedCount === 0
      ? ""
      : `<div class="note">${escapeHtml(texts.blocked.replace("{count}", String(blockedCount)))}</div>`;
  const language = /^[a-z]{2}(?:-[a-z]{2})?$/i.test(options.language ?? "") ? (options.language as string) : "en";
  const direction = language === "ar" ? "rtl" : "ltr";
  const html = `<!DOCTYPE html>
<html lang="${language}" dir="${direction}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${PREVIEW_POLICY}">
<meta name="referrer" content="no-referrer"><title>${escapeHtml(subjectOf(message))}</title><style>${STYLE}</style></head>
<body>${headHtml(message)}${note}<div class="content" dir="auto">${content}</div>${attachmentsHtml(message, texts)}</body></html>`;
  return { html, blocked, blockedCount };
}

function subjectOf(message: Message): string {
  return decodeWords(firstField(message.root.header, "subject")?.text ?? "").text;
}

function headHtml(message: Message): string {
  const rows: string[] = [];
  for (const key of ["from", "to", "cc", "date", "subject"]) {
    const field = firstField(message.root.header, key);
    if (field === undefined) continue;
    const value = decodeWords(field.text.slice(0, 4000)).text;
    rows.push(`<div><b>${escapeHtml(field.name)}:</b> <bdi>${escapeHtml(visible(value))}</bdi></div>`);
  }
  return `<div class="head">${rows.join("")}</div>`;
}

/** Characters that change the order of a line are shown by their code: a preview must not be fooled. */
function visible(text: string): string {
  return text.replace(
    /[\u202a-\u202e\u2066-\u2069]/g,
    (character) => `[U+${character.charCodeAt(0).toString(16).toUpperCase()}]`,
  );
}

function bodyHtml(message: Message, prefer: "html" | "text", blocked: Blocked): string | undefined {
  const leaves = message.parts.filter(
    (part) => part.kind === "leaf" && dispositionOf(part) !== "attachment" && !inside(part),
  );
  const html = leaves.find((part) => part.type === "text/html");
  const text = leaves.find((part) => part.type === "text/plain" || part.type === "text");
  const chosen = prefer === "html" ? (html ?? text) : (text ?? html);
  const part = chosen ?? leaves.find((one) => one.type.startsWith("text/"));
  if (part === undefined) return undefined;
  const decoded = decodeText(message.lines, part, MAX_TEXT).text;
  if (part.type !== "text/html") return `<pre class="plain">${escapeHtml(decoded)}</pre>`;
  return sanitizeHtml(decoded, pictures(message), blocked);
}

/** Parts of a returned or forwarded message are not the message's own text. */
function inside(part: Part): boolean {
  for (let at = part.parent; at !== undefined; at = at.parent) if (at.kind === "message") return true;
  return false;
}

/** Looks up pictures by Content-ID; only kinds that browsers decode without running anything, and only so many octets. */
function pictures(message: Message): (id: string) => string | undefined {
  let left = MAX_PICTURES;
  const made = new Map<string, string | undefined>();
  const make = (id: string): string | undefined => {
    const part = message.parts.find((one) => firstField(one.header, "content-id")?.text.replace(/^<|>$/g, "") === id);
    if (part === undefined || !PICTURES.has(part.type) || part.kind !== "leaf" || part.encoding !== "base64")
      return undefined;
    const { bytes } = decodeBody(message.lines, part, MAX_PICTURE + 1);
    if (bytes.length > MAX_PICTURE || bytes.length > left) return undefined;
    left -= bytes.length;
    return `data:${part.type};base64,${base64Text(bytes)}`;
  };
  return (id) => {
    if (!made.has(id)) made.set(id, make(id));
    return made.get(id);
  };
}

function attachmentsHtml(message: Message, texts: PreviewTexts): string {
  const names = message.parts
    .filter((part) => part.parent !== undefined && part.kind !== "multipart" && !inside(part))
    .filter((part) => dispositionOf(part) === "attachment" || filenameOf(part) !== undefined || part.kind === "message")
    .map(
      (part) => `<li><bdi>${escapeHtml(visible(filenameOf(part) ?? part.type))}</bdi> (${escapeHtml(part.type)})</li>`,
    );
  return names.length === 0
    ? ""
    : `<ul class="files"><li><b>${escapeHtml(texts.attachments)}</b></li>${names.join("")}</ul>`;
}
