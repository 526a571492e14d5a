import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { dialectById, dialects } from "../../server/src/dialects/index.js";
import { convertToRfc } from "../../server/src/features/convert.js";
import { inspectTranscript } from "../../server/src/features/inspect.js";
import { findingsOf } from "../../server/src/features/lint.js";
import type { ParsedDocument } from "../../server/src/features/types.js";
import { STANDARD } from "../../server/src/rules/configure.js";
import { parseDocument } from "../../server/src/service.js";
import { SourceText } from "../../server/src/text/source.js";
import type { Transcript } from "../../server/src/transcript.js";
import { type Random, seeded } from "../kit/random.js";

const corpus = new URL("../corpus/", import.meta.url);
const readInParts = dialects.filter(({ inParts, traits }) => inParts && traits.sides === "both").map(({ id }) => id);
const LONGEST_RECORDING = 20_000;

function recordings(folder: string): string[] {
  const url = new URL(`${folder}/`, corpus);
  return readdirSync(url)
    .map((name) => readFileSync(new URL(name, url), "latin1"))
    .filter((text) => text.length < LONGEST_RECORDING);
}

function sourcesOf(dialect: string): string[] {
  if (dialect !== "client-server") return recordings(dialect);
  return ["swaks", "curl-v", "exim-bs", "python-smtplib-debug1"].flatMap((folder) =>
    recordings(folder).map((text) => convertToRfc(read(new SourceText(text), folder).transcript)),
  );
}

function read(source: SourceText, dialect: string, previous?: ParsedDocument): ParsedDocument {
  return parseDocument({ uri: "file:///t.smtp", version: 1, language: "smtp-transcript", source, dialect }, previous);
}

/** Many recordings one after the other. */
function longText(sources: readonly string[], random: Random): string {
  let text = "";
  while (text.length < 30_000) {
    const one = random.pick(sources);
    text += one.endsWith("\n") ? one : `${one}\n`;
  }
  return text;
}

const INSERTIONS = ["x", "\n", "\r", "\r\n", ".\n", "\n.\n", "S: 220 mx ESMTP\n", "QUIT\r\n", "250 Ok\n", " -> DATA\n"];

/** One edit as people make it: typing, deleting, pasting, moving lines. */
function edit(source: SourceText, random: Random): { start: number; end: number; put: string } {
  const { text } = source;
  const at = random.below(text.length);
  const line = source.lineAt(at);
  const [start, next] = [source.lineStart(line), source.lineStart(line + 1)];
  switch (random.below(6)) {
    case 0:
      return { start: at, end: Math.min(text.length, at + random.below(4)), put: "" };
    case 1:
      return { start, end: next, put: "" };
    case 2:
      return { start, end: start, put: text.slice(start, next) };
    case 3:
      return { start: at, end: Math.min(text.length, at + random.below(600)), put: "" };
    case 4: {
      const from = random.below(text.length);
      return { start: at, end: at, put: text.slice(from, from + random.below(900)) };
    }
    default:
      return { start: at, end: at, put: random.pick(INSERTIONS) };
  }
}

function everything({ transcript }: ParsedDocument): unknown {
  const { wire, sessions, traits, deliveries } = transcript;
  return {
    traits,
    deliveries,
    inspection: inspectTranscript(transcript),
    sessions: sessions.map(({ index, line, endLine, traits: shown }) => ({ index, line, endLine, shown })),
    wire: wire.map((one) => ({
      speaker: one.speaker,
      text: one.text,
      line: one.line,
      places: Array.from({ length: one.text.length + 1 }, (_, k) => one.offsetAt(k)).concat(one.start, one.end),
      extras: [one.time, one.tls, one.masked, one.wireEnd, one.note],
    })),
  };
}

/** Comparing texts is quick, and says nothing; the slow comparison tells what differs. */
function expectSame(one: unknown, other: unknown, told: string): void {
  if (JSON.stringify(one) === JSON.stringify(other)) return;
  expect(one, told).toEqual(other);
  expect.fail(told);
}

function reused(before: Set<unknown>, { blocks }: Transcript): boolean {
  return blocks.some(({ origin }) => before.has(origin));
}

