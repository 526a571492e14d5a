import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inspectTranscript } from "../../server/src/features/inspect.js";
import { redactTranscript } from "../../server/src/features/redact/redact.js";
import { parseDocument, redactDocument } from "../../server/src/service.js";
import { SourceText } from "../../server/src/text/source.js";
import { parseTranscript } from "../../server/src/transcript.js";
import { decodeText } from "../kit/corpus.js";

const corpus = new URL("../corpus/", import.meta.url);
const paths = (JSON.parse(readFileSync(new URL("truth.json", corpus), "utf8")) as { path: string }[]).map(
  ({ path }) => path,
);

/** What `inspect` says, without the words that stand-ins replace (their lengths stay) and without the tool's name of a hex dump. */
function structure(text: string): unknown {
  const shape = (key: string, value: unknown): unknown => {
    if (!["reversePath", "forwardPath", "user", "text", "queueId", "host", "ip", "argument"].includes(key))
      return value;
    return typeof value === "string" ? value.length : value;
  };
  return JSON.parse(JSON.stringify(inspectTranscript(parseTranscript(text)).sessions, shape));
}

/** Base64 of a text at each of the three alignments it can have in a longer one, cut to what does not depend on the rest. */
function encodedForms(text: string): string[] {
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.from("\0".repeat(shift) + text)
      .toString("base64")
      .replace(/=+$/, "");
    return encoded.slice(shift === 0 ? 0 : shift + 1, -1);
  });
}

/** What the program gives for a file: a message for `.eml`. */
function redactFile(path: string, text: string): string {
  const language = path.endsWith(".eml") ? "eml-message" : "smtp-transcript";
  return redactDocument(parseDocument({ uri: path, version: 1, language, source: new SourceText(text) }));
}

describe("redaction of recorded sessions", () => {
  for (const path of paths) {
    const text = decodeText(readFileSync(new URL(path, corpus)));

    it(`leaves no credential in ${path}, plain or in base64`, () => {
      const redacted = redactFile(path, text);
      for (const secret of ["secret123", "AGFsaWNl", ...encodedForms("secret123")])
        expect(redacted).not.toContain(secret);
    });

    it(`keeps the sessions of ${path}`, () => {
      const redacted = redactFile(path, text);
      // A hex dump repeats every word in numbers: it is given as C:/S: lines, where only lines and places differ.
      if (redacted.length === text.length) expect(structure(redacted)).toEqual(structure(text));
    });

    it(`leaves no address, host or body text in ${path}`, () => {
      const redacted = redactFile(path, text);
      for (const word of ["alice@", "bob@", "carol@", "example.com", "example.org", "plain message"])
        expect(redacted).not.toContain(word);
      for (const form of encodedForms("alice@example.com")) expect(redacted).not.toContain(form);
    });
  }
});

describe("stand-ins", () => {
  const redact = (text: string): string => redactTranscript(parseTranscript(text));

  it("are equal for equal addresses, whatever form they are written in", () => {
    const redacted = redact(
      "S: 220 mx.shop.example ESMTP\nC: EHLO client.shop.org\nS: 250-mx.shop.example\nS: 250 DSN\nC: MAIL FROM:<bounces+bob=shop.org@list.shop.com>\nS: 250 OK\nC: RCPT TO:<bob@shop.org> ORCPT=rfc822;bob@shop.org\nS: 550 5.1.1 <bob@shop.org> unknown\n",
    );
    const path = /RCPT TO:<([^@>]+)@([^>]+)> ORCPT=rfc822;([^@\s]+)@(\S+)/.exec(redacted);
    expect(path).not.toBeNull();
    const [, user, domain, original, originalDomain] = path as RegExpExecArray;
    expect(original).toBe(user);
    expect(originalDomain).toBe(domain);
    expect(redacted).toContain(`+${user}=${domain}@`);
    expect(redacted).toContain(`550 5.1.1 <${user}@${domain}>`);
    expect(redacted).not.toMatch(/bob|shop/);
  });

  it("keep role accounts, reply codes and the length of every line", () => {
    const text =
      "S: 220 mx.shop.com ESMTP\nC: EHLO a.shop.com\nS: 250 mx.shop.com\nC: MAIL FROM:<>\nS: 250 OK\nC: RCPT TO:<postmaster@shop.com>\nS: 250 2.1.5 OK\n";
    const redacted = redact(text);
    expect(redacted).toContain("<postmaster@");
    expect(redacted.split("\n").map((line) => line.length)).toEqual(text.split("\n").map((line) => line.length));
  });

  it("mask the password of AUTH PLAIN and leave its form", () => {
    const redacted = redact(
      "S: 220 mx ESMTP\nC: EHLO a\nS: 250 AUTH PLAIN\nC: AUTH PLAIN AGFsaWNlAGh1bnRlcjI=\nS: 235 OK\n",
    );
    const response = /AUTH PLAIN (\S+)/.exec(redacted.slice(redacted.indexOf("C: AUTH")))?.[1] ?? "";
    const decoded = Buffer.from(response, "base64").toString("latin1").split("\0");
    expect(decoded).toHaveLength(3);
    expect(decoded[2]).toBe("*******");
  });

  it("mask passwords on command lines and in configuration that stand around the session", () => {
    const redacted = redact(
      "$ swaks --auth-password hunter2xyz --to bob@shop.com\n=== Trying mx.shop.com:25...\n<-  220 mx.shop.com ESMTP\n -> QUIT\n<-  221 Bye\n",
    );
    expect(redacted).not.toContain("hunter2xyz");
  });
});
