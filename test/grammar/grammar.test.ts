import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { beforeAll, describe, expect, it } from "vitest";
import oniguruma from "vscode-oniguruma";
import textmate, { type IGrammar } from "vscode-textmate";

const require = createRequire(import.meta.url);
const files: Record<string, string> = {
  "source.smtp-transcript": "syntaxes/smtp-transcript.tmLanguage.json",
  "text.eml-message": "syntaxes/eml-message.tmLanguage.json",
  "markdown.smtp-transcript.codeblock": "syntaxes/markdown-smtp-transcript.tmLanguage.json",
};

/** A stand-in for VS Code's Markdown grammar: our injection is all that is looked at. */
const markdown = JSON.stringify({
  scopeName: "text.html.markdown",
  patterns: [{ match: "^#.*$", name: "markup.heading.markdown" }],
});

let grammars: Record<string, IGrammar>;

beforeAll(async () => {
  const wasm = readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(wasm);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) => {
      if (scope === "text.html.markdown") return textmate.parseRawGrammar(markdown, "markdown.json");
      const file = files[scope];
      return file ? textmate.parseRawGrammar(readFileSync(file, "utf8"), file) : null;
    },
    getInjections: (scope) => (scope === "text.html.markdown" ? ["markdown.smtp-transcript.codeblock"] : undefined),
  });
  const load = async (scope: string) => [scope, await registry.loadGrammar(scope)] as const;
  const scopes = ["source.smtp-transcript", "text.eml-message", "text.html.markdown"];
  grammars = Object.fromEntries(await Promise.all(scopes.map(load))) as Record<string, IGrammar>;
});

/** The pieces of each line with their innermost scope; pieces without an own scope have the line's. */
function tokens(scope: string, text: string): [string, string][][] {
  let state = textmate.INITIAL;
  return text.split("\n").map((line) => {
    const result = grammars[scope]!.tokenizeLine(line, state);
    state = result.ruleStack;
    return result.tokens.map((token) => [line.slice(token.startIndex, token.endIndex), token.scopes.at(-1) ?? ""]);
  });
}

/** The innermost scope of the first piece that is exactly `piece`. */
function scopeOf(line: string, piece: string, scope = "source.smtp-transcript"): string | undefined {
  return tokens(scope, line)
    .flat()
    .find(([text]) => text === piece)?.[1];
}

