import { describe, expect, it } from "vitest";
import type {
  CodeLens,
  DocumentSymbol,
  FoldingRange,
  InlayHint,
  SelectionRange,
  SemanticTokens,
} from "vscode-languageserver-types";
import { customTypes, standardTypes } from "../../server/src/features/tokenTypes.js";
import type { ParsedDocument } from "../../server/src/features/types.js";
import {
  ask,
  contextOf,
  documentOf,
  isInside,
  PRINTED,
  placeOf,
  printed,
  rangesIn,
  recorded,
  recordings,
  textIn,
} from "../kit/features.js";

const SESSION = [
  "S: 220 mx.example.com ESMTP",
  "C: EHLO client.example.org",
  "S: 250-mx.example.com",
  "S: 250-PIPELINING",
  "S: 250-AUTH PLAIN LOGIN",
  "S: 250 SIZE 10240000",
  "C: AUTH PLAIN AGFsaWNlAHNlY3JldDEyMw==",
  "S: 235 2.7.0 Authentication successful",
  "C: MAIL FROM:<alice@example.org> SIZE=300",
  "S: 250 2.1.0 Ok",
  "C: RCPT TO:<bob@example.com>",
  "S: 250 2.1.5 Ok",
  "C: RCPT TO:<nobody@example.com>",
  "S: 550 5.1.1 No such user",
  "C: DATA",
  "S: 354 End data with <CR><LF>.<CR><LF>",
  "C: From: Alice <alice@example.org>",
  "C: Subject: Hello",
  "C: ",
  "C: Hi Bob",
  "C: .",
  "S: 250 2.0.0 Ok: queued as 4F2A17C",
  "C: QUIT",
  "S: 221 2.0.0 Bye",
  "",
].join("\n");

const flat = (symbols: readonly DocumentSymbol[]): DocumentSymbol[] =>
  symbols.flatMap((symbol) => [symbol, ...flat(symbol.children ?? [])]);
const symbolsOf = (document: ParsedDocument) => ask<DocumentSymbol[]>(document, "textDocument/documentSymbol");
const foldsOf = (document: ParsedDocument) => ask<FoldingRange[]>(document, "textDocument/foldingRange");
const whole = (document: ParsedDocument) => ({
  start: { line: 0, character: 0 },
  end: document.source.positionAt(document.source.text.length),
});

interface Coloured {
  readonly line: number;
  readonly character: number;
  readonly length: number;
  readonly type: string;
}

/** Tokens with places of their own instead of differences. */
function tokensOf({ data }: SemanticTokens): Coloured[] {
  const tokens: Coloured[] = [];
  let line = 0;
  let character = 0;
  for (let k = 0; k < data.length; k += 5) {
    const [down, right, length, type] = data.slice(k, k + 4) as [number, number, number, number];
    character = down === 0 ? character + right : right;
    line += down;
    tokens.push({ line, character, length, type: customTypes[type] as string });
  }
  return tokens;
}

