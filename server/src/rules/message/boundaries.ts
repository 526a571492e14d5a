import { lineSpan, rangeSpan } from "../../message/lines.js";
import type { Part } from "../../message/tree.js";
import type { Fix } from "../types.js";
import { typeSpan } from "./mime-structure.js";
import { messageRule, mimeSample, replaceFix, replaceIn, rfc, short } from "./support.js";
import type { MessageContext } from "./types.js";

/** Boundaries and what stands between them. */

const MIXED = "multipart/mixed; boundary=b1";
const TWO = "--b1\nContent-Type: text/plain\n\nHello\n--b1\nContent-Type: text/plain\n\nYou\n--b1--";
const GOOD = mimeSample(MIXED, TWO);

/** First line in a body that looks like a delimiter, with its boundary. */
function foundDelimiter(context: MessageContext, part: Part): { boundary: string; line: number } | undefined {
  const { lines } = context;
  for (let line = part.bodyLine; line < Math.min(part.endLine, part.bodyLine + 200); line++) {
    const text = lines.text(line);
    if (!/^--[^\s-]|^---{2,60}\S/.test(text) || text.length > 90) continue;
    const next = lines.text(line + 1);
    if (/^Content-[A-Za-z-]{2,40}:/i.test(next) || next === "") return { boundary: text.slice(2).trimEnd(), line };
  }
  return undefined;
}

