import type { MailData } from "../../session/model.js";
import { insertBefore, lineLike, replaceIn, standsAlone } from "../support.js";
import type { Edit, RuleContext, WireLine } from "../types.js";
import { quotedPrintable } from "./quoted-printable.js";
import { scanOf } from "./scan.js";

/** A part of a message by indices of its lines: header section `[from, blank)`, body `(blank, to)`. */
interface Part {
  readonly from: number;
  readonly blank: number;
  readonly to: number;
  readonly root: boolean;
}

const TRANSFER = /^content-transfer-encoding:[ \t]*([\w-]*)[ \t]*$/i;
const CHARSET = /charset="?([\w.:-]+)/i;

/**
 * Edits that send the part around a body line as quoted-printable: its body encoded, its header field set. Undefined where
 * that is not safe: a line in a header section, a part that is encoded or signed already or holds other parts, text in
 * another charset than UTF-8, lines that do not stand alone in the file.
 */
export function reencodePart(context: RuleContext, data: MailData, line: WireLine): Edit[] | undefined {
  const { lines } = data;
  if (data.kind !== "DATA" || isSigned(lines)) return undefined;
  const part = partAround(lines, lines.indexOf(line));
  if (!part) return undefined;
  const header = lines.slice(part.from, part.blank);
  const body = lines.slice(part.blank + 1, part.to);
  const fields = header.map(({ text }) => text).join("\n");
  if (/^content-type:[ \t]*(?:multipart|message)\//im.test(fields)) return undefined;
  const charset = CHARSET.exec(fields)?.[1]?.toLowerCase() ?? "us-ascii";
  const nonAscii = new Set(scanOf(data).nonAscii);
  const ascii = !body.some((wire) => nonAscii.has(wire));
  if (charset !== "utf-8" && !ascii) return undefined;
  const transfer = header.find(({ text }) => TRANSFER.test(text));
  const encoding = TRANSFER.exec(transfer?.text ?? "")?.[1]?.toLowerCase() ?? "7bit";
  if (!/^(?:7bit|8bit|binary)$/.test(encoding) || (!transfer && /^content-transfer-encoding:/im.test(fields))) {
    return undefined;
  }
  const touched = [...header, lines[part.blank] as WireLine, ...body];
  if (!touched.every((wire) => standsAlone(context.transcript, wire))) return undefined;
  return [...headerEdits(context, lines, part, transfer), ...body.flatMap((wire) => bodyEdits(context, wire))];
}

function headerEdits(
  context: RuleContext,
  lines: readonly WireLine[],
  part: Part,
  transfer: WireLine | undefined,
): Edit[] {
  const field = "Content-Transfer-Encoding: quoted-printable";
  if (transfer) return [replaceIn(transfer, 0, transfer.text.length, field)];
  const { source } = context.transcript;
  const blank = lines[part.blank] as WireLine;
  const model = lines[part.from] ?? blank;
  const missing = part.root && !lines.slice(0, part.blank).some(({ text }) => /^mime-version:/i.test(text));
  const added = (missing ? lineLike(source, model, "MIME-Version: 1.0") : "") + lineLike(source, model, field);
  return [insertBefore(source, blank, added)];
}

function bodyEdits(context: RuleContext, wire: WireLine): Edit[] {
  const { source } = context.transcript;
  const text = wire.text.startsWith("..") ? wire.text.slice(1) : wire.text;
  const encoded = quotedPrintable(text).map((line) => (line.startsWith(".") ? `.${line}` : line));
  if (encoded.length === 1 && encoded[0] === wire.text) return [];
  const line = source.lineAt(wire.start);
  const lines = encoded.map((one) => lineLike(source, wire, one)).join("");
  return [{ start: source.lineStart(line), end: source.lineStart(line + 1), text: lines }];
}

/** A signature covers the encoded text: changing it would break what is right. */
function isSigned(lines: readonly WireLine[]): boolean {
  const blank = lines.findIndex(({ text }) => text === "");
  return lines
    .slice(0, blank)
    .some(({ text }) => /^(?:dkim-signature:|content-type:[ \t]*multipart\/signed)/i.test(text));
}

/** The innermost part around a line, by the boundaries that the message declares. */
function partAround(lines: readonly WireLine[], at: number): Part | undefined {
  const boundaries = new Set<string>();
  for (const { text } of lines) {
    const boundary = /\bboundary="?([^";\s]{1,70})/i.exec(text)?.[1];
    if (boundary !== undefined) boundaries.add(boundary);
  }
  const isBoundary = (text: string): boolean =>
    text.startsWith("--") &&
    (boundaries.has(text.slice(2)) || (text.endsWith("--") && boundaries.has(text.slice(2, -2))));
  let from = at;
  while (from >= 0 && !isBoundary((lines[from] as WireLine).text)) from--;
  let to = at;
  while (to < lines.length && !isBoundary((lines[to] as WireLine).text)) to++;
  const opened = from >= 0 && !(lines[from] as WireLine).text.endsWith("--");
  if (from >= 0 && !opened) return undefined;
  const start = from + 1;
  const blank = lines.findIndex(({ text }, k) => k >= start && text === "");
  return blank === -1 || blank >= at ? undefined : { from: start, blank, to, root: from < 0 };
}
