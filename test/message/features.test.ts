import { expect, test } from "vitest";
import type { MarkupContent } from "vscode-languageserver-types";
import { messageFeatures } from "../../server/src/features/message/index.js";
import type { FeatureContext, ParsedDocument } from "../../server/src/features/types.js";
import { fieldInfos } from "../../server/src/message/fields.js";
import { lintDocument, makeText, parseDocument } from "../../server/src/service.js";
import { SourceText } from "../../server/src/text/source.js";

const TEXT = `Received: from mx.a.example ([192.0.2.1]) by mx.b.example with ESMTPS id X; Mon, 23 Nov 2026 10:00:05 +0000
Received: by mx.a.example; Mon, 23 Nov 2026 10:00:00 +0000
Authentication-Results: mx.b.example; spf=softfail smtp.mailfrom=a.example
DKIM-Signature: v=1; a=rsa-sha256; d=a.example; s=k; h=from:subject; bh=x; b=y
From: =?utf-8?Q?J=C3=B6rg?= <joerg@a.example>
Subject: Hello
X-Evil: [click](command:evil)
Message-ID: <1@a.example>
In-Reply-To: <0@a.example>
MIME-Version: 1.0
Content-Type: multipart/related; boundary="b1"

--b1
Content-Type: text/html; charset=utf-8

<img src="cid:pic@x">
--b1
Content-Type: image/png; name="pic.png"
Content-ID: <pic@x>
Content-Transfer-Encoding: base64

iVBORw0KGgo=
iVBORw0KGgo=
--b1--
`;

const parse = (text: string, uri = "file:///m.eml") =>
  parseDocument({ uri, version: 1, language: "eml-message", source: new SourceText(text) });

function ask<Result>(
  method: string,
  document: ParsedDocument,
  parameters: object = {},
  open: ParsedDocument[] = [],
): Result {
  const context = {
    document,
    open,
    settings: { locale: "en", codeLens: true, inlayHints: { received: true } },
    client: { commands: new Set(["smtpTranscripts.openPart", "smtpTranscripts.previewMessage"]) },
    cancelled: () => false,
  } as unknown as FeatureContext;
  const feature = messageFeatures.find((one) => one.method === `textDocument/${method}`);
  return feature?.run(context, parameters) as Result;
}

function position(document: ParsedDocument, text: string, inside = 1) {
  return document.source.positionAt(document.source.text.indexOf(text) + inside);
}

const document = parse(TEXT);
const hover = (text: string, inside = 1, of = document) =>
  (
    ask<{ contents: MarkupContent } | null>("hover", of, { position: position(of, text, inside) })?.contents as
      | MarkupContent
      | undefined
  )?.value ?? "";

test("hover explains fields, steps, results, signatures and encoded words", () => {
  expect(hover("Subject:")).toContain("What the message is about");
  expect(hover("Subject:")).toContain("https://www.rfc-editor.org/rfc/rfc5322.html#section-3.6.5");
  expect(hover("from mx.a.example")).toMatch(/Step 2 of 2[\s\S]*ESMTPS[\s\S]*\+5 seconds/);
  expect(hover("spf=softfail")).toContain("probably not allowed");
  expect(hover("d=a.example")).toMatch(/the domain that signs/i);
  expect(hover("d=a.example")).toContain("the same: counts for DMARC");
  expect(hover("=?utf-8")).toContain("Jörg");
  expect(hover("joerg@a")).toContain("a.example");
  expect(hover("charset=utf-8")).toContain("Character set");
  expect(hover("base64")).toContain("four letters");
  expect(hover("--b1\nContent-Type: image", 2)).toContain("A part begins here");
});

test("hover never lets content act as markdown", () => {
  expect(hover("X-Evil")).not.toContain("](command:");
  expect(hover("click", 1)).not.toContain("](command:");
});

