import { describe, expect, it } from "vitest";
import type {
  CodeLens,
  CompletionItem,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  LocationLink,
  MarkupContent,
  WorkspaceEdit,
} from "vscode-languageserver-types";
import type { ParsedDocument } from "../../server/src/features/types.js";
import { makeText } from "../../server/src/service.js";
import { ask, CLIENT_COMMANDS, contextOf, documentOf, placeOf, textIn } from "../kit/features.js";
import { MAIL, PRINTERS, printedMail } from "../kit/mail.js";

const client = (document: ParsedDocument) => ({
  client: {
    ...contextOf(document).client,
    commands: new Set([
      ...CLIENT_COMMANDS,
      "smtpTranscripts.previewMessage",
      "smtpTranscripts.openPart",
      "smtpTranscripts.savePart",
    ]),
  },
});

const flat = (symbols: readonly DocumentSymbol[]): DocumentSymbol[] =>
  symbols.flatMap((symbol) => [symbol, ...flat(symbol.children ?? [])]);

describe.each(PRINTERS)("the message in a session that %s prints", (print) => {
  const document = printedMail(print);
  /** Everything that a printer of literals puts on one line of the file. */
  const oneLine = print === "python-smtplib-debug1";
  const hover = (piece: string, into = 1) =>
    (
      ask<Hover | null>(document, "textDocument/hover", { position: placeOf(document, piece, into) })
        ?.contents as MarkupContent
    )?.value ?? "";

  it("is read in that dialect", () => expect(document.transcript.detection.dialect.id).toBe(print));

  it("explains what the pointer is on", () => {
    expect(hover("Subject: Hello", 2)).toContain("What the message is about");
    expect(hover("=?utf-8?Q?")).toContain("Jörg");
    expect(hover("17:00:00 +0100")).toContain("16:00:00");
    expect(hover("bob@b.example>\\nSubject".slice(0, 13), 3)).not.toBe("");
    expect(hover("dkim=fail", 6)).toContain("DKIM");
    expect(hover("ESMTPS id")).toContain("Step 2 of 2");
    expect(hover("d=a.example; s", 1)).toContain("domain that signs");
    expect(hover("charset=utf-8")).toContain("Character set");
    expect(hover("--b1--", 3)).toContain("multipart");
  });

  it("has its header and its parts in the outline", () => {
    const symbols = flat(ask<DocumentSymbol[]>(document, "textDocument/documentSymbol"));
    const names = symbols.map(({ name }) => name);
    for (const name of ["Header", "DKIM-Signature", "multipart/mixed", "text/html", "message/rfc822", "dot.png"])
      expect(names).toContain(name);
    const picture = symbols.find(({ name }) => name === "dot.png");
    expect(picture && textIn(document, picture.range)).toContain("iVBORw0KGgo=");
    expect(picture && textIn(document, picture.range)).not.toContain("Inside");
  });

  it("folds header, parts and encoded bodies", () => {
    const folds = ask<FoldingRange[]>(document, "textDocument/foldingRange");
    const lines = folds.map(({ startLine, endLine }) => `${startLine}-${endLine}`);
    const line = (piece: string) => placeOf(document, piece).line;
    if (oneLine) expect(folds.every(({ startLine, endLine }) => startLine < endLine)).toBe(true);
    else {
      expect(lines).toContain(`${line("DKIM-Signature")}-${line("bh=47")}`);
      expect(lines).toContain(`${line("Content-Type: message")}-${line("quoted\n") + 1}`);
    }
  });

  it("offers to open and save each part", () => {
    const lenses = ask<CodeLens[]>(document, "textDocument/codeLens", {}, client(document));
    const titles = lenses.map(({ command }) => command?.title ?? "");
    expect(titles).toContain("Preview");
    expect(titles.some((title) => title.startsWith("text/html · "))).toBe(true);
    expect(titles.some((title) => title.startsWith("message/rfc822 · "))).toBe(true);
    const opened = lenses
      .filter(({ command }) => command?.command === "smtpTranscripts.openPart")
      .map(({ command }) => {
        const [, line, path] = (command?.arguments ?? []) as [string, number, string];
        return makeText(document, "part", { line, path }, "en");
      });
    expect(opened.map((made) => made?.language)).toEqual(["html", "eml-message", "plaintext"]);
    expect(opened[0]?.text).toBe("<p>Grüße</p>");
    expect(opened[1]?.text).toBe("From: eve@c.example\nSubject: Inside\n\n> quoted\n..");
    expect(opened[2]?.text).toContain("89 50 4e 47");
    const saved = lenses.filter(({ command }) => command?.command === "smtpTranscripts.savePart")[2]?.command;
    const [, line, path] = (saved?.arguments ?? []) as [string, number, string];
    expect(makeText(document, "partBytes", { line, path }, "en")?.text).toBe("dot.png\niVBORw0KGgo=");
  });

  it("opens the part at the cursor without a lens", () => {
    if (oneLine) return;
    const at = (piece: string) => makeText(document, "part", { line: placeOf(document, piece).line }, "en")?.text;
    expect(at("charset=utf-8")).toBe("<p>Grüße</p>");
    expect(at("Content-Type: message")).toContain("Subject: Inside");
    expect(at("iVBORw0KGgo=")).toContain("89 50 4e 47");
  });

  it("is shown safely", () => {
    const { line } = placeOf(document, "Subject: Hello");
    expect(makeText(document, "preview", { line }, "en")?.text).toContain("<p>Grüße</p>");
  });

  it("shows delays of the route, and leads from delimiters to their boundary", () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };
    const hints = ask<InlayHint[]>(document, "textDocument/inlayHint", { range });
    expect(hints.map(({ label }) => label)).toContain("+5 seconds");
    const position = placeOf(document, "--b1--", 3);
    const [target] = ask<LocationLink[]>(document, "textDocument/definition", { position });
    expect(target && textIn(document, target.targetRange)).toBe("b1");
    expect(ask<Location[]>(document, "textDocument/references", { position })).toHaveLength(5);
  });

  it("renames a boundary in all its places", () => {
    const position = placeOf(document, "--b1--", 3);
    expect(ask(document, "textDocument/prepareRename", { position })).toMatchObject({ placeholder: "b1" });
    const edit = ask<WorkspaceEdit>(document, "textDocument/rename", { position, newName: "next" });
    expect(edit.changes?.[document.uri]).toHaveLength(5);
    for (const { range } of edit.changes?.[document.uri] ?? []) expect(textIn(document, range)).toBe("b1");
    expect(ask(document, "textDocument/rename", { position, newName: "it's" }), "would end a literal").toBeNull();
  });
});

