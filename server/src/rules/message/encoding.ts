import { charsetStatus } from "../../message/charset.js";
import { firstField } from "../../message/header.js";
import { lineSpan } from "../../message/lines.js";
import type { TransferProblemKind } from "../../message/transfer.js";
import { charsetOf, decodeText, isEncoded } from "../../message/transfer.js";
import type { Part } from "../../message/tree.js";
import { typeFieldSpan } from "./mime-structure.js";
import { messageRule, mimeSample, replaceFix, rfc, short } from "./support.js";
import type { MessageContext } from "./types.js";

/** Transfer encodings and character sets. */

const KNOWN: ReadonlySet<string> = new Set(["7bit", "8bit", "binary", "base64", "quoted-printable"]);
const NEAREST: Readonly<Record<string, string>> = {
  "7-bit": "7bit",
  "8-bit": "8bit",
  "7bits": "7bit",
  "8bits": "8bit",
  "quoted printable": "quoted-printable",
  quotedprintable: "quoted-printable",
  "base 64": "base64",
  "base-64": "base64",
  "utf-8": "8bit",
  plain: "7bit",
};
function leaves(context: MessageContext): Part[] {
  return context.ownParts.filter((part) => part.kind === "leaf");
}

export const hdrCteInvalid = messageRule({
  id: "hdr-cte-invalid",
  severity: "warning",
  outbound: "error",
  references: [rfc(2045, "6.1"), rfc(2045, "6.4")],
  title: "A Content-Transfer-Encoding that does not exist or does not fit",
  messages: {
    default:
      "There is no encoding “{text}”. Readers show the part as it is or not at all; use one of 7bit, 8bit, binary, quoted-printable, base64.",
    composite: "A multipart or a message cannot be encoded as a whole with {text}. Encode the parts inside instead.",
    fix: "Write {right}",
  },
  why: "Readers do not decode what they do not know, so people see the encoded text.",
  fix: "Write one of the five encodings; leave multiparts at 7bit or 8bit.",
  fixable: true,
  wrong: mimeSample("text/plain", "Hello", "Content-Transfer-Encoding: 8-bit"),
  right: mimeSample("text/plain", "Hello", "Content-Transfer-Encoding: 8bit"),
  check(context) {
    for (const part of context.ownParts) {
      const field = firstField(part.header, "content-transfer-encoding");
      if (field === undefined || field.text === "") continue;
      const { encoding } = part;
      const data = { text: short(encoding, 40) };
      if (!KNOWN.has(encoding) && !encoding.startsWith("x-")) {
        const right = NEAREST[encoding];
        const fix = right === undefined ? undefined : { ...replaceFix(field.valueSpan, right), data: { right } };
        context.report({ at: field.valueSpan, data, fix });
      } else if (
        (encoding === "base64" || encoding === "quoted-printable") &&
        /^(?:multipart\/|message\/rfc822$)/.test(part.type)
      )
        context.report({
          at: field.valueSpan,
          message: "composite",
          data,
          severity: part.type === "message/rfc822" ? "information" : undefined,
        });
    }
  },
});

export const sevenBit = messageRule({
  id: "mime-7bit-has-8bit",
  severity: "information",
  outbound: "warning",
  references: [rfc(2045, "2.7"), rfc(2045, "6.2")],
  title: "A 7bit body with characters beyond ASCII",
  messages: {
    default:
      "The part says 7bit but holds characters beyond ASCII. Servers without 8BITMIME damage it; use quoted-printable.",
    implied:
      "The part names no encoding, so it counts as 7bit, but holds characters beyond ASCII. Servers without 8BITMIME damage it; use quoted-printable.",
  },
  why: "7bit promises that every octet is ASCII. A relay may strip the eighth bit or refuse the message.",
  fix: "Encode as quoted-printable, or say 8bit and use 8BITMIME.",
  wrong: mimeSample("text/plain; charset=utf-8", "Grüße", "Content-Transfer-Encoding: 7bit"),
  right: mimeSample("text/plain; charset=utf-8", "Grüße", "Content-Transfer-Encoding: 8bit"),
  check(context) {
    for (const part of leaves(context)) {
      if (part.encoding !== "7bit") continue;
      const found = context.firstNonAscii(part);
      if (found === undefined) continue;
      const said = firstField(part.header, "content-transfer-encoding") !== undefined;
      context.report({
        at: lineSpan(context.lines, found.line, found.column, found.column + 1),
        message: said ? "default" : "implied",
      });
    }
  },
});

const BROKEN: ReadonlySet<TransferProblemKind> = new Set([
  "base64-garbage",
  "base64-early-padding",
  "base64-length",
  "qp-bad-escape",
]);
const SLOPPY: ReadonlySet<TransferProblemKind> = new Set(["qp-trailing-space", "qp-raw-8bit", "qp-lowercase"]);