test("hover in a report explains codes", () => {
  const report = parse(
    "From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x.example\n\nFinal-Recipient: rfc822; u@x.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n--b--\n",
  );
  expect(hover("failed", 1, report)).toContain("could not be delivered");
  expect(hover("5.1.1", 1, report)).toContain("5.1.1");
  expect(hover("550 5.1.1", 1, report)).toContain("550");
});

test("the outline is the tree of parts", () => {
  const symbols = ask<{ name: string; children: { name: string; detail: string }[] }[]>("documentSymbol", document);
  expect(symbols.map((symbol) => symbol.name)).toEqual(["Header", "multipart/related"]);
  expect(symbols[1]?.children.map((symbol) => symbol.name)).toEqual(["text/html", "pic.png"]);
});

test("encoded bodies fold as regions", () => {
  const folds = ask<{ startLine: number; endLine: number; kind?: string }[]>("foldingRange", document);
  expect(folds.filter((fold) => fold.kind === "region")).toEqual([{ startLine: 21, endLine: 22, kind: "region" }]);
});

test("delays stand behind Received", () => {
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  expect(ask<{ label: string }[]>("inlayHint", document, { range }).map((hint) => hint.label)).toEqual(["+5 seconds"]);
});

test("definition leads from delimiter, cid, h= and Message-ID to their place", () => {
  const target = (text: string, inside: number, open: ParsedDocument[] = []) =>
    ask<{ targetRange?: { start: { line: number } }; range?: { start: { line: number } }; uri?: string }[] | null>(
      "definition",
      document,
      { position: position(document, text, inside) },
      open,
    )?.[0];
  expect(target("--b1\nContent", 3)?.targetRange?.start.line).toBe(10);
  expect(target("cid:pic", 5)?.targetRange?.start.line).toBe(18);
  expect(target("h=from", 4)?.range?.start.line).toBe(4);
  const other = parse("From: a@a.example\nMessage-ID: <0@a.example>\n\nx\n", "file:///other.eml");
  expect(target("<0@a.example>", 2, [document, other])?.uri).toBe("file:///other.eml");
});

test("a boundary is renamed in all its places", () => {
  const edit = ask<{ changes: Record<string, unknown[]> }>("rename", document, {
    position: position(document, '"b1"', 2),
    newName: "new",
  });
  expect(edit.changes["file:///m.eml"]).toHaveLength(4);
  expect(ask("rename", document, { position: position(document, '"b1"', 2), newName: "a b" })).toBeNull();
});

test("completion of names, types, character sets and boundaries", () => {
  const labels = (text: string, at = text.indexOf("|")) => {
    const doc = parse(text.replace("|", ""));
    return ask<{ label: string }[]>("completion", doc, { position: doc.source.positionAt(at) }).map(
      (item) => item.label,
    );
  };
  expect(labels("From: a@b.example\nRepl|\n\nx")).toContain("Reply-To");
  expect(labels("From: a@b.example\nContent-Type: |\n\nx")).toContain("text/html");
  expect(labels("From: a@b.example\nContent-Type: text/plain; charset=|\n\nx")).toContain("utf-8");
  expect(labels("From: a@b.example\nContent-Type: multipart/mixed; boundary=q\n\n--q\n\nx\n--|\n")).toContain("--q--");
});

test("lenses name the parts, and offer only commands that exist", () => {
  const lenses = ask<{ command: { title: string; command: string } }[]>("codeLens", document);
  expect(lenses.map((lens) => lens.command.title)).toEqual([
    "Preview",
    "text/html · 21 byte",
    "Open decoded",
    "pic.png · 18 byte",
    "Open decoded",
  ]);
});

test("content that is no message gets nothing", () => {
  const template = parse("<%# x %>\n<p>hello</p>\n");
  for (const feature of messageFeatures) {
    const parameters = {
      position: { line: 0, character: 1 },
      range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } },
    };
    expect(ask(feature.method.replace("textDocument/", ""), template, parameters)).toBeNull();
  }
});

