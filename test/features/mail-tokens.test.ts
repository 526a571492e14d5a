import { describe, expect, it } from "vitest";
import type { SemanticTokens } from "vscode-languageserver-types";
import { customTypes, standardTypes } from "../../server/src/features/tokenTypes.js";
import type { ParsedDocument } from "../../server/src/features/types.js";
import { ask, documentOf } from "../kit/features.js";
import { MAIL, PRINTERS, printedMail } from "../kit/mail.js";

const FULL = "textDocument/semanticTokens/full";
const RANGE = "textDocument/semanticTokens/range";

/** Tokens as `[line, text, type]`; the fixture's places come out as the words they cover. */
function coloured(document: ParsedDocument, { data }: SemanticTokens): [number, string, string][] {
  const found: [number, string, string][] = [];
  let line = 0;
  let character = 0;
  for (let k = 0; k < data.length; k += 5) {
    const [down, right, length, type] = data.slice(k, k + 4) as [number, number, number, number];
    character = down === 0 ? character + right : right;
    line += down;
    const start = document.source.lineStart(line) + character;
    found.push([line, document.source.text.slice(start, start + length), customTypes[type] as string]);
  }
  return found;
}

const tokens = (document: ParsedDocument) => coloured(document, ask(document, FULL));
const eml = (text: string) => documentOf(text, "eml-message", "file:///m.eml");
const typeOf = (document: ParsedDocument, text: string) => tokens(document).find(([, shown]) => shown === text)?.[2];

const WANTED: readonly (readonly [string, string])[] = [
  ["Subject", "mailField"],
  ["=?utf-8?Q?J=C3=B6rg?=", "mailEncoded"],
  ["joerg@a.example", "smtpAddress"],
  ['"Bob B."', "mailName"],
  ["Mon, 23 Nov 2026 17:00:00 +0100", "mailDate"],
  ["<1@a.example>", "mailId"],
  ["multipart/mixed", "mailKeyword"],
  ["boundary", "smtpParameter"],
  ['"b1"', "mailBoundary"],
  ["--b1--", "mailBoundary"],
  ["quoted-printable", "mailKeyword"],
  ["from", "mailField"],
  ["d", "smtpParameter"],
  ["rsa-sha256", "mailKeyword"],
  ["pass", "mailPass"],
  ["fail", "mailFail"],
  ["ESMTPS", "mailKeyword"],
  ["by", "smtpVerb"],
  ["<p", "mailMarkup"],
  ["=C3", "mailEncoded"],
  ["> quoted", "smtpNoise"],
  ["iVBORw0KGgo=", "smtpNoise"],
  ["This is a message in MIME format.", "smtpNoise"],
];

