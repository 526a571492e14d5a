import { describe, expect, it } from "vitest";
import { codeSpan, escapeMarkdown, isolate, tableCell } from "../../server/src/text/markdown.js";

describe("text from a transcript cannot become markdown", () => {
  const hostile = [
    "[click](command:workbench.action.quit)",
    "![x](https://evil.example/p.png)",
    "<img src=x onerror=alert(1)>",
    "<https://evil.example>",
    "https://evil.example/path",
    "www.evil.example",
    "user@evil.example",
    "# heading",
    "* item",
    "1. item",
    "$(warning) icon",
    "a | b",
    "**bold** _it_ ~~gone~~ `code`",
    "&lt;b&gt;",
    "line\nbreak\r\n\r\n# heading",
    "\u202egnp.exe",
  ];
  it.each(hostile)("escapes %j", (text) => {
    const out = escapeMarkdown(text);
    expect(out).not.toMatch(/(^|[^\\])[[\]()!*_`$|~]|(^|[^\\&])#/);
    expect(out).not.toMatch(/[<>\n\r\u202e]/);
    expect(out).not.toMatch(/https?:|command:|www\.|[a-z]@[a-z]/i);
    expect(out).not.toMatch(/^(\d+[.)]|[-+>]) /);
  });
  it("keeps ordinary words as they are", () => {
    expect(escapeMarkdown("Mailbox full, try later")).toBe("Mailbox full, try later");
    expect(escapeMarkdown("")).toBe("");
  });
  it("shows a control character as its picture", () => {
    expect(escapeMarkdown("a\u0000b\u001b[31m")).toBe("a␀b␛\\[31m");
  });
});

describe("code spans", () => {
  it("fences with one backtick more than the text holds", () => {
    expect(codeSpan("250 OK")).toBe("`250 OK`");
    expect(codeSpan("a``b")).toBe("```a``b```");
    expect(codeSpan("`x`")).toBe("`` `x` ``");
    expect(codeSpan("a\nb")).toBe("`a b`");
    expect(codeSpan("")).toBe("");
  });
  it("survives a table", () => {
    expect(tableCell(codeSpan("a|b"))).toBe("`a\\|b`");
  });
});

describe("isolates", () => {
  it("wraps and cannot be closed early", () => {
    expect(isolate("RCPT TO:<a\u2069@b>")).toBe("\u2066RCPT TO:<a@b>\u2069");
    expect(isolate("")).toBe("");
  });
});