test("fields.json names each field once", () => {
  const names = fieldInfos().map((info) => info.name.toLowerCase());
  expect(new Set(names).size).toBe(names.length);
});

test("the message behind DATA has the same hovers and definitions, through prefixes and stuffed dots", () => {
  const text =
    'S: 220 mx.b.example ESMTP\nC: EHLO a.example\nS: 250 mx.b.example\nC: MAIL FROM:<a@a.example>\nS: 250 ok\nC: RCPT TO:<b@b.example>\nS: 250 ok\nC: DATA\nS: 354 go\nC: From: Alice <a@a.example>\nC: Content-Type: multipart/mixed;\nC:  boundary="b1"\nC: \nC: --b1\nC: \nC: ..dot\nC: --b1--\nC: .\nS: 250 ok\n';
  const transcript = parseDocument({
    uri: "file:///t.smtp",
    version: 1,
    language: "smtp-transcript",
    source: new SourceText(text),
  });
  expect(hover("From: Alice", 2, transcript)).toContain("The author of the message");
  const target = ask<{ targetRange: { start: { line: number; character: number } } }[]>("definition", transcript, {
    position: position(transcript, "--b1\n", 3),
  });
  expect(target[0]?.targetRange.start).toEqual({ line: 11, character: 14 });
});

test("findings about the message behind DATA: milder than in a file, and fixes keep the prefix", () => {
  const session = (body: string) =>
    `S: 220 mx.b.example ESMTP\nC: EHLO a.example\nS: 250 mx.b.example\nC: MAIL FROM:<a@a.example>\nS: 250 ok\nC: RCPT TO:<b@b.example>\nS: 250 ok\nC: DATA\nS: 354 go\n${body}C: .\nS: 250 ok\nC: QUIT\nS: 221 bye\n`;
  const problems = (body: string) => {
    const source = new SourceText(session(body));
    return lintDocument(parseDocument({ uri: "file:///t.smtp", version: 1, language: "smtp-transcript", source }));
  };
  expect(problems("C: hello\n").map((problem) => problem.rule)).toEqual([]);
  const terse = problems("C: From: a@a.example\nC: Subject: x\nC: \nC: hi\n");
  expect(terse.filter((problem) => problem.severity !== "hint")).toEqual([]);
  const twice = problems("C: From: a@a.example\nC: From: e@e.example\nC: Subject : x\nC: \nC: hi\n");
  expect(twice.map((problem) => problem.rule)).toContain("hdr-duplicate");
  const colon = twice.find((problem) => problem.rule === "hdr-space-before-colon");
  expect(colon?.fix?.edits).toHaveLength(1);
  expect(
    colon &&
      session("C: From: a@a.example\nC: From: e@e.example\nC: Subject : x\n").slice(
        colon.span.start - 10,
        colon.span.end + 1,
      ),
  ).toBe("C: Subject :");
});

test("a part opens decoded, saves under a plain name, and the message has a preview", () => {
  const line = (text: string) => document.source.lineAt(TEXT.indexOf(text));
  expect(makeText(document, "part", { line: line("<img src") }, "en")).toEqual({
    language: "html",
    text: '<img src="cid:pic@x">',
  });
  expect(makeText(document, "part", { line: line("iVBORw0KGgo=") }, "en")?.text).toContain("89 50 4e 47");
  expect(makeText(document, "partBytes", { line: line("iVBORw0KGgo=") }, "en")?.text).toMatch(/^pic\.png\niVBORw0KGg/);
  expect(makeText(document, "preview", { line: 0 }, "en")?.text).toContain("default-src 'none'");
  const evil = parse(
    'From: a@b.example\nContent-Type: application/x; name="../../.ssh/config"\nContent-Transfer-Encoding: base64\n\nQUJD\n',
  );
  expect(makeText(evil, "partBytes", { line: 4 }, "en")?.text).toBe("config\nQUJD");
});
