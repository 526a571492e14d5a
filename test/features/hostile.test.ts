import { describe, expect, it } from "vitest";
import type { Position } from "vscode-languageserver-types";
import type { DocumentLanguage, ParsedDocument } from "../../server/src/features/types.js";
import { readSettings } from "../../server/src/lsp/settings.js";
import { LOCALES } from "../../server/src/reference/index.js";
import { STANDARD } from "../../server/src/rules/configure.js";
import { convertToRfc, extractMessages, lintDocument, makeText, statusOf } from "../../server/src/service.js";
import { ask, documentOf, isInside, methods, rangesIn, recorded, recordings } from "../kit/features.js";
import { type Random, seeded } from "../kit/random.js";

const TRICKS = [
  "[click](command:workbench.action.quit)",
  "![x](https://evil.example/pixel.png)",
  "<img src=x onerror=alert(1)>",
  "</code><script>alert(1)</script>",
  "`` ` ```",
  "https://evil.example/a",
  "$(zap) | a | b |",
  "\u202egnp.exe\u2066",
  "\u0000\u0007\u001b[31m",
  "\ud800",
  "\udc00\udc00",
  "${1:a}$0",
  "__proto__",
  "{code} {verb} {count}",
  "a".repeat(3000),
];
const LINES = [
  "220 mx ESMTP",
  "EHLO a.example",
  "250-mx",
  "250-AUTH PLAIN LOGIN",
  "250 SIZE 100",
  "AUTH PLAIN AGEAYg==",
  "235 2.7.0 ok",
  "MAIL FROM:<a@b.example> SIZE=1000",
  "RCPT TO:<c@d.example> NOTIFY=NEVER",
  "550-5.1.1 no",
  "550 5.1.1 no",
  "DATA",
  "354 go",
  "Subject: =?utf-8?Q?a?=",
  "Content-Type: multipart/mixed; boundary=x",
  "--x",
  "DKIM-Signature: v=1; a=rsa-sha256; d=b.example; bh=",
  "Received: from a by b; Mon, 23 Nov 2026 16:00:00 +0000",
  ".",
  "BDAT 10 LAST",
  "STARTTLS",
  "QUIT",
  "421 bye",
  "",
];
const MARKS = ["C: ", "S: ", " -> ", "<-  ", "<** ", ">>> ", "<<< ", "", "2026-11-23 16:20:00\tCLIENT -> SERVER: "];
const ENDS = ["\n", "\n", "\n", "\r\n", "\r"];

/** A text that looks like a session here and there, with things in it that no session should hold. */
function randomText(random: Random): string {
  let text = "";
  for (let k = 5 + random.below(40); k > 0; k--) {
    const mark = random.oneIn(4) ? random.pick(MARKS) : random.oneIn(2) ? "C: " : "S: ";
    const line = random.pick(LINES);
    const at = random.below(line.length + 1);
    const trick = random.oneIn(3) ? random.pick(TRICKS) : "";
    text += mark + line.slice(0, at) + trick + line.slice(at) + random.pick(ENDS);
  }
  return text;
}

/** Any place, most of them in the text. */
function randomPosition(random: Random, document: ParsedDocument): Position {
  const line = random.below(document.source.lineCount + 2);
  return { line, character: random.below(80) };
}

function parametersOf(random: Random, document: ParsedDocument): Record<string, unknown> {
  const position = randomPosition(random, document);
  const end = randomPosition(random, document);
  const range = position.line <= end.line ? { start: position, end } : { start: end, end: position };
  return {
    textDocument: { uri: document.uri },
    position,
    positions: [position, end],
    range,
    newName: random.pick(["x@y.example", "b", ...TRICKS]),
    query: random.pick(["", "a", ...TRICKS]),
    options: { tabSize: 2, insertSpaces: true },
    context: { diagnostics: [], includeDeclaration: true },
  };
}

const NAMES = [
  "redact",
  "convert",
  "report",
  "message",
  "swaks",
  "curl",
  "openssl",
  "mermaid",
  "svg",
  "diagram",
  "failures",
];