export const hdrBoundary = messageRule({
  id: "hdr-boundary",
  severity: "error",
  references: [rfc(2046, "5.1.1")],
  title: "A multipart without boundary",
  messages: {
    default: "A multipart needs a boundary parameter; without it no part can be found. Add it.",
    found: "A multipart needs a boundary parameter. The body uses “{boundary}”; add it.",
    fix: 'Add boundary="{boundary}"',
  },
  why: "Readers show the whole body as text, encoded attachments included.",
  fix: "Add the boundary that the body uses.",
  elsewhere: "Suricata mime_long_boundary",
  fixable: true,
  wrong: mimeSample("multipart/mixed", TWO),
  right: GOOD,
  check(context) {
    for (const part of context.parts) {
      if (part.multipart === undefined || part.multipart.boundary !== "" || part.contentTypeField === undefined)
        continue;
      const found = foundDelimiter(context, part);
      const end = part.contentTypeField.valueSpan.end;
      const boundary = found?.boundary ?? "";
      const fix: Fix | undefined =
        found === undefined || /["\\]/.test(boundary)
          ? undefined
          : {
              title: "fix",
              kind: "structure",
              data: { boundary },
              edits: [{ start: end, end, text: `; boundary="${boundary}"` }],
            };
      context.report({
        at: typeSpan(part),
        message: found === undefined ? "default" : "found",
        data: { boundary: short(boundary, 70) },
        severity: context.quoted(part) ? "information" : undefined,
        fix,
      });
    }
  },
});

export const boundaryUnused = messageRule({
  id: "mime-boundary-unused",
  severity: "error",
  references: [rfc(2046, "5.1.1")],
  title: "The boundary does not occur in the body",
  messages: {
    default:
      "No line of the body is “--{boundary}”, so the message has no parts and looks empty. Correct the boundary.",
    found: "The body uses “{found}” instead of “{boundary}”, so the message looks empty. Make them equal.",
    fix: "Use the boundary of the body",
  },
  why: "Everything up to the first delimiter is a preamble that no reader shows.",
  fix: "Write the same boundary in Content-Type and in the body.",
  fixable: true,
  wrong: mimeSample("multipart/mixed; boundary=b2", TWO),
  right: GOOD,
  check(context) {
    for (const part of context.parts) {
      const { multipart } = part;
      if (multipart === undefined || multipart.boundary === "" || multipart.delimiters.length > 0) continue;
      if (multipart.nearby.length > 0) continue;
      const parameter = part.contentType?.find("boundary");
      const field = part.contentTypeField;
      if (parameter === undefined || field === undefined) continue;
      const found = foundDelimiter(context, part);
      const fix =
        found === undefined || /["\\]/.test(found.boundary)
          ? undefined
          : replaceIn(field, parameter.valueRange, `"${found.boundary}"`, "structure");
      context.report({
        at: field.value.spanOf(parameter.valueRange),
        message: found === undefined ? "default" : "found",
        data: { boundary: short(multipart.boundary, 70), found: short(found?.boundary ?? "", 70) },
        severity: context.quoted(part) || part.bodyLine >= part.endLine ? "information" : undefined,
        fix,
      });
    }
  },
});

export const missingClose = messageRule({
  id: "mime-missing-close",
  severity: "information",
  outbound: "error",
  references: [rfc(2046, "5.1.1")],
  title: "A multipart that is never closed",
  messages: {
    default: "There is no closing line “--{boundary}--”. The message was cut, or the program that made it forgot it.",
    fix: "Add the closing line",
  },
  why: "The last part may be incomplete. Scanners refuse such mail because readers disagree on what it holds.",
  fix: "Look for what cut the message: a size limit, a lost connection. Programs must write the closing line.",
  fixable: true,
  wrong: mimeSample(MIXED, TWO.replace("--b1--", "")),
  right: GOOD,
  check(context) {
    for (const part of context.parts) {
      const { multipart } = part;
      if (multipart === undefined || multipart.closed || multipart.delimiters.length === 0) continue;
      const last = Math.max(part.bodyLine, part.endLine - 1);
      const end = rangeSpan(context.lines, { from: last, to: last + 1 }).end;
      const text = `${context.eol}--${multipart.boundary}--`;
      const fix = part.parent === undefined ? replaceFix({ start: end, end }, text, "structure") : undefined;
      const first = multipart.delimiters[0] as { line: number };
      context.report({
        at: lineSpan(context.lines, first.line),
        data: { boundary: short(multipart.boundary, 70) },
        severity: context.quoted(part) ? "hint" : undefined,
        fix,
      });
    }
  },
});

export const boundaryBad = messageRule({
  id: "mime-boundary-bad",
  severity: "hint",
  outbound: "warning",
  references: [rfc(2046, "5.1.1")],
  title: "A boundary that breaks the rules",
  messages: {
    long: "The boundary has {length} characters; 70 are the limit.",
    characters: "The boundary holds characters that are not allowed. Use letters, digits and '()+_,-./:=?",
    blank: "The boundary ends in a space, which transport may remove. Take it out.",
  },
  why: "Gateways cut or change such boundaries and lose the parts.",
  fix: "Let a mail library make the boundary.",
  wrong: mimeSample('multipart/mixed; boundary="b!"', TWO.replaceAll("b1", "b!")),
  right: GOOD,
  check(context) {
    for (const part of context.parts) {
      const parameter = part.contentType?.find("boundary");
      const boundary = part.contentType?.get("boundary") ?? "";
      if (
        part.kind !== "multipart" ||
        parameter === undefined ||
        boundary === "" ||
        part.contentTypeField === undefined ||
        context.quoted(part)
      )
        continue;
      const at = part.contentTypeField.value.spanOf(parameter.valueRange);
      if (boundary.endsWith(" ")) context.report({ at, message: "blank" });
      else if (boundary.length > 70) context.report({ at, message: "long", data: { length: boundary.length } });
      else if (!/^[A-Za-z0-9'()+_,./:=? -]+$/.test(boundary)) context.report({ at, message: "characters" });
    }
  },
});

export const boundaryCollision = messageRule({
  id: "mime-boundary-collision",
  severity: "hint",
  outbound: "warning",
  references: [rfc(2046, "5.1.2")],
  title: "Two boundaries that can be taken for each other",
  messages: {
    same: "This multipart uses the boundary of the one around it. Readers cannot tell whose parts these are.",
    default:
      "The boundary of this multipart begins with that of the one around it. Some readers take its lines for the outer one.",
  },
  why: "Some readers compare only the beginning of a delimiter line, as a note in RFC 2046 §5.1.1 lets them.",
  fix: "Give each multipart a random boundary.",
  wrong: mimeSample(
    "multipart/mixed; boundary=b",
    "--b\nContent-Type: multipart/alternative; boundary=b2\n\n--b2\n\nHello\n--b2--\n--b--",
  ),
  right: mimeSample(
    "multipart/mixed; boundary=a",
    "--a\nContent-Type: multipart/alternative; boundary=b2\n\n--b2\n\nHello\n--b2--\n--a--",
  ),
  check(context) {
    for (const part of context.parts) {
      const own = part.multipart?.boundary ?? "";
      if (own === "" || part.contentTypeField === undefined || context.quoted(part)) continue;
      for (let at = part.parent; at !== undefined; at = at.parent) {
        const outer = at.multipart?.boundary ?? "";
        if (outer === "" || !own.startsWith(outer)) continue;
        context.report({
          at: typeSpan(part),
          message: own === outer ? "same" : "default",
          severity: own === outer ? "warning" : undefined,
        });
        break;
      }
    }
  },
});

export const delimiterText = messageRule({
  id: "mime-text-after-delimiter",
  severity: "information",
  outbound: "warning",
  references: [rfc(2046, "5.1.1")],
  title: "Text behind a boundary on the same line",
  messages: {
    default:
      "Behind the boundary only white space may follow. Some readers take this for a delimiter, others for text; remove the rest.",
    fix: "Remove the text behind the boundary",
  },
  why: "Two readers see a different number of parts, which is a way past scanners.",
  fix: "Write the boundary alone on its line.",
  fixable: true,
  wrong: mimeSample(
    MIXED,
    TWO.replace("--b1\nContent-Type: text/plain\n\nYou", "--b1 junk\nContent-Type: text/plain\n\nYou"),
  ),
  right: GOOD,
  check(context) {
    const { lines } = context;
    for (const part of context.parts) {
      const boundary = part.multipart?.boundary ?? "";
      if (boundary === "" || context.quoted(part)) continue;
      for (const line of part.multipart?.nearby ?? []) {
        const span = lineSpan(lines, line, boundary.length + 2);
        // Without any part a reader that compares strictly shows nothing at all.
        const severity = part.children.length === 0 ? "warning" : undefined;
        context.report({ at: span, severity, fix: replaceFix(span, "", "structure") });
      }
    }
  },
});

export const textAfterClose = messageRule({
  id: "mime-text-after-close",
  severity: "hint",
  level: "practice",
  references: [rfc(2046, "5.1.1")],
  title: "Text behind the end of a multipart",
  messages: {
    default:
      "What follows the closing line is shown by no reader. A list footer or a scanner's note was added in the wrong place.",
  },
  why: "Programs that append text without reading MIME hide it from everyone.",
  fix: "Add text as a part of its own.",
  wrong: mimeSample(MIXED, `${TWO}\nUnsubscribe here`),
  right: GOOD,
  check(context) {
    for (const part of context.parts) {
      const { multipart } = part;
      if (multipart === undefined || !multipart.closed || context.quoted(part)) continue;
      const { from, to } = multipart.epilogue;
      for (let line = from; line < Math.min(to, from + 50); line++) {
        if (context.lines.text(line).trim() === "") continue;
        context.report({ at: lineSpan(context.lines, line) });
        break;
      }
    }
  },
});

export const boundaries = [
  hdrBoundary,
  boundaryUnused,
  missingClose,
  boundaryBad,
  boundaryCollision,
  delimiterText,
  textAfterClose,
];
