import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { describe, expect, it } from "vitest";
import { version } from "../../server/src/version.js";
import { runCli } from "../kit/world.js";

const HEAD = "S: 220 mx.example.com ESMTP\nC: EHLO client.example.org\nS: 250 mx.example.com\n";
const TAIL = "C: QUIT\nS: 221 2.0.0 Bye\n";
const HEALTHY = `${HEAD}C: NOOP\nS: 250 2.0.0 Ok\n${TAIL}`;
const MILD = `${HEAD}C: MAIL FROM: <a@example.org>\nS: 250 2.1.0 Ok\n${TAIL}`;
const BROKEN = `${HEAD}C: MAIL FROM:<a@example.org>\nS: 250 ok\nC: RCPT TO:<b@example.com>\nS: 250 ok\nC: DATA\nS: 354 go\nC: Subject: x\nC: \nC: one\nC: .\nC: two\nS: 250 queued\nS: 500 what\nC: .\nS: 500 what\n${TAIL}`;

function schema(name: string): object {
  return JSON.parse(readFileSync(`server/src/cli/schema/${name}.schema.json`, "utf8")) as object;
}

describe("lint", () => {
  it("says nothing is wrong, with exit code 0", async () => {
    const { code, out } = await runCli(["lint", "a.smtp"], { "a.smtp": HEALTHY });
    expect(code).toBe(0);
    expect(out).toContain("Nothing found");
  });

  it("says so where a file holds neither SMTP nor a message, and still counts the others", async () => {
    const files = { "a.smtp": "milk\neggs\n", "b.smtp": HEALTHY };
    const { code, out } = await runCli(["lint", "a.smtp"], files);
    expect(code).toBe(0);
    expect(out).toBe("a.smtp: no SMTP session and no mail message found, so there is nothing to judge here.\n");
    const both = await runCli(["lint", "a.smtp", "b.smtp"], files);
    expect(both.out).toMatch(/^a\.smtp: no SMTP session .*\nNothing found/);
    const message = { "m.eml": "From: a@example.org\nDate: Tue, 24 Nov 2026 10:00:00 +0000\n\nhello\n" };
    expect((await runCli(["lint", "m.eml"], message)).out).not.toContain("no SMTP session");
  });

  it("shows place, severity, message, rule, source line and caret", async () => {
    const { code, out } = await runCli(["lint", "a.smtp"], { "a.smtp": MILD });
    expect(code).toBe(0);
    expect(out).toContain("4:14  information");
    expect(out).toContain("space-after-colon");
    expect(out).toContain("      | C: MAIL FROM: <a@example.org>\n      |              ^\n");
  });

  it("ends with 1 where there are errors, and where there are more warnings than allowed", async () => {
    expect((await runCli(["lint", "a.smtp"], { "a.smtp": BROKEN })).code).toBe(1);
    const config = '{"rules":{"space-after-colon":"warning"}}';
    const files = { "a.smtp": MILD, "c.json": config };
    expect((await runCli(["lint", "--config", "c.json", "a.smtp"], files)).code).toBe(0);
    const { code, error } = await runCli(["lint", "--config", "c.json", "--max-warnings", "0", "a.smtp"], files);
    expect(code).toBe(1);
    expect(error).toContain("--max-warnings");
  });

  it("gives JSON that fits its schema, lines from 0", async () => {
    const { out } = await runCli(["lint", "--format", "json", "a.smtp", "b.smtp"], {
      "a.smtp": MILD,
      "b.smtp": BROKEN,
    });
    const parsed = JSON.parse(out);
    const valid = new Ajv({ allowUnionTypes: true }).compile(schema("lint"));
    expect(valid(parsed), JSON.stringify(valid.errors)).toBe(true);
    expect(parsed[0]).toMatchObject({
      file: "a.smtp",
      language: "smtp-transcript",
      dialect: "client-server",
      diagnostics: [{ rule: "space-after-colon", range: { start: { line: 3, character: 13 } }, fixable: true }],
    });
  });

  it("gives SARIF with places counted from 1 and the help of each rule", async () => {
    const { out } = await runCli(["lint", "--format", "sarif", "a b.smtp"], { "a b.smtp": MILD });
    const log = JSON.parse(out);
    expect(log.version).toBe("2.1.0");
    const [run] = log.runs;
    expect(run.tool.driver.version).toBe(version);
    expect(run.results[0]).toMatchObject({
      ruleId: "space-after-colon",
      ruleIndex: 0,
      level: "note",
      locations: [
        { physicalLocation: { artifactLocation: { uri: "a%20b.smtp" }, region: { startLine: 4, startColumn: 14 } } },
      ],
    });
    expect(run.tool.driver.rules[0]).toMatchObject({ id: "space-after-colon", help: { markdown: expect.any(String) } });
  });

  it("gives workflow commands for GitHub, escaped", async () => {
    const { out } = await runCli(["lint", "--format", "github", "a,b.smtp"], { "a,b.smtp": MILD });
    expect(out).toMatch(/^::notice file=a%2Cb\.smtp,line=4,endLine=4,col=14,endColumn=15,title=space-after-colon::/);
  });

  it("reads folders and patterns, only transcripts and messages", async () => {
    const files = { "logs/a.smtp": MILD, "logs/x/b.smtp": HEALTHY, "logs/notes.md": MILD };
    const names = async (...words: string[]) =>
      JSON.parse((await runCli(["lint", "--format", "json", ...words], files)).out).map(
        (one: { file: string }) => one.file,
      );
    expect(await names("logs")).toEqual(["logs/a.smtp", "logs/x/b.smtp"]);
    expect(await names("logs/**/*.smtp")).toEqual(["logs/a.smtp", "logs/x/b.smtp"]);
    expect(await names("logs/*.md")).toEqual(["logs/notes.md"]);
  });

  it("ends with 2 for a file that cannot be read, and lints the others", async () => {
    const { code, out, error } = await runCli(["lint", "none.smtp", "a.smtp"], { "a.smtp": MILD });
    expect(code).toBe(2);
    expect(error).toContain("none.smtp");
    expect(out).toContain("space-after-colon");
  });

  it("writes control characters of a transcript out instead of sending them to the terminal", async () => {
    const { out } = await runCli(["lint", "a.smtp"], { "a.smtp": MILD.replace("<a@", "<\u001b[31m\u0007\u202ea@") });
    expect(out).not.toMatch(/[\u001b\u0007\u202e]/);
    expect(out).toContain("\\x1b[31m");
  });

  it("never shows a password in its excerpts", async () => {
    const login = `${HEAD.replace("S: 250 mx", "S: 250-mx").trimEnd()}\nS: 250 AUTH PLAIN\nC: AUTH PLAIN AGFsaWNlAHNlY3JldA==\nS: 235 ok\n${TAIL}`;
    const { out } = await runCli(["lint", "a.smtp"], { "a.smtp": login });
    expect(out).toContain("credentials-in-transcript");
    expect(out).not.toContain("AGFsaWNlAHNlY3JldA==");
  });
});

