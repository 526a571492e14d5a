import type { HeaderProblem, HeaderProblemKind } from "../../message/header.js";
import { lineSpan } from "../../message/lines.js";
import type { Fix } from "../types.js";
import { messageRule, replaceFix, rfc, sample } from "./support.js";
import type { MessageContext } from "./types.js";

/** How the lines of a header section are written. */

function problems(context: MessageContext, kind: HeaderProblemKind): HeaderProblem[] {
  const out: HeaderProblem[] = [];
  for (const part of context.ownParts) {
    for (const problem of part.header.problems) if (problem.kind === kind) out.push(problem);
  }
  return out;
}

function insertAt(offset: number, text: string, kind: Fix["kind"]): Fix {
  return replaceFix({ start: offset, end: offset }, text, kind);
}

const GOOD = sample("X-Note: a\n b");

export const hdrNoColon = messageRule({
  id: "hdr-no-colon",
  severity: "warning",
  outbound: "error",
  references: [rfc(5322, "2.2"), rfc(7103, "7.2")],
  title: "A line in the header section that is no field",
  messages: {
    default:
      "This line is no header field. Some readers end the header here and show what follows as text; remove it, or indent it if it continues the line above.",
  },
  why: "Readers disagree on what a line without a colon means. Those that take it for the start of the body lose all fields below it, and with them the MIME structure.",
  fix: "Remove the line, or begin it with a space if it belongs to the field above.",
  wrong: sample("this is no field\nX-Note: a"),
  right: GOOD,
  check(context) {
    for (const problem of problems(context, "no-colon")) context.report({ at: problem.span });
  },
});

export const unindented = messageRule({
  id: "eml-unindented-continuation",
  severity: "error",
  references: [rfc(5322, "2.2.3")],
  title: "A continuation line that is not indented",
  messages: {
    default:
      "This line continues the field above but does not begin with a space, so strict readers lose it. Indent it.",
    fix: "Indent the line",
  },
  why: "A folded field goes on only in lines that begin with a space or a tab. A boundary that is lost this way makes all attachments unreadable.",
  fix: "Begin the line with a space.",
  fixable: true,
  wrong: sample("MIME-Version: 1.0\nContent-Type: text/plain;\ncharset=utf-8"),
  right: sample("MIME-Version: 1.0\nContent-Type: text/plain;\n charset=utf-8"),
  check(context) {
    for (const problem of problems(context, "unindented"))
      context.report({ at: problem.span, fix: insertAt(problem.span.start, " ", "spelling") });
  },
});

export const hdrMissingBlankLine = messageRule({
  id: "hdr-missing-blank-line",
  severity: "error",
  references: [rfc(5322, "2.1"), rfc(5322, "3.5")],
  title: "No empty line between header and body",
  messages: {
    default: "The body begins here, but no empty line separates it from the header. Add an empty line above.",
    fix: "Insert an empty line",
  },
  why: "The empty line is what ends the header section. Without it readers take the body for header fields, or the fields for text.",
  fix: "Put an empty line between the last field and the body.",
  elsewhere: "SpamAssassin MISSING_HB_SEP",
  fixable: true,
  wrong: sample("").replace("\n\n", "\n"),
  right: sample(""),
  check(context) {
    for (const problem of problems(context, "missing-blank-line"))
      context.report({ at: problem.span, fix: insertAt(problem.span.start, context.eol, "structure") });
  },
});

export const hdrFoldingBlank = messageRule({
  id: "hdr-folding-blank",
  severity: "hint",
  outbound: "warning",
  references: [rfc(5322, "3.2.2"), rfc(5322, "4.2")],
  title: "A folded line of white space only",
  messages: {
    default: "This line holds only white space. Some readers take it for the end of the header; remove it.",
    fix: "Remove the line",
  },
  why: "A line that looks empty ends the header for some programs and not for others, so they see different messages. Signatures break as well when a relay trims it.",
  fix: "Remove the line.",
  fixable: true,
  wrong: sample("X-Note: a\n \n b"),
  right: GOOD,
  check(context) {
    for (const problem of problems(context, "blank-continuation")) {
      const next = context.lines.offset(problem.line + 1, 0);
      const fix =
        problem.line + 1 < context.lines.count ? replaceFix({ start: problem.span.start, end: next }, "") : undefined;
      context.report({ at: problem.span, fix });
    }
  },
});

