import type { Field } from "../../message/header.js";
import type { ParameterProblemKind } from "../../message/params.js";
import { decodeWords, findWords } from "../../message/words.js";
import { messageRule, replaceFix, replaceIn, rfc, sample, short } from "./support.js";
import type { MessageContext } from "./types.js";

/** Parameters of Content-Type and Content-Disposition (RFC 2045, RFC 2231). */

const PARAMETER_FIELDS: ReadonlySet<string> = new Set(["content-type", "content-disposition"]);

interface FoundParameter {
  readonly field: Field;
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly kind: ParameterProblemKind;
}

function parameterProblems(context: MessageContext, kinds: readonly ParameterProblemKind[]): FoundParameter[] {
  const out: FoundParameter[] = [];
  for (const part of context.ownParts) {
    for (const field of part.header.fields) {
      if (!PARAMETER_FIELDS.has(field.key)) continue;
      for (const { kind, range, name } of field.parameters.problems)
        if (kinds.includes(kind)) out.push({ field, ...range, name, kind });
    }
  }
  return out;
}

export const malformedParameter = messageRule({
  id: "eml-parameter-malformed",
  severity: "information",
  outbound: "error",
  references: [rfc(2045, "5.1")],
  title: "A parameter that is not name=value",
  messages: {
    default: "This is no parameter of the form name=value. It is ignored; correct it.",
    quote: "The quote is never closed, so everything behind it belongs to the value. Close it.",
    semicolon:
      "There is no semicolon before {name}. Some readers drop it and the type with it, so they show something else; write one.",
    fix: "Write the semicolon",
  },
  why: "A lost boundary or charset makes the body unreadable.",
  fix: "Write `; name=value`, with quotes around anything unusual.",
  fixable: true,
  wrong: sample(
    "MIME-Version: 1.0\nContent-Type: text/plain; charset utf-8\nContent-Disposition: attachment filename=a.txt",
  ),
  right: sample("MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8"),
  check(context) {
    for (const { field, from, to, name } of parameterProblems(context, ["missing-semicolon"])) {
      const at = field.value.span(0, field.parameters.valueRange.to).end;
      const fix = replaceFix({ start: at, end: at }, ";");
      context.report({ at: field.value.span(from, to), message: "semicolon", data: { name: short(name, 30) }, fix });
    }
    for (const { field, from, to, kind } of parameterProblems(context, ["malformed", "unterminated-quote"]))
      context.report({
        at: field.value.span(from, to),
        message: kind === "unterminated-quote" ? "quote" : "default",
        severity: kind === "unterminated-quote" ? "warning" : undefined,
      });
  },
});

export const unquotedParameter = messageRule({
  id: "eml-parameter-unquoted",
  severity: "hint",
  outbound: "warning",
  references: [rfc(2045, "5.1")],
  title: "A value with special characters that is not quoted",
  messages: {
    default: "The value of {name} holds characters that need quotes. Some readers cut it at the first; quote it.",
    fix: "Put the value in quotes",
  },
  why: "`name=my file.pdf` arrives as “my”. A boundary with = or / is lost by strict readers.",
  fix: "Put the value in double quotes.",
  fixable: true,
  wrong: sample("MIME-Version: 1.0\nContent-Type: application/pdf; name=my file.pdf"),
  right: sample('MIME-Version: 1.0\nContent-Type: application/pdf; name="my file.pdf"'),
  check(context) {
    for (const { field, from, to, name } of parameterProblems(context, ["unquoted-specials"])) {
      const text = field.value.text.slice(from, to);
      const fix = /["\\]/.test(text) ? undefined : replaceIn(field, { from, to }, `"${text}"`);
      context.report({ at: field.value.span(from, to), data: { name: short(name, 30) }, fix });
    }
  },
});

export const duplicateParameter = messageRule({
  id: "eml-parameter-duplicate",
  severity: "warning",
  references: [rfc(2045, "5")],
  title: "A parameter given twice",
  messages: {
    default: "{name} is given twice. Readers take the first or the last, so they see different messages; keep one.",
  },
  why: "With two boundaries a scanner and a reader see different attachments.",
  fix: "Keep one.",
  wrong: sample("MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8; charset=us-ascii"),
  right: sample("MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8"),
  check(context) {
    for (const { field, from, to, name } of parameterProblems(context, ["duplicate"]))
      context.report({
        at: field.value.span(from, to),
        data: { name: short(name, 30) },
        severity: name === "boundary" ? "error" : undefined,
      });
  },
});

export const parameterGap = messageRule({
  id: "eml-parameter-section-gap",
  severity: "warning",
  references: [rfc(2231, "3")],
  title: "A section of a split parameter is missing",
  messages: {
    default:
      "The sections of {name} are not numbered 0, 1, 2 without a gap. Readers stop at the gap; number them anew.",
  },
  why: "The file name is cut where the gap is.",
  fix: "Number the sections from 0 without gaps.",
  wrong: sample("MIME-Version: 1.0\nContent-Type: application/pdf; name*0=a; name*2=b"),
  right: sample("MIME-Version: 1.0\nContent-Type: application/pdf; name*0=a; name*1=b"),
  check(context) {
    for (const { field, from, to, name } of parameterProblems(context, ["section-gap"]))
      context.report({ at: field.value.span(from, to), data: { name: short(name, 30) } });
  },
});

export const wordInParameter = messageRule({
  id: "eml-encoded-word-in-parameter",
  severity: "hint",
  outbound: "information",
  references: [rfc(2047, "5"), rfc(2231, "4")],
  title: "An encoded word in a parameter",
  messages: {
    default:
      "Encoded words do not belong into parameters. Most readers decode them all the same; {name}* with UTF-8 is the right form.",
    fix: "Write {name}*=utf-8''…",
  },
  why: "RFC 2231 has a form of its own for parameters beyond ASCII.",
  fix: "Write `filename*=utf-8''…`.",
  fixable: true,
  wrong: sample('MIME-Version: 1.0\nContent-Type: application/pdf; name="=?utf-8?Q?=C3=A4.pdf?="'),
  right: sample("MIME-Version: 1.0\nContent-Type: application/pdf; name*=utf-8''%C3%A4.pdf"),
  check(context) {
    for (const part of context.ownParts) {
      for (const field of part.header.fields) {
        if (!PARAMETER_FIELDS.has(field.key)) continue;
        for (const item of field.parameters.parameters) {
          if (findWords(item.value).length === 0) continue;
          const name = item.rawName;
          const text = `${name}*=utf-8''${encodeURIComponent(decodeWords(item.value).text).replace(/['()*!]/g, percent)}`;
          const fix =
            item.section === undefined
              ? { ...replaceIn(field, { from: item.nameRange.from, to: item.valueRange.to }, text), data: { name } }
              : undefined;
          context.report({ at: field.value.spanOf(item.valueRange), data: { name: short(name, 30) }, fix });
        }
      }
    }
  },
});

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

export const parameterRules = [
  malformedParameter,
  unquotedParameter,
  duplicateParameter,
  parameterGap,
  wordInParameter,
];