describe.each(PRINTED)("a session printed as %s", (form) => {
  const document = documentOf(printed(SESSION, form));
  const lineOf = (piece: string): number => placeOf(document, piece).line;

  it("has an outline: session, greeting, EHLO, login, transaction with its outcome, recipients and the message", () => {
    const symbols = symbolsOf(document);
    expect(symbols).toHaveLength(1);
    const names = flat(symbols).map(({ name }) => name);
    expect(names.slice(1)).toEqual([
      "Greeting 220",
      "EHLO 250",
      "AUTH PLAIN",
      "<alice@example.org> → <bob@example.com> +1",
      "<bob@example.com> 250",
      "<nobody@example.com> 550",
      "Header",
      "From",
      "Subject",
      "text/plain",
      "QUIT 221",
    ]);
    const details = new Map(flat(symbols).map(({ name, detail }) => [name, detail]));
    expect(details.get("AUTH PLAIN")).toBe("logged in");
    expect(details.get("<nobody@example.com> 550")).toBe("refused for good");
    expect(details.get("<alice@example.org> → <bob@example.com> +1")).toContain("1 of 2 recipients accepted");
    expect(details.get("<alice@example.org> → <bob@example.com> +1")).toContain("queued as 4F2A17C");
    expect(JSON.stringify(symbols)).not.toContain("AGFsaWNl");
  });

  it("folds the session, the EHLO list under its command, the transaction and the message", () => {
    const folds = foldsOf(document).map(({ startLine, endLine }) => `${startLine}-${endLine}`);
    expect(folds).toContain(`${lineOf("EHLO client")}-${lineOf("SIZE 10240000")}`);
    expect(folds).toContain(`${lineOf("MAIL FROM")}-${lineOf("250 2.0.0 Ok: queued")}`);
    expect(folds).toContain(`${lineOf("From: Alice")}-${lineOf("Hi Bob")}`);
    expect(folds, "a header that begins with the body folds one line below").not.toContain(
      `${lineOf("From: Alice")}-${lineOf("Subject: Hello")}`,
    );
    expect(foldsOf(document).some(({ startLine, endLine }) => startLine <= 3 && endLine >= lineOf("221 2.0.0"))).toBe(
      true,
    );
  });

  it("grows a selection from word to argument, line, exchange, transaction, session", () => {
    const position = placeOf(document, "nobody@example.com", 3);
    const [answer] = ask<SelectionRange[]>(document, "textDocument/selectionRange", { positions: [position] });
    const steps: string[] = [];
    for (let at = answer as SelectionRange | undefined; at; at = at.parent) steps.push(textIn(document, at.range));
    expect(steps[0]).toBe("nobody@example.com");
    expect(steps).toContain("TO:<nobody@example.com>");
    expect(steps).toContain("RCPT TO:<nobody@example.com>");
    expect(
      steps.some((text) => text.includes("RCPT TO:<nobody") && text.includes("550 5.1.1") && !text.includes("DATA")),
    ).toBe(true);
    expect(
      steps.some((text) => text.includes("MAIL FROM") && text.includes("queued as") && !text.includes("EHLO")),
    ).toBe(true);
    for (const [k, text] of steps.slice(1).entries()) expect(text).toContain(steps[k] as string);
  });

  it("colours verbs, addresses, parameters, reply classes, message text and the secret", () => {
    const tokens = tokensOf(ask(document, "textDocument/semanticTokens/full"));
    const coloured = new Map<string, string>();
    for (const { line, character, length, type } of tokens)
      coloured.set(document.source.lineText(line).slice(character, character + length), type);
    expect(coloured.get("RCPT")).toBe("smtpVerb");
    expect(coloured.get("nobody@example.com")).toBe("smtpAddress");
    expect(coloured.get("SIZE")).toBe("smtpParameter");
    expect(coloured.get("550")).toBe("smtpReply5");
    expect(coloured.get("354")).toBe("smtpReply3");
    expect(coloured.get("250")).toBe("smtpReply2");
    expect(coloured.get("5.1.1")).toBe("smtpEnhancedCode");
    expect(coloured.get("Hi Bob")).toBe("smtpBody");
    expect(coloured.get("AGFsaWNlAHNlY3JldDEyMw==")).toBe("smtpSecret");
    expect(standardTypes).toHaveLength(customTypes.length);
  });

  it("says at the end of lines what a code means, and who logged in, but no password", () => {
    const hints = ask<InlayHint[]>(document, "textDocument/inlayHint", { range: whole(document) });
    const at = (piece: string) => hints.find(({ position }) => position.line === lineOf(piece))?.label;
    expect(at("550 5.1.1")).toBeTruthy();
    expect(at("354 End")).toBeTruthy();
    expect(at("AUTH PLAIN AGF")).toBe("user alice");
    expect(JSON.stringify(hints)).not.toContain("secret123");
  });

  it("has lenses: the outcome in words, and only commands that the client knows", () => {
    const titles = ask<CodeLens[]>(document, "textDocument/codeLens").map(({ command }) => command?.title ?? "");
    expect(titles.some((title) => title.includes("1 of 2 recipients accepted"))).toBe(true);
    expect(titles).toEqual(expect.arrayContaining(["Diagram", "Copy redacted", "Show message"]));
    const { client } = contextOf(document);
    const plain = ask<CodeLens[]>(
      document,
      "textDocument/codeLens",
      {},
      { client: { ...client, commands: new Set() } },
    );
    expect(plain.every(({ command }) => command?.command === "")).toBe(true);
  });
});