describe("inspect", () => {
  it("gives an array with one object a file that fits the schema", async () => {
    const { code, out } = await runCli(["inspect", "--format", "json", "-"], { "-": BROKEN });
    expect(code).toBe(0);
    const parsed = JSON.parse(out);
    const valid = new Ajv({ allowUnionTypes: true }).compile(schema("inspect"));
    expect(valid(parsed), JSON.stringify(valid.errors)).toBe(true);
    expect(parsed).toMatchObject([{ file: "-", sessions: [{ line: 1, protocol: "ESMTP" }] }]);
  });

  it("fits the schema for every recorded session", async () => {
    const valid = new Ajv({ allowUnionTypes: true }).compile(schema("inspect"));
    const files = readdirSync("test/corpus", { recursive: true, encoding: "utf8" })
      .map((name) => join("test/corpus", name))
      .filter(
        (path) => /\/(?:swaks|postfix-[a-z-]+|curl-v|exim-v|sendmail-dsn)\//.test(path) && statSync(path).isFile(),
      );
    for (const path of files) {
      const { out } = await runCli(["inspect", "--format", "json", path], { [path]: readFileSync(path) });
      expect(valid(JSON.parse(out)), `${path}: ${JSON.stringify(valid.errors)}`).toBe(true);
    }
  });

  it("tells a person the dialect, how sure it is, sessions, messages and recipients", async () => {
    const { out } = await runCli(["inspect", "a.smtp"], { "a.smtp": BROKEN });
    expect(out).toMatch(/a\.smtp: client-server .*recognised by content \(\d+%\)/);
    expect(out).toContain("MAIL <a@example.org>");
    expect(out).toContain("RCPT <b@example.com>: accepted (250)");
  });

  it("tells a person in one sentence that a file holds neither SMTP nor a message", async () => {
    const { code, out } = await runCli(["inspect", "--format", "text", "a.smtp"], { "a.smtp": "milk\neggs\n" });
    expect(code).toBe(0);
    expect(out).toBe("a.smtp: no SMTP session and no mail message found, so there is nothing to judge here.\n");
  });

  it("takes an empty file for what it is", async () => {
    const { code, out } = await runCli(["inspect", "--format", "json", "a.smtp"], { "a.smtp": "" });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject([{ sessions: [], deliveries: [] }]);
  });
});