describe("completion behind DATA", () => {
  const labels = (line: string, before: readonly string[] = []) => {
    const text = printedMail("client-server", ["From: a@b.example", ...before, line, "", "x"]).source.text;
    const document = documentOf(text);
    const position = placeOf(document, line, line.length);
    const answer = ask<CompletionItem[] | { items: CompletionItem[] } | null>(document, "textDocument/completion", {
      position,
    });
    const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
    return items.map(({ label }) => label);
  };

  it("knows media types, character sets and encodings", () => {
    expect(labels("Content-Type: ")).toContain("text/html");
    expect(labels("Content-Type: text/plain; charset=")).toContain("utf-8");
    expect(labels("Content-Transfer-Encoding: ")).toContain("base64");
  });

  it("knows field names, also while one is typed", () => {
    expect(labels("Repl")).toContain("Reply-To");
    expect(labels("Repl")).not.toContain("MAIL FROM");
  });

  it("offers no commands inside a message", () => {
    expect(labels("Subject: ")).toEqual([]);
  });
});

it("a message that is attached in base64 opens as a message of its own, with everything in it", () => {
  const inner = ["From: eve@c.example", "Subject: Inside", "Content-Type: text/html", "", "<p>x</p>", ""].join("\r\n");
  const outer = printedMail("client-server", [
    "From: a@b.example",
    'Content-Type: multipart/mixed; boundary="o"',
    "",
    "--o",
    "Content-Type: message/rfc822",
    "Content-Transfer-Encoding: base64",
    "",
    btoa(inner),
    "--o--",
  ]);
  const { line } = placeOf(outer, "message/rfc822");
  const made = makeText(outer, "part", { line }, "en");
  expect(made?.language).toBe("eml-message");
  expect(makeText(outer, "partBytes", { line }, "en")?.text).toBe(`message.eml\n${btoa(inner)}`);
  const opened = documentOf(made?.text ?? "", "eml-message", "untitled:1");
  expect(makeText(opened, "part", { line: 4 }, "en")).toMatchObject({ language: "html" });
});

it("fixture and print agree", () => {
  expect(printedMail("client-server").transcript.sessions[0]?.transactions[0]?.data?.lines).toHaveLength(MAIL.length);
});
