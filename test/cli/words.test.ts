import { describe, expect, it } from "vitest";
import { type CliKey, cliTable } from "../../server/src/cli/words.js";
import { LOCALES } from "../../server/src/reference/index.js";
import { runCli } from "../kit/world.js";

const english = cliTable("en") as Readonly<Record<CliKey, string>>;
const keys = Object.keys(english) as CliKey[];
const others = LOCALES.filter((locale) => locale !== "en");
const holes = (text = ""): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
const ARABIC = /[\u0600-\u06ff]/;

describe("the texts of the command line", () => {
  it("are complete in Arabic, and Arabic", () => {
    for (const key of keys) expect(cliTable("ar")[key], key).toMatch(ARABIC);
  });
  it.each(others)("have in %s the keys and places of English", (locale) => {
    const own = cliTable(locale);
    expect(Object.keys(own).filter((key) => !Object.hasOwn(english, key))).toEqual([]);
    for (const key of keys) if (own[key] !== undefined) expect(holes(own[key]), key).toEqual(holes(english[key]));
    const missing = keys.filter((key) => own[key] === undefined);
    if (missing.length > 0) console.info(`${locale}: ${missing.length} texts of the command line fall back to English`);
  });
});

/** Calls that go wrong in each way that the program knows, with the files they name. */
type Files = Readonly<Record<string, string | Uint8Array>>;
const WRONG: [name: string, words: readonly string[], files?: Files][] = [
  ["no command", []],
  ["an unknown command", ["nonsense"]],
  ["an unknown option", ["lint", "--nope"]],
  ["an unknown short option", ["lint", "-z"]],
  ["another command's option", ["inspect", "--max-warnings", "1", "a"]],
  ["an option without its value", ["lint", "a", "--format"]],
  ["an option before another instead of its value", ["lint", "--format", "--config", "c", "a"]],
  ["a value that none is allowed", ["lint", "--help=yes"]],
  ["a value that is not among the allowed", ["lint", "--format", "xml", "a"]],
  ["a kind that cannot stay", ["redact", "--keep", "secrets", "a"]],
  ["a word for a number", ["lint", "--max-warnings", "many", "a"]],
  ["an unknown dialect", ["lint", "--dialect", "nope", "a"]],
  ["no file", ["lint"]],
  ["no query", ["explain"]],
  ["two files where one is due", ["redact", "a", "b"]],
  ["one code where two are due", ["compare", "354"]],
  ["no code where two are due", ["compare", "354", "abc"]],
  ["a file that is not there (lint)", ["lint", "a.smtp"]],
  ["a file that is not there (inspect)", ["inspect", "a.smtp"]],
  ["a file that is not there (convert)", ["convert", "--to", "rfc", "a.smtp"]],
  ["a configuration that is not there", ["lint", "--config", "c.json", "a.smtp"], { "a.smtp": "" }],
  ["nothing to convert", ["convert", "--to", "rfc", "a.smtp"], { "a.smtp": "milk\n" }],
  ["nothing to extract", ["extract", "a.smtp"], { "a.smtp": "milk\n" }],
  ["nothing to explain", ["explain", "zzqqxx"]],
  ["octets that are no UTF-8", ["inspect", "a.smtp"], { "a.smtp": Uint8Array.of(0xe9, 0x0a) }],
];

const CONFIGURATIONS = [
  "[]",
  "{",
  '{"profile":"x"}',
  '{"messageProfile":"x"}',
  '{"rules":1}',
  '{"rules":{"space-after-colon":"loud"}}',
  '{"rules":{"no-such-rule":"off"}}',
  '{"aside":1}',
  '{"aside":[1]}',
];

describe("an error", () => {
  it.each(WRONG.map(([name, words, files = {}]) => [name, words, files] as const))(
    "speaks the reader's language: %s",
    async (_name, words, files) => {
      const plain = await runCli(words, files);
      const arabic = await runCli([...words.slice(0, 1), "--locale", "ar", ...words.slice(1)], files);
      expect(plain.error).toMatch(/^[\x20-\x7e\n]+$/);
      expect(arabic.code).toBe(plain.code);
      const lines = arabic.error.split("\n");
      expect(lines).toHaveLength(plain.error.split("\n").length);
      for (const line of lines) {
        expect(line).toMatch(ARABIC);
        // What was typed, paths and options keep their order among Arabic words.
        expect(line.replace(/\u2066[^\u2069]*\u2069|^smtp-transcripts: |UTF-8|Latin-1|SMTP/g, "")).not.toMatch(
          /[A-Za-z]/,
        );
      }
    },
  );
  it.each(CONFIGURATIONS)("in a configuration too: %s", async (config) => {
    const call = (locale: string) =>
      runCli(["lint", "--locale", locale, "--config", "c.json", "-"], { "c.json": config, "-": "" });
    expect((await call("en")).error).toMatch(/^c\.json: /);
    expect((await call("ar")).error).toMatch(ARABIC);
    expect((await call("de")).error).not.toBe((await call("en")).error);
  });
  it("is found in the language even where the call is wrong before it", async () => {
    expect((await runCli(["--nope", "lint", "--locale=ar"])).error).toMatch(ARABIC);
    expect((await runCli(["lint", "--locale"])).error).toMatch(/--locale needs a value/);
  });
  it("writes control characters out, and lets nothing typed end an isolate", async () => {
    const { error } = await runCli(["lint", "--locale", "ar", "--\u001b[31m\u2069x"]);
    expect(error).not.toContain("\u001b");
    expect(error.match(/\u2066/g)?.length).toBe(error.match(/\u2069/g)?.length);
  });
});

describe("help", () => {
  it.each(LOCALES)("names in %s every command and option", async (locale) => {
    const { code, out } = await runCli(["--help", "--locale", locale]);
    expect(code).toBe(0);
    for (const command of ["lint", "inspect", "explain", "compare", "redact", "convert", "extract", "dialects", "lsp"])
      expect(out).toContain(`smtp-transcripts ${command}`);
    for (const option of ["--dialect", "--language", "--locale", "--help", "--version"]) expect(out).toContain(option);
    expect(out).not.toMatch(/[{}]/);
  });
  it("keeps commands on lines of their own in Arabic", async () => {
    const { out } = await runCli(["help", "--locale", "ar"]);
    for (const line of out.split("\n").filter((one) => one.includes("smtp-transcripts ")))
      expect(line).not.toMatch(ARABIC);
    expect(out.match(ARABIC)).not.toBeNull();
  });
});

describe("inspect as text", () => {
  it("says in the reader's language what became of a delivery", async () => {
    const log =
      "Nov 23 16:05:53 mx postfix/smtp[812]: 4F2A1B: to=<bob@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1, delays=0/0/0/1, dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.1] said: 550 5.1.1 unknown (in reply to RCPT TO command))\n";
    const told = async (locale: string) => (await runCli(["inspect", "--locale", locale, "-"], { "-": log })).out;
    expect(await told("en")).toContain("bob@example.com bounced");
    expect(await told("de")).toContain("bob@example.com unzustellbar");
    expect(await told("ar")).toContain("ارتدّت");
  });
});