describe("input", () => {
  const user = async (content: Uint8Array) => {
    const ran = await runCli(["inspect", "--format", "json", "a.smtp"], { "a.smtp": content });
    return { ...ran, path: JSON.parse(ran.out)[0].sessions[0].transactions[0].reversePath as string };
  };
  const text = `${HEAD}C: MAIL FROM:<j\u00fcrgen@example.org>\nS: 250 ok\n`;

  it("is UTF-8, with or without a byte order mark", async () => {
    expect((await user(new TextEncoder().encode(text))).path).toBe("j\u00fcrgen@example.org");
    expect((await user(new TextEncoder().encode(`\ufeff${text}`))).path).toBe("j\u00fcrgen@example.org");
  });

  it("is UTF-16 where a byte order mark says so", async () => {
    expect((await user(Buffer.from(`\ufeff${text}`, "utf16le"))).path).toBe("j\u00fcrgen@example.org");
    expect((await user(Buffer.from(`\ufeff${text}`, "utf16le").swap16())).path).toBe("j\u00fcrgen@example.org");
  });

  it("is Latin-1 otherwise, with a note", async () => {
    const { path, error } = await user(Buffer.from(text, "latin1"));
    expect(path).toBe("j\u00fcrgen@example.org");
    expect(error).toContain("Latin-1");
  });
});

describe("the other commands", () => {
  it("explain takes codes, pasted lines and words", async () => {
    const explained = async (...words: string[]) => (await runCli(["explain", ...words])).out;
    expect(await explained("451", "--after", "RCPT")).toContain("451");
    expect(await explained("550", "5.1.1")).toContain("5.1.1");
    expect(await explained("host mx said: 452 4.2.2 mailbox full (in reply to RCPT TO command)")).toContain(
      "452 4.2.2",
    );
    expect(await explained("greylist")).toContain("451");
    expect((await runCli(["explain", "zzqqxx"])).code).toBe(1);
  });

  it("explain and compare speak Arabic too", async () => {
    expect((await runCli(["explain", "451", "--locale", "ar"])).out).toMatch(/[\u0600-\u06ff]/);
    expect((await runCli(["compare", "354", "451", "--locale", "ar"])).out).toMatch(/[\u0600-\u06ff]/);
  });

  it("compare shows two codes side by side and refuses what is none", async () => {
    const { code, out } = await runCli(["compare", "354", "451"]);
    expect(code).toBe(0);
    expect(out).toContain("354");
    expect(out).toContain("451");
    expect((await runCli(["compare", "354", "abc"])).code).toBe(2);
  });

  it("convert writes C: and S: lines", async () => {
    const swaks = "=== Trying mx:25...\n<-  220 mx ESMTP\n -> EHLO c.example\n<-  250 mx\n -> QUIT\n<-  221 bye\n";
    const { out } = await runCli(["convert", "--to", "rfc", "-"], { "-": swaks });
    expect(out).toContain("S: 220 mx ESMTP\nC: EHLO c.example\nS: 250 mx\n");
  });

  it("extract writes each message as a new file, dots unstuffed, and never over an old one", async () => {
    const sent = `${HEAD}C: MAIL FROM:<a@example.org>\nS: 250 ok\nC: RCPT TO:<b@example.com>\nS: 250 ok\nC: DATA\nS: 354 go\nC: Subject: x\nC: \nC: ..dot\nC: .\nS: 250 ok\n${TAIL}`;
    const { code, written } = await runCli(["extract", "l/../a.smtp", "--out", "o"], { "l/../a.smtp": sent });
    expect(code).toBe(0);
    expect(written).toEqual(new Map([["o/a-1.eml", "Subject: x\r\n\r\n.dot\r\n"]]));
    expect((await runCli(["extract", "a.smtp"], { "a.smtp": sent, "a-1.eml": "mine" })).code).toBe(2);
  });

  it("redact prints no secret, address or host", async () => {
    const { out } = await runCli(["redact", "-"], { "-": MILD });
    expect(out).not.toContain("a@example.org");
    expect(out).toContain("MAIL FROM: <");
  });

  it("dialects lists what can be read", async () => {
    expect((await runCli(["dialects"])).out).toMatch(/^swaks +swaks/m);
  });

  it("reads in the dialect that is asked for", async () => {
    const { out } = await runCli(["inspect", "--format", "json", "--dialect", "swaks", "-"], { "-": MILD });
    expect(JSON.parse(out)[0].dialect).toBe("swaks");
  });

  it("says what is wrong with a call, with exit code 2", async () => {
    for (const words of [
      [],
      ["nonsense"],
      ["lint"],
      ["lint", "--format", "xml", "a"],
      ["inspect", "--max-warnings", "1", "a"],
      ["lint", "--nope"],
      ["lint", "--dialect", "nope", "a"],
      ["compare", "354"],
    ]) {
      const { code, error } = await runCli(words);
      expect(code, words.join(" ")).toBe(2);
      expect(error).toContain("--help");
    }
  });

  it("prints help and the version of the package", async () => {
    expect((await runCli(["--help"])).out).toContain("smtp-transcripts lint");
    const { version: packaged } = JSON.parse(readFileSync("package.json", "utf8"));
    expect((await runCli(["--version"])).out).toBe(`${packaged}\n`);
  });
});
