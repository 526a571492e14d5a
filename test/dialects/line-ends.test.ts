import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Inspection, inspectTranscript } from "../../server/src/features/inspect.js";
import { parseTranscript } from "../../server/src/transcript.js";
import { decodeText } from "../kit/corpus.js";

const corpus = new URL("../corpus/", import.meta.url);
const recordings = JSON.parse(readFileSync(new URL("truth.json", corpus), "utf8")) as { path: string }[];

/** What only the file's own line ends tell apart from plain text; there it is read without a name, and as well. */
const NAMELESS = new Set(["nc/simple-with-typed-echo.smtp", "ncat/hexdump-out.smtp", "tcpflow-C/swaks-simple.txt"]);

/** What happened, without the places: the extra CR of a terminal is a line of its own in an editor. */
function happened({ sessions }: Inspection): unknown {
  return JSON.parse(JSON.stringify(sessions, (key, value) => (/^(?:line|endLine)$/.test(key) ? undefined : value)));
}

describe("an editor, which makes line ends uniform, shows the same as the file", () => {
  for (const { path } of recordings) {
    it(path, () => {
      const text = decodeText(readFileSync(new URL(path, corpus)));
      const uniform = parseTranscript(text.split(/\r\n|\r|\n/).join("\n"));
      const whole = parseTranscript(text);
      expect(happened(inspectTranscript(uniform))).toEqual(happened(inspectTranscript(whole)));
      const name = NAMELESS.has(path) ? "raw" : whole.detection.dialect.id;
      expect(uniform.detection.dialect.id).toBe(name);
    });
  }
});
