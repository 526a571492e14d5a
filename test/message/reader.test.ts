import { expect, test } from "vitest";
import { isMessage } from "../../server/src/message/detect.js";
import { allFields, firstField } from "../../server/src/message/header.js";
import type { MessageLines } from "../../server/src/message/lines.js";
import { messageLinesOf, rangeSpan } from "../../server/src/message/lines.js";
import { readMessage } from "../../server/src/message/tree.js";
import { SourceText } from "../../server/src/text/source.js";
import { messageOf } from "./kit.js";

const NESTED = [
  "From: a@a.example",
  "MIME-Version: 1.0",
  'Content-Type: multipart/mixed; boundary="outer"',
  "",
  "preamble",
  "--outer",
  'Content-Type: multipart/alternative; boundary="outer-in"',
  "",
  "--outer-in",
  "Content-Type: text/plain",
  "",
  "plain",
  "--outer-in",
  "Content-Type: text/html",
  "",
  "<b>html</b>",
  "--outer-in--",
  "",
  "--outer",
  "Content-Type: message/rfc822",
  "",
  "Subject: inside",
  "",
  "nested body",
  "--outer--",
  "epilogue",
  "",
];

for (const end of ["\n", "\r\n", "\r"]) {
  test(`parts stand where they stand with line end ${JSON.stringify(end)}`, () => {
    const { message, at } = messageOf(NESTED.join(end));
    expect(message.parts.map((part) => `${part.path} ${part.type}`)).toEqual([
      " multipart/mixed",
      "1 multipart/alternative",
      "1.1 text/plain",
      "1.2 text/html",
      "2 message/rfc822",
      "2.1 text/plain",
    ]);
    const body = (k: number) => {
      const part = message.parts[k];
      return part && at(rangeSpan(message.lines, { from: part.bodyLine, to: part.endLine }));
    };
    expect(body(2)).toBe("plain");
    expect(body(3)).toBe("<b>html</b>");
    expect(body(5)).toBe("nested body");
    expect(message.root.multipart?.closed).toBe(true);
  });
}

test("a folded field keeps the place of every character", () => {
  const { message, at } = messageOf("Subject: one\r\n two\r\n\tthree\r\n\r\nbody");
  const field = firstField(message.root.header, "subject");
  expect(field?.text).toBe("one two\tthree");
  expect(field && at(field.valueSpan)).toBe("one\r\n two\r\n\tthree");
  const two = field?.value.text.indexOf("two") ?? 0;
  expect(field && at(field.value.span(two, two + 3))).toBe("two");
  expect(field && at(field.nameSpan)).toBe("Subject");
});

test("a missing inner close is ended by the outer delimiter", () => {
  const text = NESTED.filter((line) => line !== "--outer-in--").join("\n");
  const { message } = messageOf(text);
  expect(message.parts.map((part) => part.type)).toContain("message/rfc822");
  expect(message.parts[1]?.multipart?.closed).toBe(false);
});

test.each([
  ["From: a@b.example\nSubject : x\n\nbody", "space-before-colon"],
  ["From: a@b.example\nstray words here\nSubject: x\n\nbody", "no-colon"],
  ["Content-Type: multipart/report;\nboundary=x\nSubject: y\n\nbody", "unindented"],
  ["From: a@b.example\nHello, this is the body\nand more\n", "missing-blank-line"],
  ["Content-Type: multipart/mixed; boundary=b\n--b\n\nx\n--b--\n", "missing-blank-line"],
  [" indented\nFrom: a@b.example\n\nbody", "continuation-first"],
  ["Subject: a\n \nFrom: b@c.example\n\nbody", "blank-continuation"],
  ["\uFEFFFrom: a@b.example\n\nbody", "bom"],
  ["From: a@b.example\nSübject: x\nTo: c@d.example\n\nbody", "bad-name"],
])("%j has the problem %s", (text, kind) => {
  const { message } = messageOf(text);
  expect(message.root.header.problems.map((problem) => problem.kind)).toContain(kind);
});

test("an unindented parameter still gives the boundary", () => {
  const { message } = messageOf("Content-Type: multipart/mixed;\nboundary=x\n\n--x\n\nbody\n--x--\n");
  expect(message.root.children).toHaveLength(1);
});

test("an mbox separator is no field", () => {
  const { message } = messageOf("From a@b.example Mon Nov 23 16:12:12 2026\nFrom: a@b.example\n\nbody\n");
  expect(message.mboxLine).toBe(0);
  expect(allFields(message.root.header, "from")).toHaveLength(1);
});

test("templates of OCaml and empty files are no messages", () => {
  const is = (text: string) => isMessage(messageLinesOf(new SourceText(text)));
  expect(is("<%# let title = name %>\n<html>\n<body><%= title %></body></html>\n")).toBe(false);
  expect(is("let render ~name =\n  <p>Hello <%s name %></p>\n")).toBe(false);
  expect(is("")).toBe(false);
  expect(is("Received: by a.example; Mon, 23 Nov 2026 10:00:00 +0000\nFrom: a@b.example\n\n")).toBe(true);
});

test("the same reader works through prefixes and stuffed dots", () => {
  const source = new SourceText("C: From: a@b.example\nC: Subject: x\nC: \nC: ..dot\nC: .\n");
  const lines: MessageLines = {
    count: 4,
    text: (line) => source.lineText(line).slice(3).replace(/^\.\./, "."),
    offset: (line, column) => source.lineStart(line) + 3 + column + (source.lineText(line).startsWith("C: ..") ? 1 : 0),
  };
  const message = readMessage(lines);
  const subject = firstField(message.root.header, "subject");
  expect(subject && source.slice(subject.span)).toBe("Subject: x");
  expect(source.slice(rangeSpan(lines, { from: message.root.bodyLine, to: message.root.endLine }))).toBe(".dot");
});

test("nesting, junk and size never throw and stay linear", () => {
  let deep = "";
  for (let k = 0; k < 400; k++) deep += `Content-Type: multipart/mixed; boundary=b${k}\n\n--b${k}\n`;
  expect(messageOf(deep).message.parts.length).toBeGreaterThan(90);
  const junk = "--b\n".repeat(20_000);
  expect(() => messageOf(`Content-Type: multipart/mixed; boundary=b\n\n${junk}`)).not.toThrow();
  const start = performance.now();
  messageOf(`From: a@b.example\n\n${`${"A".repeat(76)}\n`.repeat(100_000)}`);
  expect(performance.now() - start).toBeLessThan(2000);
});
