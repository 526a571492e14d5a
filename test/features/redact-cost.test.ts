import { describe, expect, it } from "vitest";
import { redactDocument, redactEverything } from "../../server/src/service.js";
import { documentOf } from "../kit/features.js";
import { NASTY } from "./nasty-secrets.js";

/** Milliseconds that redaction takes, the reading left out. */
function cost(text: string): number {
  const document = documentOf(text);
  void document.transcript.sessions.length;
  const start = performance.now();
  expect(redactDocument(document, redactEverything)).toHaveLength(text.length);
  return performance.now() - start;
}

/** Pieces that make a pattern go on looking: heads of secrets, quotes that do not close, marks of base64 and URLs. */
const PIECES = [
  "a",
  "A1",
  "=",
  '"',
  "\\",
  "x:",
  "a.",
  "://a:",
  "smtp://u:p@",
  "\\0a",
  "\\x00",
  "password=",
  "password: ",
  "login (",
  'auth("',
  "echo ",
  "base64 -u a:",
  "LOGIN a ",
  "PASS ",
  "{PLAIN}",
  "-----BEGIN PRIVATE KEY-----",
  "AGFsaWNl",
  "Subject: ",
  ' T="',
  "a@",
  "key-",
  "eyJa.",
  "client_send = :",
  "host.example u:",
  "[h]:1 ",
  "&quot;",
  "%00",
  "> ",
];

describe("the cost of redaction", () => {
  it.each(PIECES)("grows with the text, not faster, for many of %j", (piece) => {
    const text = (times: number): string => `S: 220 mx\nC: EHLO a\nS: 250 mx\nC: NOOP ${piece.repeat(times)}\n`;
    cost(text(500));
    const small = Math.min(cost(text(5_000)), cost(text(5_000)));
    const large = Math.min(cost(text(20_000)), cost(text(20_000)));
    // Four times the text; a cost that grows with the square would be sixteen times.
    expect(large).toBeLessThan(Math.max(small * 9, 250));
  });
  it("does not grow with the number of secrets times the length of the text", () => {
    const session = (n: number): string =>
      `S: 220 mx\nC: EHLO a\nS: 250 AUTH PLAIN\nC: AUTH PLAIN ${Buffer.from(`\0user${n}\0ya29.a0AfSecret-${n}`).toString("base64")}\nS: 235 ok\nC: QUIT\nS: 221 bye\n`;
    const text = (count: number): string => Array.from({ length: count }, (_, n) => session(n)).join("");
    cost(text(100));
    const small = cost(text(500));
    expect(cost(text(2_000))).toBeLessThan(Math.max(small * 9, 1_000));
  });
});

describe("redaction of cut and mixed texts", () => {
  it("never throws and keeps the length", () => {
    for (const { text, language } of NASTY) {
      for (let part = 1; part < 12; part++) {
        const cut = text.slice(0, Math.floor((text.length * part) / 12));
        expect(redactDocument(documentOf(cut, language ?? "smtp-transcript"))).toHaveLength(cut.length);
        const shuffled = text.slice(cut.length) + cut;
        expect(redactDocument(documentOf(shuffled, language ?? "smtp-transcript"))).toHaveLength(text.length);
      }
    }
  });
});