export const hdrSpaceBeforeColon = messageRule({
  id: "hdr-space-before-colon",
  severity: "warning",
  references: [rfc(5322, "4.5")],
  title: "White space before the colon",
  messages: {
    default:
      "There is white space between the field name and the colon. This is an obsolete form that some readers do not know; remove it.",
    fix: "Remove the white space",
  },
  why: "The grammar of today does not allow it. One common library even loses the first field of the message over it.",
  fix: "Write the colon right behind the name.",
  fixable: true,
  wrong: sample("X-Note : a"),
  right: GOOD,
  check(context) {
    for (const problem of problems(context, "space-before-colon"))
      context.report({ at: problem.span, fix: replaceFix(problem.span, "") });
  },
});

export const hdrNameChars = messageRule({
  id: "hdr-name-chars",
  severity: "error",
  references: [rfc(5322, "2.2"), rfc(5322, "3.6.8")],
  title: "Characters that no field name may have",
  messages: {
    default:
      "A field name is made of printable ASCII without spaces. Readers take this line for text or drop it; rename the field.",
  },
  why: "Where one reader sees a field, another sees the body begin: the rest of the header is lost.",
  fix: "Use letters, digits and hyphens.",
  wrong: sample("My Header: a\nX-Note: b"),
  right: GOOD,
  check(context) {
    for (const problem of problems(context, "bad-name")) context.report({ at: problem.span });
  },
});

export const hdrContinuationFirst = messageRule({
  id: "hdr-continuation-first",
  severity: "error",
  references: [rfc(5322, "2.2.3")],
  title: "The header begins with an indented line",
  messages: {
    default:
      "The first line is indented, so it continues a field that is not there. Remove the indentation or the line.",
  },
  why: "Readers either drop the line or take the whole header for text.",
  fix: "Begin the first field at the start of the line.",
  wrong: ` x\n${sample("")}`,
  right: sample(""),
  check(context) {
    for (const problem of problems(context, "continuation-first").slice(0, 1)) context.report({ at: problem.span });
  },
});

export const bom = messageRule({
  id: "eml-byte-order-mark",
  severity: "error",
  references: [rfc(5322, "2.2")],
  title: "A byte order mark before the first field",
  messages: {
    default:
      "The file begins with a byte order mark, which becomes part of the first field's name. Common libraries lose that field; remove the mark.",
    fix: "Remove the mark",
  },
  why: "Field names are ASCII. Two widely used libraries lose the From field of such a file.",
  fix: "Save the file as UTF-8 without mark.",
  fixable: true,
  wrong: `\uFEFF${sample("")}`,
  right: sample(""),
  check(context) {
    for (const problem of problems(context, "bom"))
      context.report({ at: problem.span, fix: replaceFix(problem.span, "") });
  },
});

const MERGED =
  /[>\w](?=(?:MIME-Version|Content-Type|Subject|From|To|Date|Message-ID|Received|Reply-To|X-[A-Za-z-]{2,40}): )/;
const MERGEABLE: ReadonlySet<string> = new Set([
  "message-id",
  "mime-version",
  "content-transfer-encoding",
  "return-path",
  "date",
]);

