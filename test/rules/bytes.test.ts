import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { rules } from "../../server/src/rules/index.js";
import { runRules } from "../../server/src/rules/run.js";
import { scanBytes } from "../../server/src/text/bytes.js";
import { parseTranscript } from "../../server/src/transcript.js";
import { findingsIn, isSevere } from "../kit/findings.js";

const CORPUS = new URL("../corpus/", import.meta.url);

function severe(path: string): string[] {
  const text = readFileSync(new URL(path, CORPUS), "latin1");
  return findingsIn(text)
    .filter(isSevere)
    .map(({ rule, span }) => `${text.slice(0, span.start).split("\n").length} ${rule}`);
}

describe("line ends that a capture spells out", () => {
  test("the server took LF . CR LF: one finding for each side, none for the smuggled commands", () => {
    expect(severe("socat-v/smuggle-lf-dot-crlf.smtp")).toEqual([
      "36 smuggling-end-of-data",
      "45 server-accepts-bare-lf-dot",
    ]);
  });

  test("the server read on: the client's mistake alone", () => {
    expect(severe("socat-v/smuggle-lf-dot-lf-exim.smtp")).toEqual(["36 smuggling-end-of-data"]);
    expect(severe("socat-v/smuggle-crlf-dot-cr.smtp")).toEqual(["36 smuggling-end-of-data"]);
  });

  test("known servers are named for the forms that a source names them for", () => {
    const text = readFileSync(new URL("socat-v/smuggle-lf-dot-crlf.smtp", CORPUS), "latin1");
    const [finding] = findingsIn(text, ["smuggling-end-of-data"]);
    expect(finding?.related.map(({ message }) => message)).toEqual(["ended", "laxCrlf", "strict"]);
    const cr = readFileSync(new URL("socat-v/smuggle-crlf-dot-cr.smtp", CORPUS), "latin1");
    expect(findingsIn(cr, ["smuggling-end-of-data"])[0]?.related.map(({ message }) => message)).toEqual(["text"]);
  });
});

describe("line ends that only the file's bytes show", () => {
  const session = (body: string): string =>
    [
      " -> DATA",
      "<-  354 End data with <CR><LF>.<CR><LF>",
      ...body.split("|").map((line) => ` -> ${line}`),
      " -> .\r",
      "<-  250 2.0.0 Ok: queued as 4Xk2pQ1",
      "",
    ].join("\n");

  function bare(text: string): string[] {
    const head = [
      "=== Connected to 192.0.2.25.",
      "<-  220 mx.example.com ESMTP",
      " -> EHLO client.example.org",
      "<-  250 mx.example.com",
      " -> MAIL FROM:<alice@example.org>",
      "<-  250 2.1.0 Ok",
      " -> RCPT TO:<bob@example.com>",
      "<-  250 2.1.5 Ok",
      "",
    ].join("\n");
    const transcript = parseTranscript(head + text);
    const facts = scanBytes(new TextEncoder().encode(head + text));
    expect(runRules(transcript, rules).filter(({ rule }) => rule === "data-bare-lf")).toEqual([]);
    return runRules(transcript, rules, undefined, facts).map(({ rule }) => rule);
  }

  test("one line with LF in a message of CR LF lines", () => {
    expect(bare(session("Subject: Hello\r|\r|first\r|second|third\r"))).toContain("data-bare-lf");
  });

  test("a tool that prints all of the message with one kind of line end says nothing of the wire", () => {
    expect(bare(session("Subject: Hello\r|\r|first\r|second\r|third\r"))).not.toContain("data-bare-lf");
    expect(bare(session("Subject: Hello||first|second|third"))).not.toContain("data-bare-lf");
  });
});
