import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SourceText } from "../../server/src/text/source.js";
import { decodeText } from "../kit/corpus.js";
import { hoverAtOffset } from "../kit/hover.js";

const FIXTURE = "test/features/replies.json";

/** What the hover of a refusal says first: read by a person and kept. */
interface Said {
  readonly says: string;
  readonly who: string;
  readonly retry: string;
  readonly do: string;
}

/** A refusal of the recorded sessions. */
interface Recorded extends Partial<Said> {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** A refusal by its wording, as providers and servers send it. */
interface Worded extends Partial<Said> {
  readonly reply: readonly string[];
  /** The stage at which it comes: a key of `BEFORE`. */
  readonly after: string;
  /** Text of the greeting. */
  readonly greeting?: string;
}

const fixture = JSON.parse(readFileSync(FIXTURE, "utf8")) as { recorded: Recorded[]; worded: Worded[] };

const EHLO = [
  "C: EHLO client.example.org",
  "S: 250-mx.example.com",
  "S: 250-SIZE 10240000",
  "S: 250-STARTTLS",
  "S: 250 AUTH PLAIN LOGIN",
];
const MAIL = [...EHLO, "C: MAIL FROM:<a@example.org>", "S: 250 2.1.0 Ok", "C: RCPT TO:<bob@example.com>"];
const DATA = [...MAIL, "S: 250 2.1.5 Ok", "C: DATA"];

/** The session up to the refusal, by stage. */
const BEFORE: Readonly<Record<string, readonly string[]>> = {
  greeting: [],
  ehlo: EHLO.slice(0, 1),
  starttls: [...EHLO, "C: STARTTLS"],
  auth: [...EHLO, "C: AUTH PLAIN AGEAYg=="],
  mail: [...EHLO, "C: MAIL FROM:<a@example.org>"],
  rcpt: MAIL,
  data: DATA,
  "end-of-data": [...DATA, "S: 354 go", "C: Subject: x", "C: From: a@example.org", "C: ", "C: hi", "C: ."],
};

/** The lines of a hover by their label. */
function read(hover: string | null): Said {
  const paragraphs = (hover ?? "").split("\n\n");
  const lines = (hover ?? "").split("\n");
  const labelled = (label: string): string =>
    (lines.find((line) => line.startsWith(`**${label}:**`)) ?? "").replace(`**${label}:**`, "").trim();
  return {
    says: paragraphs[1] ?? "",
    who: labelled("Who must act"),
    retry: labelled("Try again"),
    do: labelled("What to do"),
  };
}

function hoverOfRecorded({ file, line }: Recorded): string | null {
  const text = decodeText(readFileSync(`test/corpus/${file}`));
  const source = new SourceText(text);
  const column = Math.max(0, source.lineText(line - 1).search(/\b[2-5]\d\d[ -]/));
  return hoverAtOffset(text, source.lineStart(line - 1) + column);
}

function hoverOfWorded({ reply, after, greeting }: Worded): string | null {
  const first = after === "greeting" ? [] : [`S: 220 ${greeting ?? "mx.example.com ESMTP"}`];
  const before = [...first, ...(BEFORE[after] ?? [])].map((line) => `${line}\n`).join("");
  const text = before + reply.map((line) => `S: ${line}\n`).join("");
  return hoverAtOffset(text, before.length + "S: ".length);
}

if (process.env.UPDATE === "1") {
  const recorded = fixture.recorded.map(({ file, line }) => ({ file, line, ...read(hoverOfRecorded({ file, line })) }));
  const worded = fixture.worded.map(({ reply, after, greeting }) => {
    const asked = { reply, after, ...(greeting === undefined ? {} : { greeting }) };
    return { ...asked, ...read(hoverOfWorded(asked)) };
  });
  writeFileSync(FIXTURE, `${JSON.stringify({ recorded, worded }, null, 2)}\n`);
}

describe("real refusals name the cause, who must act first, whether a retry helps and what to do", () => {
  it("in recorded sessions", () => {
    expect(fixture.recorded.length).toBeGreaterThanOrEqual(30);
    for (const entry of fixture.recorded) expect({ ...entry, ...read(hoverOfRecorded(entry)) }).toEqual(entry);
  });

  it("in the words of providers and servers, at every stage", () => {
    expect(fixture.worded.length).toBeGreaterThanOrEqual(60);
    for (const entry of fixture.worded) expect({ ...entry, ...read(hoverOfWorded(entry)) }).toEqual(entry);
    expect([...new Set(fixture.worded.map(({ after }) => after))].sort()).toEqual(Object.keys(BEFORE).sort());
  });

  it("in few enough lines for a laptop's screen", () => {
    for (const entry of fixture.worded) {
      const lines = (hoverOfWorded(entry) ?? "").split("\n").filter((line) => line.trim() !== "");
      const wrapped = lines.reduce((sum, line) => sum + Math.ceil(line.length / 90), 0);
      expect(wrapped, entry.reply[0]).toBeLessThanOrEqual(25);
    }
  });
});
