import { expect, test } from "vitest";
import { readAuthentication } from "../../server/src/message/authentication.js";
import { base64Problems, decodeBody, decodeText } from "../../server/src/message/transfer.js";
import { messageOf } from "./kit.js";

const part = (encoding: string, body: string, type = "text/plain; charset=utf-8") =>
  messageOf(`Content-Type: ${type}\nContent-Transfer-Encoding: ${encoding}\n\n${body}`).message;

test("base64 and quoted-printable decode, and a byte leads back to its characters", () => {
  const b64 = part("base64", "SGVsbG8s\nIHdvcmxk\n");
  const decoded = decodeText(b64.lines, b64.root);
  expect(decoded.text).toBe("Hello, world");
  expect(decoded.body.place(6)).toEqual({ line: 4, column: 0 });
  const qp = part("quoted-printable", "caf=C3=A9 =\nau lait");
  const text = decodeText(qp.lines, qp.root);
  expect(text.text).toBe("café au lait");
  expect(text.body.place(3)).toEqual({ line: 3, column: 3 });
  expect(text.body.place(5)).toEqual({ line: 3, column: 9 });
});

test.each([
  ["base64", "SGVs!bG8=", "base64-garbage"],
  ["base64", "SGVsbA==\nSGVs", "base64-early-padding"],
  ["base64", "SGVsbG8", "base64-length"],
  ["quoted-printable", "a=G1", "qp-bad-escape"],
  ["quoted-printable", "a=e9", "qp-lowercase"],
  ["quoted-printable", "a \nb", "qp-trailing-space"],
  ["quoted-printable", "ä", "qp-raw-8bit"],
])("%s %j has the problem %s", (encoding, body, kind) => {
  const message = part(encoding, body);
  expect(decodeBody(message.lines, message.root).problems.map((problem) => problem.kind)).toContain(kind);
});

const SIGNED = (bh: string, c: string) =>
  `DKIM-Signature: v=1; a=rsa-sha256; c=${c}; d=a.example; s=k;\n h=from; bh=${bh}; b=x\nFrom: a@www.a.example\n\n`;

test("the body hash is checked offline", () => {
  const check = (text: string) => readAuthentication(messageOf(text).message).signatures[0];
  // Hashes of the empty body: RFC 6376 §3.4.3 and §3.4.4 print both.
  expect(check(SIGNED("frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=", "relaxed/simple"))?.bodyHash).toBe("match");
  expect(check(SIGNED("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "simple/relaxed"))?.bodyHash).toBe("match");
  expect(check(`${SIGNED("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "simple/relaxed")}changed\n`)?.bodyHash).toBe(
    "differs",
  );
  expect(check(SIGNED("x", "simple/relaxed"))?.alignment).toBe("relaxed");
});

test.each(["SGVsbG8=", "SGVs\nbG8=\n", "SGVsbG8", "SGVsbA==\nSGVs", "SGVs!bG8=", "SGVs bG8=", "====", "", "\n\n"])(
  "a glance at the base64 body %j finds what a closer look finds",
  (body) => {
    const { lines, root } = part("base64", body);
    const range = { from: root.bodyLine, to: root.endLine };
    const { plain: _, ...close } = lines;
    expect(base64Problems(lines, range)).toEqual(base64Problems(close, range));
    expect(base64Problems(lines, range)).toEqual(decodeBody(lines, root).problems);
  },
);