/** Runs everything there is on a document; gives the answers by request. */
function runAll(random: Random, document: ParsedDocument, locale: (typeof LOCALES)[number]): Map<string, unknown> {
  const settings = readSettings({ language: locale, inlayHints: { replyMeaning: true } }, undefined);
  const answers = new Map<string, unknown>();
  for (const method of methods) {
    if (method.startsWith("completionItem/") || method.endsWith("/resolve")) continue;
    answers.set(method, ask(document, method, parametersOf(random, document), { settings }));
  }
  answers.set("lint", lintDocument(document, { settings: STANDARD, locale }));
  answers.set("status", statusOf(document, { settings: STANDARD, locale }, false));
  answers.set("convert", convertToRfc(document.transcript));
  answers.set("extract", extractMessages(document.transcript));
  for (const name of NAMES) answers.set(name, makeText(document, name, { line: random.below(30) }, locale));
  return answers;
}

const hovers = (answer: unknown): string => (answer as { contents: { value: string } } | null)?.contents.value ?? "";

/** Markdown with what is quoted as code taken out: what remains is what a viewer interprets. */
function interpreted(markdown: string): string {
  return markdown.replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, "");
}

function checkHover(markdown: string): void {
  const live = interpreted(markdown);
  expect(live).not.toMatch(/(?<!\\)!\[/);
  expect(live).not.toMatch(/(?<!\\)<(?:img|script|a|iframe)\b/i);
  for (const [, target] of live.matchAll(/(?<!\\)\]\(([^)]*)\)/g)) {
    expect(target).toMatch(
      /^(?:command:smtpTranscripts\.compareReplyCode\?|https:\/\/(?:www\.)?(?:rfc-editor\.org|iana\.org)\/|smtp-transcripts:)/,
    );
  }
}

function checkInside(document: ParsedDocument, method: string, answer: unknown): void {
  // References and symbols may lie in other documents; here there is only one.
  for (const { start, end } of rangesIn(answer)) {
    expect(isInside(document, start), `${method} ${JSON.stringify(start)}`).toBe(true);
    expect(isInside(document, end), `${method} ${JSON.stringify(end)}`).toBe(true);
    expect(document.source.offsetAt(start)).toBeLessThanOrEqual(document.source.offsetAt(end));
  }
}

const IGNORES_RANGE_OF_REQUEST = new Set(["status", "failures"]);

describe.each(["smtp-transcript", "eml-message"] as const)("random text as %s", (language: DocumentLanguage) => {
  it.each(Array.from({ length: 120 }, (_, seed) => seed))("harms nothing (seed %i)", (seed) => {
    const random = seeded(seed * 7919 + (language === "eml-message" ? 1 : 0));
    const document = documentOf(randomText(random), language);
    const locale = random.pick(LOCALES);
    for (const [method, answer] of runAll(random, document, locale)) {
      if (!IGNORES_RANGE_OF_REQUEST.has(method)) checkInside(document, method, answer);
      if (method === "textDocument/hover") checkHover(hovers(answer));
    }
    for (let k = 0; k < 30; k++)
      checkHover(hovers(ask(document, "textDocument/hover", { position: randomPosition(random, document) })));
  });
});

describe("texts at the edge", () => {
  it.each([
    ["nothing", ""],
    ["one line end", "\n"],
    ["only CR", "\r\r\r"],
    ["a lone surrogate", "\ud83d"],
    ["NUL", "\u0000\u0000"],
    ["a byte order mark", "\ufeff"],
    ["a very long line", `S: 250 ${"x".repeat(20_000)}`],
    ["many empty lines", "\n".repeat(5000)],
    ["many marks", "C: \n".repeat(3000)],
    ["a mark without text", "S:"],
    ["deep brackets", `C: MAIL FROM:${"<".repeat(5000)}`],
    ["line separators", "S: 220 a\u2028S: 221 b\u2029\u0085"],
  ])("%s", (_name, text) => {
    for (const language of ["smtp-transcript", "eml-message"] as const) {
      const document = documentOf(text, language);
      for (const [method, answer] of runAll(seeded(1), document, "ar")) {
        if (!IGNORES_RANGE_OF_REQUEST.has(method)) checkInside(document, method, answer);
      }
    }
  });
});

describe("recordings cut and mixed at random", () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))("harm nothing (seed %i)", (seed) => {
    const random = seeded(seed + 1000);
    const [one, two] = [recorded(random.pick(recordings)), recorded(random.pick(recordings))];
    const cut = (text: string): string => {
      const from = random.below(text.length + 1);
      return text.slice(from, from + 4000);
    };
    const document = documentOf(cut(one) + random.pick(TRICKS) + cut(two));
    for (const [method, answer] of runAll(random, document, random.pick(LOCALES))) {
      if (!IGNORES_RANGE_OF_REQUEST.has(method)) checkInside(document, method, answer);
    }
  });
});
