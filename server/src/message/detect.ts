import type { MessageLines } from "./lines.js";

/** Names that nearly every message has at least one of. */
const COMMON: ReadonlySet<string> = new Set([
  "from",
  "to",
  "cc",
  "date",
  "subject",
  "received",
  "return-path",
  "delivered-to",
  "message-id",
  "mime-version",
  "content-type",
  "dkim-signature",
  "authentication-results",
  "arc-seal",
  "reply-to",
  "sender",
  "x-mozilla-status",
  "x-original-to",
  "envelope-to",
]);

const SAMPLE = 60;

/**
 * Whether a text is a message at all: a header section on top with at least one common field. Templates of other tools
 * also end in `.eml` (OCaml's embedded templates); nothing is said about those.
 */
export function isMessage(lines: MessageLines): boolean {
  let line = 0;
  while (line < Math.min(lines.count, 5) && lines.text(line).replace("\uFEFF", "").trim() === "") line++;
  if (/^>?From \S/.test(lines.text(line))) line++;
  let fields = 0;
  let other = 0;
  let common = false;
  for (const end = Math.min(lines.count, line + SAMPLE); line < end; line++) {
    const text = lines.text(line).replace(/^\uFEFF/, "");
    if (text === "") break;
    if (text.charCodeAt(0) === 32 || text.charCodeAt(0) === 9) continue;
    const match = /^([!-9;-~]{1,80})[ \t]*:/.exec(text);
    if (match === null) other++;
    else {
      fields++;
      common ||= COMMON.has((match[1] as string).toLowerCase());
    }
  }
  return common && fields >= other;
}