export const merged = messageRule({
  id: "eml-merged-fields",
  severity: "error",
  references: [rfc(5322, "2.2")],
  title: "Two fields on one line",
  messages: {
    default: "Another field begins in the middle of this line and is lost. Break the line here.",
    fix: "Break the line",
  },
  why: "A line end was lost between two fields. The second one does not exist for any reader.",
  fix: "Put the second field on a line of its own.",
  fixable: true,
  wrong: sample("Message-ID: <2@a.example>MIME-Version: 1.0"),
  right: sample("Message-ID: <2@a.example>\nMIME-Version: 1.0"),
  check(context) {
    for (const field of context.fields) {
      if (!MERGEABLE.has(field.key)) continue;
      const match = MERGED.exec(field.value.text);
      if (match === null) continue;
      const column = match.index + 1;
      const span = field.value.span(column, field.value.text.length);
      context.report({ at: span, fix: insertAt(span.start, context.eol, "structure") });
    }
  },
});

export const mboxLine = messageRule({
  id: "eml-mbox-from-line",
  severity: "hint",
  outbound: "warning",
  level: "practice",
  references: [rfc(4155)],
  title: "An mbox separator above the header",
  messages: {
    default:
      "This line separates messages in an mbox file; it is no part of the message. Remove it before you send the file.",
    fix: "Remove the line",
  },
  why: "Readers that know mbox skip it. Others lose the first field, and a mail server would reject or mangle it.",
  fix: "Remove the line.",
  fixable: true,
  wrong: `From alice@a.example Mon Nov 23 10:00:00 2026\n${sample("")}`,
  right: sample(""),
  check(context) {
    const line = context.message.mboxLine;
    if (line === undefined) return;
    const span = lineSpan(context.lines, line);
    const fix = replaceFix({ start: span.start, end: context.lines.offset(line + 1, 0) }, "", "structure");
    context.report({ at: span, fix: line + 1 < context.lines.count ? fix : undefined });
  },
});

const CONTROL = /[\u0000-\u0008\u000b\u000c\u0010-\u001a\u001c-\u001f\u007f]/;

export const control = messageRule({
  id: "eml-control-in-header",
  severity: "error",
  references: [rfc(5322, "2.2")],
  title: "A control character in the header",
  messages: {
    default: "There is a control character here. Servers refuse such messages or cut them; remove it.",
    fix: "Remove the character",
  },
  why: "Header fields hold printable characters, spaces and tabs. NUL ends the text for programs in C.",
  fix: "Remove the character.",
  fixable: true,
  wrong: sample("X-Note: a\u0007b"),
  right: GOOD,
  check(context) {
    for (const field of context.fields) {
      const at = field.value.text.search(CONTROL);
      if (at < 0) continue;
      const span = field.value.span(at, at + 1);
      context.report({ at: span, fix: replaceFix(span, "") });
    }
  },
});

/** RFC 5322 §2.1.1: octets a line without its line end. */
const LONGEST = 998;

export const longLine = messageRule({
  id: "eml-line-too-long",
  severity: "information",
  outbound: "error",
  references: [rfc(5322, "2.1.1")],
  title: "A line of more than 998 octets",
  messages: {
    default:
      "This line has {length} characters; 998 octets are the limit. Servers cut or refuse it: encode the part as quoted-printable or base64.",
  },
  why: "Relays break long lines wherever they like, which breaks HTML, links and signatures.",
  fix: "Use Content-Transfer-Encoding: quoted-printable or base64 for the part, or fold the field.",
  wrong: sample("", "x".repeat(1200)),
  right: sample("", "x".repeat(900)),
  check(context) {
    const { lines } = context;
    let reported = 0;
    for (let line = 0; line < lines.count && reported < 50; line++) {
      const next = line + 1 < lines.count ? lines.offset(line + 1, 0) : Number.POSITIVE_INFINITY;
      if (next - lines.offset(line, 0) <= LONGEST) continue;
      const { length } = lines.text(line);
      if (length <= LONGEST) continue;
      reported++;
      context.report({ at: lineSpan(lines, line, LONGEST, length), data: { length } });
    }
  },
});

export const headerShape = [
  hdrNoColon,
  unindented,
  hdrMissingBlankLine,
  hdrFoldingBlank,
  hdrSpaceBeforeColon,
  hdrNameChars,
  hdrContinuationFirst,
  bom,
  merged,
  mboxLine,
  control,
  longLine,
];