function reportTransfer(context: MessageContext, kinds: ReadonlySet<TransferProblemKind>): void {
  for (const part of leaves(context)) {
    if (!isEncoded(part)) continue;
    const seen = new Set<TransferProblemKind>();
    for (const { kind, line, from, to } of context.bodyFacts(part).problems) {
      // One finding a kind and part: what follows from one mistake needs no list.
      if (!kinds.has(kind) || seen.has(kind)) continue;
      seen.add(kind);
      context.report({ at: lineSpan(context.lines, line, from, to), message: kind });
    }
  }
}

export const hdrQpBase64Broken = messageRule({
  id: "hdr-qp-base64-broken",
  severity: "warning",
  outbound: "error",
  references: [rfc(2045, "6.7"), rfc(2045, "6.8")],
  title: "A body that does not decode",
  messages: {
    "base64-garbage":
      "These characters are no base64. Something was added to the encoded part, such as a list footer; remove it or encode it.",
    "base64-early-padding":
      "The padding = stands in the middle. Readers stop here or go on, so they see different files; encode it in one piece.",
    "base64-length": "The base64 ends in the middle of a group; the end of the file is missing.",
    "qp-bad-escape": "An = needs two hex digits or the end of the line behind it. Write =3D for the sign itself.",
  },
  why: "Attachments are damaged, and scanners and readers see different content.",
  fix: "Let a mail library encode the body; add footers before encoding.",
  elsewhere: "Snort 124:10–13, Suricata mime_invalid_base64",
  wrong: mimeSample("text/plain", "a=G1", "Content-Transfer-Encoding: quoted-printable"),
  right: mimeSample("text/plain", "a=3DG1", "Content-Transfer-Encoding: quoted-printable"),
  check(context) {
    reportTransfer(context, BROKEN);
  },
});

export const qpSloppy = messageRule({
  id: "mime-quoted-printable-sloppy",
  severity: "hint",
  outbound: "information",
  references: [rfc(2045, "6.7")],
  title: "Quoted-printable that is not quite right",
  messages: {
    "qp-trailing-space": "White space at the end of a line may be lost on the way. Write =20.",
    "qp-raw-8bit": "A character beyond ASCII stands here unencoded. Write its octets as =XX.",
    "qp-lowercase": "Hex digits are written in capitals here. Readers accept both.",
  },
  why: "Relays trim lines; what was trimmed is missing, and signatures break.",
  fix: "Let a mail library encode the body.",
  wrong: mimeSample("text/plain; charset=iso-8859-1", "caf=e9", "Content-Transfer-Encoding: quoted-printable"),
  right: mimeSample("text/plain; charset=iso-8859-1", "caf=E9", "Content-Transfer-Encoding: quoted-printable"),
  check(context) {
    reportTransfer(context, SLOPPY);
  },
});

export const encodedLine = messageRule({
  id: "mime-encoded-line-too-long",
  severity: "off",
  outbound: "information",
  references: [rfc(2045, "6.7"), rfc(2045, "6.8")],
  title: "A line of an encoded part over 76 characters",
  messages: {
    default: "Lines of {encoding} have at most 76 characters; this one has {length}. Strict decoders refuse it.",
  },
  why: "The limit keeps the part intact through old gateways.",
  fix: "Let a mail library encode the body.",
  elsewhere: "SpamAssassin MIME_QP_LONG_LINE",
  wrong: mimeSample("text/plain", "a".repeat(90), "Content-Transfer-Encoding: quoted-printable"),
  right: mimeSample("text/plain", "a".repeat(70), "Content-Transfer-Encoding: quoted-printable"),
  check(context) {
    for (const part of leaves(context)) {
      if (!isEncoded(part)) continue;
      for (let line = part.bodyLine; line < part.endLine; line++) {
        const { length } = context.lines.text(line);
        if (length <= 76) continue;
        context.report({ at: lineSpan(context.lines, line, 76, length), data: { encoding: part.encoding, length } });
        break;
      }
    }
  },
});

export const charsetUnknown = messageRule({
  id: "mime-charset-unknown",
  severity: "information",
  outbound: "warning",
  references: [rfc(2046, "4.1.2")],
  title: "A character set that does not exist",
  messages: { default: "There is no character set “{name}”. Readers guess; use utf-8." },
  why: "The reader cannot know which characters the octets mean.",
  fix: "Name the real one; utf-8 in new mail.",
  elsewhere: "SpamAssassin NONEXISTENT_CHARSET",
  wrong: mimeSample("text/plain; charset=nonsense", "Hello"),
  right: mimeSample("text/plain; charset=utf-8", "Hello"),
  check(context) {
    for (const part of leaves(context)) {
      const parameter = part.contentType?.find("charset");
      if (parameter === undefined || part.contentTypeField === undefined || parameter.value.trim() === "") continue;
      if (charsetStatus(parameter.value) === "unknown")
        context.report({
          at: part.contentTypeField.value.spanOf(parameter.valueRange),
          data: { name: short(parameter.value, 40) },
        });
    }
  },
});

