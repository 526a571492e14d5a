import {
  codesIn,
  compareCodes,
  comparisonDocument,
  explainCode,
  explanationDocument,
  type Format,
  findCodes,
  type Hit,
  label,
  renderText,
  shown,
  textsFor,
  wordingDocument,
} from "../reference/index.js";
import { codeSpan } from "../text/markdown.js";
import { codePageUri } from "./pageUris.js";
import type { Locale, ParsedDocument } from "./types.js";

/** A code found by number, words or a pasted line. */
export interface Found {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  /** Address of its page. */
  readonly page: string;
}

/** Codes that a person looks for when nothing is typed yet. */
const COMMON = [250, 354, 421, 450, 451, 452, 500, 503, 530, 535, 550, 552, 553, 554];

/**
 * Finds reply codes and enhanced codes by number, by words, or from a pasted line. Texts are plain.
 * @param query what was typed; empty for the common codes
 */
export function lookUp(query: string, locale: Locale): Found[] {
  const wanted = query.trim();
  if (wanted === "") return COMMON.flatMap((code) => lookUp(String(code), locale).slice(0, 1));
  const hits = findCodes(wanted.slice(0, 4096), locale, 40).hits;
  return hits.filter((hit) => hit.kind === "reply" || hit.kind === "enhanced").map((hit) => found(hit, locale));
}

function found(hit: Hit, locale: Locale): Found {
  return {
    code: hit.id,
    title: renderText(hit.name, locale, "plain"),
    detail: renderText(hit.meaning, locale, "plain"),
    page: codePageUri(hit.id),
  };
}

/**
 * Explains a code, a code with its enhanced code, a pasted line, or words.
 * @param query "451", "550 5.1.1", a whole line of a log, or words such as "mailbox full"
 * @param after the command that the reply answers; undefined where it is not known (a line may say it)
 * @returns undefined where nothing is found
 */
export function explainQuery(
  query: string,
  after: string | undefined,
  locale: Locale,
  format: Format,
): string | undefined {
  const codes = codesIn(query);
  const isBare = /^[\s\d.]*$/.test(query);
  const stage = after ?? stageIn(query);
  const explanation = explainCode(codes.code, codes.enhanced, {
    after: stage,
    locale,
    text: isBare ? undefined : query,
  });
  if (explanation) return explanationDocument(explanation, format);
  return describeHits(query, locale, format);
}

/** The command that a bounce or a log line names: Postfix "(in reply to RCPT TO command)", Exim "after end of data". */
function stageIn(line: string): string | undefined {
  const found = /\b(?:in reply to|remote mail server after(?: pipelined)?) (end of data|[A-Z]{4,8})\b/i.exec(line);
  if (!found) return undefined;
  return /^end/i.test(found[1] ?? "") ? "DATA-END" : found[1];
}

/** What words find: the best hit in full, the others by name. */
function describeHits(query: string, locale: Locale, format: Format): string | undefined {
  const { hits } = findCodes(query, locale, 8);
  const [best, ...others] = hits;
  if (!best) return undefined;
  const first = best.kind === "reply" ? explainCode(Number(best.id), null, { locale }) : undefined;
  const head = first
    ? explanationDocument(first, format)
    : best.kind === "provider"
      ? wordingDocument(best.id, locale, format)
      : itemDocument(best, locale, format);
  if (others.length === 0) return head;
  const list = others.map((hit) => `- ${heading(hit, locale, format) || renderText(hit.meaning, locale, format)}`);
  return `${head}\n${label(textsFor(locale), "label.more")}${label(textsFor(locale), "join.label")}\n${list.join("\n")}\n`;
}

/** An enhanced code for any class, an extension, a verb or another item: name, meaning, and what to do. */
function itemDocument(hit: Hit, locale: Locale, format: Format): string {
  const messages = textsFor(locale);
  const fix = hit.kind === "enhanced" ? messages.enhanced[hit.id]?.fix : undefined;
  const name = `${label(messages, "label.fix")}${label(messages, "join.label")}`;
  const todo = fix ? `\n${format === "markdown" ? `**${name}**` : name} ${renderText(fix, locale, format)}\n` : "";
  return `${heading(hit, locale, format)}\n\n${renderText(hit.meaning, locale, format)}\n${todo}`;
}

/** A hit by name: a code with its name; for a provider's wording the provider, whose key means nothing to a reader. */
function heading(hit: Hit, locale: Locale, format: Format): string {
  const name = renderText(hit.name, locale, format);
  if (hit.kind !== "provider") return `${shown(hit.id, locale, format)} ${name}`;
  return name === ""
    ? ""
    : `${name}${label(textsFor(locale), "join.label")} ${renderText(hit.meaning, locale, format)}`;
}

/** Most real lines that a comparison quotes for each code. */
const QUOTED = 3;

/**
 * Compares two codes as a document.
 * @param open documents to quote real replies from
 * @returns undefined where one of them is no code
 */
export function comparePage(
  first: string,
  second: string,
  locale: Locale,
  format: Format,
  open: readonly ParsedDocument[] = [],
): string | undefined {
  const comparison = compareCodes(first, second, locale);
  if (!comparison) return undefined;
  const text = comparisonDocument(comparison, format);
  if (format === "plain") return text;
  const quotes = [first, second].flatMap((code) => quote(code, open));
  if (quotes.length === 0) return text;
  return `${text}\n## ${label(textsFor(locale), "compare.lines")}\n\n${quotes.join("\n")}\n`;
}

/** Replies with a code from open transcripts, as code spans: evidence, so nothing of it may become markup. */
function quote(code: string, open: readonly ParsedDocument[]): string[] {
  const lines: string[] = [];
  for (const { transcript } of open) {
    for (const session of transcript.sessions) {
      for (const reply of session.replies) {
        if (String(reply.code) !== code && reply.enhanced?.value !== code) continue;
        const line = reply.lines[reply.lines.length - 1];
        if (line) lines.push(`- ${line.wire.line + 1}: ${codeSpan(line.wire.text.slice(0, 200))}`);
        if (lines.length === QUOTED) return lines;
      }
    }
  }
  return lines;
}
