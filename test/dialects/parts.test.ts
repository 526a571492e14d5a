import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sourceSpan } from "../../server/src/dialects/wire.js";
import { parseTranscript, type Transcript } from "../../server/src/transcript.js";
import { decodeText } from "../kit/corpus.js";

const corpus = new URL("../corpus/", import.meta.url);
const recordings = JSON.parse(readFileSync(new URL("truth.json", corpus), "utf8")) as {
  path: string;
  dialect: string;
  sessions: unknown[];
}[];

function textOf(path: string): string {
  return decodeText(readFileSync(new URL(path, corpus)));
}

/** Every wire line lies inside the text, in order, and each character has its place. */
function expectSound(transcript: Transcript): void {
  const { length } = transcript.source.text;
  for (const wire of transcript.wire) {
    expect(wire.start).toBeGreaterThanOrEqual(0);
    expect(wire.end).toBeGreaterThanOrEqual(wire.start);
    expect(wire.end).toBeLessThanOrEqual(length);
    if (wire.mapped) {
      expect(wire.offsetAt(0)).toBe(wire.start);
      expect(wire.offsetAt(wire.text.length)).toBe(wire.end);
      for (let k = 0; k < wire.text.length; k++) expect(wire.offsetAt(k)).toBeLessThanOrEqual(length);
    } else {
      expect(transcript.source.slice(sourceSpan(wire))).toBe(wire.text);
    }
  }
}

describe("a part of a recording", () => {
  for (const { path, dialect } of recordings) {
    it(`reads either half of ${path}`, () => {
      const text = textOf(path);
      const middle = text.indexOf("\n", text.length / 2) + 1;
      expectSound(parseTranscript(text));
      expectSound(parseTranscript(text.slice(0, middle), dialect));
      expectSound(parseTranscript(text.slice(middle), dialect));
      expectSound(parseTranscript(text.slice(0, middle)));
      expectSound(parseTranscript(text.slice(middle)));
    });
  }

  it("finds at least the sessions of both where two recordings of one dialect are put together", () => {
    const known = new Set<string>();
    for (const { path, dialect, sessions } of recordings) {
      if (known.has(dialect) || sessions.length !== 1) continue;
      known.add(dialect);
      const text = textOf(path);
      const glued = parseTranscript(`${text}${text.endsWith("\n") ? "" : "\n"}${text}`, dialect);
      expectSound(glued);
      expect(glued.sessions.length, path).toBeGreaterThanOrEqual(1);
    }
  });
});
