import type { Field } from "../../message/header.js";
import type { Range } from "../../message/unfolded.js";
import type { Span } from "../../text/span.js";
import { shorten } from "../support.js";
import type { Fix, Level, Party, Reference } from "../types.js";
import type { MessageRule } from "./types.js";

/** A section of an RFC as a reference. */
export function rfc(number: number, section?: string): Reference {
  return section === undefined ? { document: `RFC ${number}` } : { document: `RFC ${number}`, section };
}

/** A rule as it is written down: what most message rules share is filled in. */
export type RuleDraft = Omit<MessageRule, "topic" | "language" | "party" | "level" | "fixable"> & {
  readonly party?: Party;
  readonly level?: Level;
  readonly fixable?: boolean;
};

/** Completes a rule: about the message, to be changed by the client that made it, a MUST unless it says otherwise. */
export function messageRule(draft: RuleDraft): MessageRule {
  return { party: "client", level: "MUST", fixable: false, ...draft, topic: "message", language: "eml-message" };
}

const USUAL: readonly (readonly [string, string])[] = [
  ["From", "Alice <alice@a.example>"],
  ["To", "Bob <bob@b.example>"],
  ["Subject", "Greetings"],
  ["Date", "Mon, 23 Nov 2026 10:00:00 +0000"],
  ["Message-ID", "<1@a.example>"],
];

/**
 * An example message: the given header lines, the usual fields that they leave out, an empty line, the body.
 */
export function sample(header: string, body = "Hello"): string {
  const lower = `\n${header}`.toLowerCase();
  const missing = USUAL.filter(([name]) => !lower.includes(`\n${name.toLowerCase()}:`));
  const lines = missing.map(([name, value]) => `${name}: ${value}`);
  if (header !== "") lines.push(header);
  return `${lines.join("\n")}\n\n${body}\n`;
}

/** An example message with MIME fields. */
export function mimeSample(type: string, body: string, more = ""): string {
  return sample(`MIME-Version: 1.0\nContent-Type: ${type}${more === "" ? "" : `\n${more}`}`, body);
}

/** A fix that replaces one stretch. */
export function replaceFix(span: Span, text: string, kind: Fix["kind"] = "spelling", title = "fix"): Fix {
  return { title, kind, edits: [{ ...span, text }] };
}

/** A fix that replaces a range of a field's value. */
export function replaceIn(
  field: Field,
  range: Range,
  text: string,
  kind: Fix["kind"] = "spelling",
  title = "fix",
): Fix {
  return replaceFix(field.value.spanOf(range), text, kind, title);
}

/** The lines of a field with the line end behind them, so that it can be taken out whole. */
export function wholeField(field: Field): Span {
  const { lines } = field;
  const start = lines.offset(field.line, 0);
  const end = field.endLine < lines.count ? lines.offset(field.endLine, 0) : field.span.end;
  return { start, end };
}

/** A piece of a message for a text: one line, folds and tabs as spaces, what could mislead replaced, at most so long. */
export function short(text: string, most = 60): string {
  return shorten(text.replace(/\s+/g, " "), most);
}
