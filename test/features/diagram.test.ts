import { describe, expect, it } from "vitest";
import { makeText } from "../../server/src/features/texts/index.js";
import { LOCALES } from "../../server/src/reference/index.js";
import { parseDocument } from "../../server/src/service.js";
import { SourceText } from "../../server/src/text/source.js";

const SESSION = [
  "10:00:00 S: 220 mx.example.com ESMTP",
  "10:00:00 C: EHLO client.example.org",
  "10:00:00 S: 250-mx.example.com",
  "10:00:00 S: 250 STARTTLS",
  "10:00:00 C: STARTTLS",
  "10:00:00 S: 220 Go ahead",
  "10:00:00 C: EHLO client.example.org",
  "10:00:00 S: 250 mx.example.com",
  "10:00:01 C: MAIL FROM:<علي@مثال.example>",
  "10:00:01 S: 250 ok",
  "10:00:01 C: RCPT TO:<bob@example.com>",
  "10:00:13 S: 450 4.2.0 Greylisted",
  "10:00:13 C: RCPT TO:<carol@example.com>",
  "10:00:13 S: 250 ok",
  "10:00:13 C: DATA",
  "10:00:13 S: 354 go",
  "10:00:13 C: Subject: x",
  "10:00:13 C: ",
  "10:00:13 C: .",
  "10:00:14 S: 550 5.7.1 no",
  "10:00:14 C: QUIT",
  "10:00:14 S: 221 bye",
  "",
].join("\n");

const document = parseDocument({
  uri: "file:///a.smtp",
  version: 1,
  language: "smtp-transcript",
  source: new SourceText(SESSION),
});
const make = (name: string, locale: (typeof LOCALES)[number]): string =>
  makeText(document, name, {}, locale)?.text ?? "";

/** The words of each language for client, server and the message of two lines. */
const WORDS: Readonly<Record<(typeof LOCALES)[number], readonly [string, string, string]>> = {
  en: ["Client", "Server", "message (lines: 2)"],
  ar: ["العميل", "الخادم", "الرسالة (الأسطر: \u20662\u2069)"],
  de: ["Client", "Server", "Nachricht (Zeilen: 2)"],
  es: ["Cliente", "Servidor", "mensaje (líneas: 2)"],
  fr: ["Client", "Serveur", "message (lignes : 2)"],
  ja: ["クライアント", "サーバー", "メッセージ (2 行)"],
  "pt-br": ["Cliente", "Servidor", "mensagem (linhas: 2)"],
  "zh-cn": ["客户端", "服务器", "邮件（2 行）"],
};

describe.each(LOCALES)("the diagram in %s", (locale) => {
  const [client, server, message] = WORDS[locale];
  it("names client, server and message in the picture", () => {
    const svg = make("svg", locale);
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
    expect(texts.slice(0, 2)).toEqual([client, server]);
    expect(texts).toContain(message);
    expect(svg).toContain(`xml:lang="${locale}"`);
  });
  it("names them in Mermaid", () => {
    const lines = make("mermaid", locale).split("\n");
    expect(lines.slice(1, 3)).toEqual([`  participant C as ${client}`, `  participant S as ${server}`]);
    expect(lines).toContain(`  C->>S: ${message}`);
  });
  it("says in the table what the picture shows: speaker, refusals, TLS and waits", () => {
    const rows = [...make("diagram", locale).matchAll(/<tr[^>]*>(.*?)<\/tr>/g)].map(([, row]) =>
      [...(row as string).matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/g)].map(([, cell]) => cell as string),
    );
    expect(new Set(rows.map((cells) => cells.length))).toEqual(new Set([4]));
    const find = (said: string): string[] => rows.find((cells) => cells[2]?.startsWith(said)) ?? [];
    expect(find("450")[1]).toBe(server);
    expect(find("RCPT TO")[1]).toBe(client);
    expect(find("450")[3]).toMatch(/TLS[^\u2066]*12/);
    expect(find("450")[3]?.length).toBeGreaterThan(find("354")[3]?.length ?? 0);
    expect(find("550")[3]).not.toBe(find("354")[3]);
    expect(find("354")[3]).toBe("TLS");
    expect(find("220")[3]).toBe("");
  });
});

describe("the picture", () => {
  it("shades TLS from STARTTLS to the end, and the mail transaction from MAIL to the reply that ended it", () => {
    const svg = make("svg", "en");
    const [tls] = [...svg.matchAll(/<rect class="tls"[^>]*height="(\d+)"/g)].map(([, height]) => Number(height));
    const [mail, ...others] = [...svg.matchAll(/<rect class="mail"[^>]*height="(\d+)"/g)].map(([, n]) => Number(n));
    const row = 30;
    expect(tls).toBe(15 * row);
    expect(mail).toBe(11 * row);
    expect(others).toEqual([]);
  });
});

describe("the table", () => {
  const page = make("diagram", "en");
  it("has one button a row, which says the line, and is named like its session", () => {
    const rows = page.match(/<tr data-line/g) ?? [];
    expect(page.match(/<button type="button">\d+<\/button>/g)).toHaveLength(rows.length);
    const [, id] = /<h2 id="([^"]+)">/.exec(page) ?? [];
    expect(page).toContain(`<table aria-labelledby="${id}">`);
    expect(page).toContain(`role="group" aria-labelledby="${id}"`);
  });
  it("tells the outcome of a message where it begins", () =>
    expect(page).toMatch(/MAIL FROM[^<]*<\/td><td>refused for good \(550\)[^<]*1 of 2 recipients accepted/));
});

describe("the diagram in Arabic", () => {
  const svg = make("svg", "ar");
  const text = (content: string): string =>
    [...svg.matchAll(/<text[^>]*>[^<]*<\/text>/g)].map(([whole]) => whole).find((whole) => whole.includes(content)) ??
    "";
  it("gives its own words their direction, and what was said on the wire the other", () => {
    expect(text("العميل")).toContain('direction="rtl"');
    expect(text("الرسالة")).toContain('direction="rtl"');
    expect(text("450 ")).toContain('direction="ltr"');
    expect(text("MAIL FROM")).toContain('direction="ltr"');
    expect(svg).toContain("text{unicode-bidi:isolate}");
    expect(svg).toMatch(/^<svg [^>]*direction="ltr"/);
  });
  it("keeps the time of a wait in the margin", () => expect(text("+12")).toContain('text-anchor="end"'));
  it("puts the table from right to left, its lines of the session from left to right", () => {
    const page = make("diagram", "ar");
    expect(page).toMatch(/^<div dir="rtl" lang="ar">/);
    expect(page).toContain('<td dir="ltr">450 Greylisted</td>');
    expect(page).toMatch(/<td dir="rtl">الرسالة/);
  });
});

describe("marks of direction in a transcript", () => {
  it("do nothing in picture, table and Mermaid", () => {
    const hostile = parseDocument({
      uri: "file:///a.smtp",
      version: 1,
      language: "smtp-transcript",
      source: new SourceText("S: 220 a\u202eb\u200f\u2067\nC: NOOP \u061cx\u0085y\nS: 250 ok\n"),
    });
    for (const name of ["svg", "diagram", "mermaid"])
      expect(makeText(hostile, name, {}, "en")?.text).not.toMatch(
        /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u0085]/,
      );
  });
});