describe("a document after an edit", () => {
  for (const dialect of readInParts) {
    it(`reads and is judged as if it were new, in ${dialect}`, () => {
      const sources = sourcesOf(dialect);
      let taken = 0;
      let edits = 0;
      for (let seed = 1; seed <= 3; seed++) {
        const random = seeded(seed);
        let source = new SourceText(longText(sources, random));
        let document = read(source, dialect);
        findingsOf(document, STANDARD);
        for (let k = 0; k < 10; k++) {
          const { start, end, put } = edit(source, random);
          const blocks = new Set<unknown>(document.transcript.blocks.map(({ origin }) => origin));
          const next = source.replaced({ start, end }, put);
          document = read(next, dialect, document);
          const fresh = read(new SourceText(next.text), dialect);
          const told = `seed ${seed}, edit ${k}: ${start}-${end} becomes ${JSON.stringify(put)}`;
          expectSame(everything(document), everything(fresh), told);
          expectSame(findingsOf(document, STANDARD), findingsOf(fresh, STANDARD), told);
          edits++;
          if (reused(blocks, document.transcript)) taken++;
          source = next;
        }
      }
      expect(taken / edits, "share of the edits that took blocks over").toBeGreaterThan(0.5);
    });
  }

  it("is judged by new settings also where its blocks moved", () => {
    const random = seeded(9);
    const source = new SourceText(longText(sourcesOf("client-server"), random));
    const before = read(source, "client-server");
    findingsOf(before, STANDARD);
    const next = source.replaced({ start: 0, end: 0 }, "S: 220 mx.example.com ESMTP\nC: QUIT\nS: 221 Bye\n");
    const after = read(next, "client-server", before);
    const strict = { ...STANDARD, profile: "strict" as const };
    expect(findingsOf(after, strict)).toEqual(findingsOf(read(new SourceText(next.text), "client-server"), strict));
  });

  it("takes over all blocks that the edit did not touch", () => {
    const one = "S: 220 mx ESMTP\nC: EHLO c\nS: 250 mx\nC: MAIL FROM:<a@example.org>\nS: 250 Ok\nC: QUIT\nS: 221 Bye\n";
    const source = new SourceText(one.repeat(400));
    const before = read(source, "client-server");
    const origins = new Set<unknown>(before.transcript.blocks.map(({ origin }) => origin));
    const middle = source.lineStart(1400) + 5;
    const after = read(source.replaced({ start: middle, end: middle }, "x"), "client-server", before);
    const fresh = after.transcript.blocks.filter(({ origin }) => !origins.has(origin));
    expect(origins.size).toBeGreaterThan(30);
    expect(fresh.length).toBeLessThanOrEqual(3);
  });

  it("reads the next session as part of one that lost its end", () => {
    const greeting = ["S: 220 mx ESMTP", "C: EHLO c", "S: 250 mx"];
    const message = ["C: MAIL FROM:<a@example.org>", "S: 250 Ok", "C: RCPT TO:<b@example.com>", "S: 250 Ok", "C: DATA"];
    const close = ["S: 354 Go", "C: Hello", "C: .", "S: 250 Ok", "C: QUIT", "S: 221 Bye"];
    const one = `${[...greeting, ...message, ...close].join("\n")}\n`;
    const source = new SourceText(one.repeat(200));
    const before = read(source, "client-server");
    // The message of the last session of a block loses its end: the next greeting comes inside of it.
    const end = before.transcript.blocks[20]?.origin.offset ?? 0;
    const next = source.replaced({ start: source.text.lastIndexOf("C: .\n", end), end }, "");
    const after = read(next, "client-server", before);
    expectSame(everything(after), everything(read(new SourceText(next.text), "client-server")), "without an end");
    expect(after.transcript.sessions).toHaveLength(199);
  });

  it("is read in another dialect as a whole", () => {
    const source = new SourceText("S: 220 mx ESMTP\nC: QUIT\nS: 221 Bye\n".repeat(200));
    const before = read(source, "client-server");
    expect(before.transcript.blocks.length).toBeGreaterThan(3);
    expect(read(source, "raw", before).transcript.detection.dialect).toBe(dialectById("raw"));
  });
});