describe("colours of a message", () => {
  const document = eml(`${MAIL.join("\n")}\n`);

  it.each(WANTED)("%s is %s", (text, type) => {
    const found = tokens(document).filter(([, shown]) => shown === text);
    expect(found.map(([, , own]) => own)).toContain(type);
  });

  it("gives no colour to plain text and to values that are only text", () => {
    const shown = tokens(document).map(([, text]) => text);
    expect(shown).not.toContain("Hello");
    const plain = eml("From: a@b.example\n\nAGFsaWNlAHNlY3JldAGFsaWNlAHNlY3JldAGFsaWNlAHNlY3JldAGFs\n=20 <b>\n");
    expect(tokens(plain).filter(([line]) => line >= 2)).toEqual([]);
  });

  it("colours what a report says, and the lines of a session that it quotes", () => {
    const report = eml(
      'From: a@b.example\nContent-Type: multipart/report; report-type=delivery-status; boundary="r"\n\n--r\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.b.example\n\nFinal-Recipient: rfc822; u@x.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n--r--\n',
    );
    expect(typeOf(report, "Action")).toBe("mailField");
    expect(typeOf(report, "failed")).toBe("mailFail");
    expect(typeOf(report, "5.1.1")).toBe("smtpEnhancedCode");
    expect(typeOf(report, "550")).toBe("smtpReply5");
    expect(typeOf(report, "u@x.example")).toBe("smtpAddress");
  });

  it("hides a password in a session that a notice quotes", () => {
    const notice = eml(
      "From: MAILER-DAEMON@b.example\nSubject: errors\n\nTranscript of session follows.\n\n Out: 220 mx.b.example ESMTP Postfix\n In:  EHLO a.example\n Out: 250-mx.b.example\n Out: 250 AUTH PLAIN\n In:  AUTH PLAIN AGFsaWNlAHNlY3JldDEyMw==\n Out: 535 5.7.8 Error: authentication failed\n In:  QUIT\n Out: 221 2.0.0 Bye\n",
    );
    expect(typeOf(notice, "AGFsaWNlAHNlY3JldDEyMw==")).toBe("smtpSecret");
    expect(typeOf(notice, "535")).toBe("smtpReply5");
  });

  it("hides what people write of passwords, in fields and in text", () => {
    const mail = eml(
      "From: a@b.example\nX-Note: password: hunter2\n\nYour password: tr0ub4dor\n> password: old1Secret\n",
    );
    expect(typeOf(mail, "hunter2")).toBe("smtpSecret");
    expect(typeOf(mail, "tr0ub4dor")).toBe("smtpSecret");
    expect(typeOf(mail, "old1Secret")).toBe("smtpSecret");
    expect(typeOf(mail, "> password: ")).toBe("smtpNoise");
  });

  it("uses standard types where the client knows no others", () => {
    expect(standardTypes).toHaveLength(customTypes.length);
    expect(standardTypes[customTypes.indexOf("mailField")]).toBe("property");
  });

  it("answers with no tokens for what is no message: null would end the editor's requests", () => {
    expect(ask(eml("<%# x %>\n<p>hello</p>\n"), FULL)).toEqual({ data: [] });
  });
});

describe.each(PRINTERS)("colours of a message in a transcript: %s", (print) => {
  const document = printedMail(print);

  it.each(WANTED)("%s is %s", (text, type) => {
    const found = tokens(document).filter(([, shown]) => shown === text);
    expect(found.map(([, , own]) => own)).toContain(type);
  });

  it("keeps the colour of message text for the rest, and colours no prefix", () => {
    expect(tokens(document).find(([, text]) => text.includes("Hello"))?.[2]).toBe("smtpBody");
    for (const [, text] of tokens(document)) expect(text).not.toMatch(/^(?:C: | -> |\d{4}: |send: )/);
  });
});

describe("a stretch of lines", () => {
  const documents = [eml(`${MAIL.join("\n")}\n`), ...PRINTERS.map((print) => printedMail(print))];

  it("has the colours that the whole has, without overlaps", () => {
    for (const document of documents) {
      const full = tokens(document);
      const { source } = document;
      for (let line = 0; line < source.lineCount; line++) {
        const end = source.lineEnd(line) - source.lineStart(line);
        const range = { start: { line, character: 0 }, end: { line, character: end } };
        const part = coloured(document, ask(document, RANGE, { range })).filter(([own]) => own === line);
        expect(part).toEqual(full.filter(([own]) => own === line));
      }
    }
  });

  it("of a message holds these lines only, also in the middle of a field", () => {
    const [mail] = documents as [ParsedDocument];
    const line = MAIL.findIndex((text) => text.startsWith(" h=from"));
    const range = { start: { line, character: 0 }, end: { line, character: 5 } };
    const lines = new Set(coloured(mail, ask(mail, RANGE, { range })).map(([own]) => own));
    expect([...lines]).toEqual([line]);
  });

  it("costs what it shows, not what the message holds", () => {
    const big = eml(
      `From: a@b.example\nContent-Type: multipart/mixed; boundary=q\n\n${"--q\nContent-Type: text/plain\n\nx\n".repeat(2000)}--q\nContent-Transfer-Encoding: base64\n\n${`${"A".repeat(76)}\n`.repeat(100_000)}--q--\n`,
    );
    expect(big.message?.parts.length).toBe(2002);
    const at = (line: number) =>
      ask<SemanticTokens>(big, RANGE, {
        range: { start: { line, character: 0 }, end: { line: line + 60, character: 0 } },
      });
    at(0);
    const before = performance.now();
    for (let k = 0; k < 100; k++) expect(at(8000 + k * 900).data.length).toBeGreaterThan(0);
    expect((performance.now() - before) / 100).toBeLessThan(20);
  });
});
