import { firstField } from "../../message/header.js";
import type { Part } from "../../message/tree.js";
import { mediaType } from "../../message/tree.js";
import type { Span } from "../../text/span.js";
import { messageRule, mimeSample, replaceFix, rfc, sample, short } from "./support.js";

/** Content-Type, boundaries and what stands between them. */

/** The Content-Type of a part; its first field where there is none. */
export function typeSpan(part: Part): Span {
  const field = part.contentTypeField;
  return field === undefined ? (part.header.fields[0]?.nameSpan ?? { start: 0, end: 0 }) : field.valueSpan;
}

export const hdrMimeVersionMissing = messageRule({
  id: "hdr-mime-version-missing",
  severity: "hint",
  outbound: "warning",
  references: [rfc(2045, "4"), rfc(7103, "8.1")],
  title: "Content-Type without MIME-Version",
  messages: {
    default:
      "There is a Content-Type but no MIME-Version: 1.0. Strict readers take the whole body for plain text; add it.",
    fix: "Add MIME-Version: 1.0",
  },
  why: "MIME-Version is what makes a message a MIME message. Most readers look at Content-Type alone.",
  fix: "Add `MIME-Version: 1.0`.",
  fixable: true,
  wrong: sample("Content-Type: text/plain"),
  right: mimeSample("text/plain", "Hello"),
  check(context) {
    const field = context.first("content-type");
    if (field === undefined || context.first("mime-version") !== undefined) return;
    const at = { start: context.lines.offset(field.line, 0), end: context.lines.offset(field.line, 0) };
    context.report({ at: field.nameSpan, fix: replaceFix(at, `MIME-Version: 1.0${context.eol}`, "structure") });
  },
});

export const mimeVersionBad = messageRule({
  id: "mime-version-bad",
  severity: "information",
  outbound: "warning",
  references: [rfc(2045, "4")],
  title: "A MIME-Version other than 1.0",
  messages: { default: "The only version of MIME is 1.0. Write that.", fix: "Write 1.0" },
  why: "A strict reader may treat another version as unknown and show the source.",
  fix: "Write `MIME-Version: 1.0`.",
  fixable: true,
  wrong: sample("MIME-Version: 1.1\nContent-Type: text/plain"),
  right: mimeSample("text/plain", "Hello"),
  check(context) {
    const field = context.first("mime-version");
    if (field === undefined || field.text === "") return;
    const value = field.text.replace(/\([^()]{0,200}\)/g, "").replace(/\s+/g, "");
    if (value !== "1.0")
      context.report({
        at: field.valueSpan,
        fix: /^[\d.]+$/.test(value) ? replaceFix(field.valueSpan, "1.0") : undefined,
      });
  },
});

export const contentTypeBad = messageRule({
  id: "mime-content-type-bad",
  severity: "information",
  outbound: "error",
  references: [rfc(2045, "5.1"), rfc(2045, "5.2")],
  title: "A Content-Type that is no type/subtype",
  messages: { default: "{text} is not of the form type/subtype, so the part is taken for plain text. Correct it." },
  why: "Attachments with a broken type cannot be opened, HTML is shown as source.",
  fix: "Write a registered media type such as text/plain or application/octet-stream.",
  wrong: mimeSample("text", "Hello"),
  right: mimeSample("text/plain", "Hello"),
  check(context) {
    for (const part of context.ownParts) {
      if (part.contentTypeField === undefined || part.contentTypeField.text === "") continue;
      if (mediaType(part.contentType) === undefined)
        context.report({ at: typeSpan(part), data: { text: short(part.contentType?.value ?? "", 40) } });
    }
  },
});

export const nesting = messageRule({
  id: "mime-nesting-too-deep",
  severity: "warning",
  level: "practice",
  references: [],
  title: "Parts nested very deep",
  messages: {
    default: "Parts are nested {depth} deep. Libraries give up at 100 or 256 levels, and scanners refuse such mail.",
  },
  why: "Deep nesting is a way to crash or evade programs that read mail.",
  fix: "Look for a program that forwards its own notices in a loop.",
  wrong: deepSample(40),
  right: deepSample(3),
  check(context) {
    const deepest = context.message.parts.reduce((a, b) => (b.depth > a.depth ? b : a));
    if (deepest.depth > 30) context.report({ at: typeSpan(deepest), data: { depth: deepest.depth } });
  },
});

function deepSample(depth: number): string {
  let body = "";
  for (let k = 2; k <= depth; k++) body += `--b${k - 1}x\nContent-Type: multipart/mixed; boundary=b${k}x\n\n`;
  return mimeSample("multipart/mixed; boundary=b1x", `${body}--b${depth}x\n\nHello`);
}

/** The Content-Type field of a part, for other rules. */
export function typeFieldSpan(part: Part): Span {
  return firstField(part.header, "content-type")?.valueSpan ?? typeSpan(part);
}

export const mimeStructure = [hdrMimeVersionMissing, mimeVersionBad, contentTypeBad, nesting];