export const charsetMissing = messageRule({
  id: "mime-charset-missing",
  severity: "information",
  outbound: "warning",
  references: [rfc(2046, "4.1.2"), rfc(7103, "7.6")],
  title: "Text beyond ASCII without a character set",
  messages: {
    default: "The text goes beyond ASCII, but no character set is named. Add charset=utf-8, or the right one.",
    ascii: "The part says us-ascii but its text goes beyond it. Name the real character set.",
  },
  why: "Without a name the text counts as ASCII, and readers guess the rest.",
  fix: "Add `; charset=utf-8`.",
  wrong: mimeSample("text/plain", "Grüße", "Content-Transfer-Encoding: 8bit"),
  right: mimeSample("text/plain; charset=utf-8", "Grüße", "Content-Transfer-Encoding: 8bit"),
  check(context) {
    for (const part of leaves(context)) {
      if (
        !part.type.startsWith("text/") ||
        part.type === "text/rfc822-headers" ||
        charsetOf(part).toLowerCase() !== "us-ascii"
      )
        continue;
      const beyond = isEncoded(part) ? context.bodyFacts(part).beyondAscii : context.firstNonAscii(part) !== undefined;
      if (!beyond) continue;
      const named = part.contentType?.find("charset") !== undefined;
      const field = part.contentTypeField ?? context.fields[0];
      // HTML may name it in the document itself.
      if (field === undefined || (!named && part.type === "text/html")) continue;
      context.report({
        at: part.contentTypeField === undefined ? field.nameSpan : field.valueSpan,
        message: named ? "ascii" : "default",
      });
    }
  },
});

export const utf8Invalid = messageRule({
  id: "mime-utf8-invalid",
  severity: "warning",
  outbound: "error",
  references: [rfc(3629, "3")],
  title: "Text that is not the UTF-8 it says it is",
  messages: {
    default:
      "The part says utf-8, but this is no UTF-8. Readers show � here; the text is probably in windows-1252, or was cut.",
  },
  why: "Programs that mix texts of two character sets destroy one of them.",
  fix: "Name the real character set, or convert the text to UTF-8.",
  wrong: mimeSample("text/plain; charset=utf-8", "caf=E9", "Content-Transfer-Encoding: quoted-printable"),
  right: mimeSample("text/plain; charset=utf-8", "caf=C3=A9", "Content-Transfer-Encoding: quoted-printable"),
  check(context) {
    for (const part of leaves(context)) {
      const place = context.bodyFacts(part).notUtf8;
      if (place !== undefined)
        context.report({ at: lineSpan(context.lines, place.line, place.column, place.column + 1) });
    }
  },
});

export const metaDiffers = messageRule({
  id: "mime-html-charset-differs",
  severity: "off",
  outbound: "information",
  level: "practice",
  references: [rfc(2854)],
  title: "The HTML names another character set than the part",
  messages: { default: "The HTML says {meta}, the part {charset}. Mail readers follow the part; make them equal." },
  why: "When the text is saved or forwarded, the other name is used and the text breaks.",
  fix: "Write utf-8 in both.",
  wrong: mimeSample("text/html; charset=utf-8", '<meta charset="iso-8859-1">'),
  right: mimeSample("text/html; charset=utf-8", '<meta charset="utf-8">'),
  check(context) {
    for (const part of leaves(context)) {
      if (part.type !== "text/html" || part.contentTypeField === undefined) continue;
      const { text } = decodeText(context.lines, part, 64 * 1024);
      const meta = /<meta\s[^>]{0,200}charset\s{0,3}=\s{0,3}["']?([A-Za-z0-9_-]{2,40})/i.exec(text)?.[1]?.toLowerCase();
      const charset = charsetOf(part).toLowerCase();
      if (meta !== undefined && charset !== "us-ascii" && meta !== charset)
        context.report({ at: typeFieldSpan(part), data: { meta, charset: short(charset, 40) } });
    }
  },
});

export const encoding = [
  hdrCteInvalid,
  sevenBit,
  hdrQpBase64Broken,
  qpSloppy,
  encodedLine,
  charsetUnknown,
  charsetMissing,
  utf8Invalid,
  metaDiffers,
];
