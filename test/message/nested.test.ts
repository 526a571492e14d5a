import { expect, test } from "vitest";
import { messageOutline } from "../../server/src/features/message/outline.js";
import { inspectMessage } from "../../server/src/message/inspect.js";
import { messageOf } from "./kit.js";

const base64 = (text: string): string => Buffer.from(text).toString("base64").replace(/.{76}/g, "$&\n");

const INNER = [
  "From: a@a.example",
  "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=",
  "Content-Type: multipart/mixed; boundary=b",
  "",
  "--b",
  "",
  "text",
  "--b",
  'Content-Type: application/pdf; name="a.pdf"',
  "Content-Transfer-Encoding: base64",
  "",
  "JVBERg==",
  "--b--",
  "",
].join("\r\n");

function attached(type: string, encoding: string, body: string): string {
  const head = `Content-Type: ${type}\nContent-Transfer-Encoding: ${encoding}`;
  return `From: b@b.example\nContent-Type: multipart/mixed; boundary=out\n\n--out\n${head}\n\n${body}\n--out--\n`;
}

function decodedIn(text: string) {
  const { message, source } = messageOf(text);
  return inspectMessage(message, source).structure.parts[0]?.decoded;
}

test.each(["message/rfc822", "message/global"])("inspect shows what a %s in base64 holds, without offsets", (type) => {
  expect(decodedIn(attached(type, "base64", base64(INNER)))).toEqual({
    path: "1.1",
    type: "multipart/mixed",
    encoding: "7bit",
    filename: null,
    subject: "Grüße",
    fields: ["From", "Subject", "Content-Type"],
    parts: [
      { path: "1.1.1", type: "text/plain", encoding: "7bit", filename: null, subject: null, fields: [], parts: [] },
      {
        path: "1.1.2",
        type: "application/pdf",
        encoding: "base64",
        filename: "a.pdf",
        subject: null,
        fields: ["Content-Type", "Content-Transfer-Encoding"],
        parts: [],
      },
    ],
  });
});

test("quoted-printable is decoded too, and an encoded message inside an encoded one", () => {
  const quoted = attached("message/rfc822", "quoted-printable", "Subject: a=3Db\n\nx");
  expect(decodedIn(quoted)?.subject).toBe("a=b");
  const twice = attached("message/rfc822", "base64", base64(attached("message/rfc822", "base64", base64(INNER))));
  expect(decodedIn(twice)?.parts[0]?.parts[0]).toMatchObject({ path: "1.1.1.1", subject: "Grüße" });
});

test("layers without end are not followed", () => {
  let text = INNER;
  for (let k = 0; k < 12; k++) text = attached("message/rfc822", "base64", base64(text));
  let depth = 0;
  for (let part = decodedIn(text); part !== undefined && part !== null; part = part.parts[0]) depth++;
  expect(depth).toBeGreaterThan(3);
  expect(depth).toBeLessThan(20);
});

test.each([
  ["a message that stands as it is", attached("message/rfc822", "8bit", INNER)],
  ["a file", attached("application/pdf", "base64", base64(INNER))],
  ["what is no message when it is decoded", attached("message/rfc822", "base64", base64("only words\n"))],
])("%s has no decoded structure", (_, text) => {
  expect(decodedIn(text)).toBeNull();
});

test("the outline shows an encoded message below its part, marked as decoded", () => {
  const { message, source } = messageOf(attached("message/rfc822", "base64", base64(INNER)));
  const outline = messageOutline(message, source, "en");
  const part = outline[1]?.children?.[0];
  expect(part?.name).toBe("message/rfc822");
  const inside = part?.children?.[0];
  expect(inside).toMatchObject({ name: "multipart/mixed", detail: "multipart/mixed · Decoded", range: part?.range });
  expect(inside?.children?.map((child) => child.name)).toEqual(["text/plain", "a.pdf"]);
  for (const child of inside?.children ?? [])
    expect(child.range).toEqual({ start: part?.range.start, end: part?.range.start });
});
