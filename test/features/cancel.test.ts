import { describe, expect, it } from "vitest";
import { patient } from "../../server/src/features/cancel.js";
import { features } from "../../server/src/features/index.js";
import { contextOf, documentOf, placeOf } from "../kit/features.js";

/** Sessions enough that a person would take a request back; each with a message, a login and a queue id of its own. */
const SESSIONS = 600;
const session = (n: number): string[] => [
  "S: 220 mx.example.com ESMTP",
  "C: EHLO client.example.org",
  "S: 250-mx.example.com",
  "S: 250 AUTH PLAIN",
  `C: AUTH PLAIN ${Buffer.from("\0alice@example.org\0secret123").toString("base64")}`,
  "S: 235 2.7.0 ok",
  "C: MAIL FROM:<alice@example.org>",
  "S: 250 2.1.0 Ok",
  `C: RCPT TO:<bob${n}@example.com>`,
  "S: 250 2.1.5 Ok",
  "C: DATA",
  "S: 354 End data with <CR><LF>.<CR><LF>",
  "C: Subject: one",
  "C: ",
  "C: see https://www.rfc-editor.org/rfc/rfc5321",
  "C: .",
  `S: 250 2.0.0 Ok: queued as 4F2A${(0x10000 + n).toString(16).toUpperCase()}`,
  "C: QUIT",
  "S: 221 2.0.0 Bye",
];
const text = `${Array.from({ length: SESSIONS }, (_, n) => session(n).join("\n")).join("\n")}\n`;

/** The requests whose work grows with the file, and what else they need. */
const LONG = [
  ["textDocument/documentSymbol", {}],
  ["textDocument/foldingRange", {}],
  ["textDocument/references", {}],
  ["textDocument/documentHighlight", {}],
  ["textDocument/documentLink", {}],
  ["textDocument/rename", { newName: "carol@example.net" }],
  ["workspace/symbol", { query: "bob" }],
] as const;

/** Size of an answer, whatever its form. */
function size(answer: unknown): number {
  if (Array.isArray(answer)) return answer.length;
  const changes = (answer as { changes?: Record<string, unknown[]> } | null)?.changes ?? {};
  return Object.values(changes).reduce((sum, edits) => sum + edits.length, 0);
}

/** What answers a request about transcripts. */
function served(method: string) {
  return features.filter((one) => one.method === method && one.languages.includes("smtp-transcript"));
}

/** Answers one request on a fresh document; the request is cancelled at the n-th look. */
function answer(method: string, parameters: object, cancelledAt: number): { size: number; looks: number } {
  const document = documentOf(text);
  let looks = 0;
  const context = contextOf(document, { cancelled: () => ++looks >= cancelledAt });
  const position = placeOf(document, "alice@");
  const sizes = served(method).map((one) => size(one.run(context, { position, ...parameters })));
  return { size: Math.max(...sizes), looks };
}

describe.each(LONG)("%s", (method, parameters) => {
  const whole = answer(method, parameters, Number.POSITIVE_INFINITY);
  it("looks for a cancellation again and again on its way", () => {
    expect(whole.looks).toBeGreaterThan(1);
    expect(whole.size).toBeGreaterThan(100);
  });
  it("stops at once where the request is cancelled at the start", () => {
    expect(answer(method, parameters, 1).size).toBeLessThan(whole.size / 10);
  });
  it("stops half-way where it is cancelled there", () => {
    expect(answer(method, parameters, 2).size).toBeLessThan(whole.size);
  });
});

describe("what was cancelled", () => {
  it("is whole when it is asked for again", () => {
    const document = documentOf(text);
    const position = placeOf(document, "alice@");
    const references = served("textDocument/references");
    const find = (cancelled: () => boolean): number =>
      Math.max(...references.map((one) => size(one.run(contextOf(document, { cancelled }), { position }))));
    expect(find(() => true)).toBe(0);
    expect(find(() => false)).toBe(SESSIONS);
  });
  it("is never half a renaming", () => {
    let looks = 0;
    const document = documentOf(text);
    const [rename] = served("textDocument/rename");
    const context = contextOf(document, { cancelled: () => ++looks > 2 });
    expect(rename?.run(context, { position: placeOf(document, "alice@"), newName: "x@y.example" })).toBeNull();
  });
});

describe("the question in a loop", () => {
  it("is passed on rarely, and its yes stays", () => {
    let asked = 0;
    const over = patient(() => {
      asked++;
      return asked === 2;
    });
    const answers = Array.from({ length: 1000 }, over);
    expect(asked).toBe(2);
    expect(answers.indexOf(true)).toBeGreaterThan(100);
    expect(answers.lastIndexOf(false)).toBe(answers.indexOf(true) - 1);
  });
  it("is no where nobody can cancel", () => expect(patient(undefined)()).toBe(false));
});