describe("colours of a transcript", () => {
  it.each([
    ["C: and S:", "S: 250 2.1.0 Ok"],
    ["arrows", "<<< 250 2.1.0 Ok"],
    ["swaks", "<-  250 2.1.0 Ok"],
    ["swaks under TLS", "<~  250 2.1.0 Ok"],
    ["curl", "< 250 2.1.0 Ok"],
    ["msmtp", "<-- 250 2.1.0 Ok"],
    ["Exim", "  SMTP<< 250 2.1.0 Ok"],
    ["PHPMailer", "SERVER -> CLIENT: 250 2.1.0 Ok"],
    ["a time stamp before the mark", "2026-11-24 10:00:00.123 S: 250 2.1.0 Ok"],
    ["no mark at all", "250 2.1.0 Ok"],
  ])("finds the reply code and the enhanced code with %s", (_name, line) => {
    expect(scopeOf(line, "250")).toBe("entity.name.type.reply.2yz.smtp-transcript");
    expect(scopeOf(line, "2.1.0")).toBe("constant.numeric.enhanced.smtp-transcript");
  });

  it("tells the four kinds of replies apart", () => {
    const scopes = ["250 a", "354 a", "451 a", "550 a"].map((reply) => scopeOf(`S: ${reply}`, reply.slice(0, 3)));
    expect(new Set(scopes).size).toBe(4);
    expect(scopes[3]).toMatch(/^invalid/);
  });

  it.each(["C: ", ">>> ", " -> ", " ~> ", "> ", "--> ", "  SMTP>> ", "CLIENT -> SERVER: ", ""])(
    "finds verb, address and parameter behind %j",
    (mark) => {
      const line = `${mark}MAIL FROM:<anna@example.org> SIZE=1024`;
      expect(scopeOf(line, "MAIL FROM")).toBe("keyword.other.verb.smtp-transcript");
      expect(scopeOf(line, "<anna@example.org>")).toBe("string.other.address.smtp-transcript");
      expect(scopeOf(line, "SIZE")).toBe("variable.parameter.smtp-transcript");
    },
  );

  it("shows who speaks by what is said, where tools disagree about arrows", () => {
    expect(scopeOf(">>> 250 Ok", ">>> ")).toMatch(/speaker\.server/);
    expect(scopeOf("<<< EHLO a.example", "<<< ")).toMatch(/speaker\.client/);
  });

  it("dims what the tool says", () => {
    for (const line of [
      "=== Connected to 192.0.2.1.",
      "*   Trying 192.0.2.1:25...",
      "} [5 bytes data]",
      "Escape character is '^]'.",
    ]) {
      expect(tokens("source.smtp-transcript", line)[0]?.[0]?.[1]).toBe("comment.line.tool.smtp-transcript");
    }
  });

  it("shows the end of the message, header fields and hidden passwords in the body of a session", () => {
    expect(scopeOf("C: .", ".")).toMatch(/end-of-data/);
    expect(scopeOf("C: Subject: Hello", "Subject")).toMatch(/header/);
    expect(scopeOf("C: AUTH PLAIN AGEAYg==", "AGEAYg==")).toMatch(/secret/);
  });
});

describe("colours of a message", () => {
  const mail = 'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\nFrom: "Anna" <anna@example.org>\n\n> quoted\nHello: not a field';
  it("finds fields above the empty line only", () => {
    const lines = tokens("text.eml-message", mail);
    expect(lines[0]?.[0]).toEqual(["Subject", "entity.name.tag.header.eml-message"]);
    expect(lines[1]?.[0]).toEqual(["From", "entity.name.tag.header.eml-message"]);
    expect(lines[4]?.[0]?.[1]).toBe("text.eml-message");
  });
  it("finds encoded words, addresses and quotes", () => {
    expect(scopeOf(mail, "<anna@example.org>", "text.eml-message")).toMatch(/address/);
    expect(scopeOf(mail, "=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "text.eml-message")).toMatch(/encoded-word/);
    expect(scopeOf(mail, "> quoted", "text.eml-message")).toMatch(/quote/);
  });
});

describe("fenced blocks in Markdown", () => {
  it("colours a block marked smtp and nothing behind it", () => {
    const lines = tokens("text.html.markdown", "# Title\n```smtp\nC: QUIT\nS: 221 Bye\n```\n250 is a number");
    expect(lines[2]).toContainEqual(["QUIT", "keyword.other.verb.smtp-transcript"]);
    expect(lines[3]).toContainEqual(["221", "entity.name.type.reply.2yz.smtp-transcript"]);
    expect(lines[5]?.[0]?.[1]).toBe("text.html.markdown");
  });
});

describe("long lines", () => {
  const long = 200_000;
  it.each([
    ["letters", "a".repeat(long)],
    ["blanks", `C: ${" ".repeat(long)}`],
    ["angle brackets", `C: MAIL FROM:${"<".repeat(long)}`],
    ["base64", `S: 334 ${"QUJD".repeat(long / 4)}`],
    ["digits", "2".repeat(long)],
    ["parameters", `C: MAIL FROM:<a@b> ${"A=".repeat(long / 2)}`],
  ])("do not stall the colouring: %s", (_name, line) => {
    for (const scope of ["source.smtp-transcript", "text.eml-message"]) {
      const result = grammars[scope]!.tokenizeLine(line, textmate.INITIAL, 5000);
      expect(result.stoppedEarly).toBe(false);
    }
  });
});