describe("hints", () => {
  it("name the command that a pipelined reply answers", () => {
    const text = printed(
      [
        "S: 220 mx ESMTP",
        "C: EHLO a.example",
        "S: 250-mx",
        "S: 250 PIPELINING",
        "C: MAIL FROM:<a@b.example>",
        "C: RCPT TO:<c@d.example>",
        "S: 250 ok",
        "S: 550 no",
        "",
      ].join("\n"),
      "swaks",
    );
    const document = documentOf(text);
    const hints = ask<InlayHint[]>(document, "textDocument/inlayHint", { range: whole(document) });
    expect(hints.map(({ label }) => label).join("\n")).toMatch(/answers MAIL[\s\S]*answers RCPT/);
  });
});

describe.each(recordings)("the recording %s", (path) => {
  const document = documentOf(recorded(path));
  it("has an outline whose parts lie inside what they belong to", () => {
    const inside = (inner: DocumentSymbol["range"], outer: DocumentSymbol["range"]): boolean =>
      document.source.offsetAt(outer.start) <= document.source.offsetAt(inner.start) &&
      document.source.offsetAt(inner.end) <= document.source.offsetAt(outer.end);
    for (const symbol of flat(symbolsOf(document))) {
      expect(symbol.name.trim()).not.toBe("");
      expect(inside(symbol.selectionRange, symbol.range), symbol.name).toBe(true);
    }
    expect(
      rangesIn(symbolsOf(document)).every(({ start, end }) => isInside(document, start) && isInside(document, end)),
    ).toBe(true);
  });

  it("has siblings in its outline that do not overlap, so that the breadcrumbs name the right one", () => {
    const check = (siblings: readonly DocumentSymbol[]): void => {
      for (const [k, { name, range, children }] of siblings.entries()) {
        const next = siblings[k + 1]?.range.start.line ?? Number.POSITIVE_INFINITY;
        // Sessions of several connections may take turns line by line.
        if (next > range.start.line) expect(range.end.line, name).toBeLessThan(next);
        check(children ?? []);
      }
    };
    for (const { children } of symbolsOf(document)) check(children ?? []);
  });

  it("folds only lines that there are", () => {
    const folds = foldsOf(document);
    for (const { startLine, endLine } of folds) {
      expect(startLine).toBeGreaterThanOrEqual(0);
      expect(startLine).toBeLessThan(endLine);
      expect(endLine).toBeLessThan(document.source.lineCount);
    }
    const starts = folds.map(({ startLine }) => startLine);
    expect(new Set(starts).size, "an editor keeps one range a line").toBe(starts.length);
  });

  it("is coloured the same line by line as in one go, without overlaps", () => {
    const full = tokensOf(ask(document, "textDocument/semanticTokens/full"));
    for (const [k, token] of full.entries()) {
      const before = full[k - 1];
      expect(token.character + token.length).toBeLessThanOrEqual(document.source.lineText(token.line).length);
      if (before?.line === token.line) expect(before.character + before.length).toBeLessThanOrEqual(token.character);
    }
    const { lineCount } = document.source;
    for (const first of [0, Math.floor(lineCount / 3), Math.max(0, lineCount - 10)]) {
      const last = Math.min(lineCount - 1, first + 9);
      const range = {
        start: { line: first, character: 0 },
        end: { line: last, character: document.source.lineText(last).length },
      };
      const within = ({ line }: Coloured): boolean => first <= line && line <= last;
      const part = tokensOf(ask(document, "textDocument/semanticTokens/range", { range })).filter(within);
      expect(part).toEqual(full.filter(within));
    }
  });
});
