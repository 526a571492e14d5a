import { describe, expect, test } from "vitest";
import { applyEdits } from "../../server/src/rules/apply.js";
import { findingsIn, isSevere } from "../kit/findings.js";

const HEAD = [
  "S: 220 mx.example.com ESMTP",
  "C: EHLO client.example.org",
  "S: 250-mx.example.com",
  "S: 250 PIPELINING",
  "C: MAIL FROM:<alice@example.org>",
  "S: 250 2.1.0 Ok",
  "C: RCPT TO:<bob@example.com>",
  "S: 250 2.1.5 Ok",
  "C: DATA",
  "S: 354 End data with <CR><LF>.<CR><LF>",
  "C: Subject: Hello",
  "C: ",
  "C: first line",
  "C: .",
];
const QUIT = ["C: QUIT", "S: 221 2.0.0 Bye"];
const REFUSED = "S: 500 5.5.2 Error: command not recognized";
const QUEUED = "S: 250 2.0.0 Ok: queued as 4Xk2pQ1";
/** The line of the dot, from 1. */
const DOT = HEAD.length;

/** How the same session is printed: what stands before a line of the client, and of the server. */
const FORMS: Readonly<Record<string, readonly [client: string, server: string]>> = {
  "C: and S:": ["C: ", "S: "],
  ">>> and <<<": [">>> ", "<<< "],
  "Client: and Server:": ["Client: ", "Server: "],
  "time stamps": ["10:00:00 C: ", "10:00:00 S: "],
  swaks: [" -> ", "<-  "],
  "no marks": ["", ""],
};

function print(lines: readonly string[], [client, server]: readonly [string, string]): string {
  return lines.map((line) => `${(line.startsWith("C: ") ? client : server) + line.slice(3)}\n`).join("");
}

/** Sessions in which the first dot was meant as text. */
const EARLY: Readonly<Record<string, readonly string[]>> = {
  "each line answered as it is typed": [
    ...HEAD,
    QUEUED,
    "C: second line of the text",
    REFUSED,
    "C: third",
    REFUSED,
    "C: .",
    REFUSED,
    ...QUIT,
  ],
  "all sent in one go": [
    ...HEAD,
    "C: second line of the text",
    "C: third",
    "C: .",
    QUEUED,
    REFUSED,
    REFUSED,
    REFUSED,
    ...QUIT,
  ],
  "no reply shown": [...HEAD, "C: second line of the text", "C: third", "C: .", "C: QUIT"],
  "a header field behind the dot": [...HEAD, "C: Subject: again", "C: .", QUEUED, REFUSED, REFUSED, ...QUIT],
  "two such dots": [
    ...HEAD,
    "C: second",
    "C: .",
    "C: third",
    "C: .",
    QUEUED,
    REFUSED,
    REFUSED,
    REFUSED,
    REFUSED,
    ...QUIT,
  ],
  "words that look like commands": [
    ...HEAD,
    "C: Data follow below",
    "C: help me please",
    "C: .",
    QUEUED,
    REFUSED,
    REFUSED,
    REFUSED,
    ...QUIT,
  ],
};

/** Sessions in which the dot is the end. */
const TRUE_END: Readonly<Record<string, readonly string[]>> = {
  "then QUIT": [...HEAD, QUEUED, ...QUIT],
  "QUIT in the same go": [...HEAD, "C: QUIT", QUEUED, "S: 221 2.0.0 Bye"],
  "then the next message": [...HEAD, QUEUED, ...HEAD.slice(4), QUEUED, ...QUIT],
  "the next message in the same go": [
    ...HEAD,
    "C: MAIL FROM:<alice@example.org>",
    "C: RCPT TO:<carol@example.com>",
    "C: DATA",
    QUEUED,
    "S: 250 2.1.0 Ok",
    "S: 250 2.1.5 Ok",
    "S: 354 End data with <CR><LF>.<CR><LF>",
    "C: Subject: Second",
    "C: ",
    "C: .",
    QUEUED,
    ...QUIT,
  ],
  "the transcript ends": HEAD,
  "refused, then QUIT": [...HEAD, "S: 554 5.7.1 Rejected as spam", ...QUIT],
  "then RSET and NOOP": [...HEAD, QUEUED, "C: RSET", "S: 250 2.0.0 Ok", "C: NOOP", "S: 250 2.0.0 Ok", ...QUIT],
  "then a command that does not exist": [...HEAD, QUEUED, "C: FOO", REFUSED, ...QUIT],
  "then a command with a typing mistake": [...HEAD, QUEUED, "C: MIAL FROM:<alice@example.org>", REFUSED, ...QUIT],
};

describe.each(Object.entries(FORMS))("a lone dot, printed with %s", (_form, marks) => {
  test.each(Object.entries(EARLY))("inside the text: %s", (_name, lines) => {
    const text = print(lines, marks);
    const [finding, ...others] = findingsIn(text).filter(isSevere);
    expect(others, "one root cause").toEqual([]);
    expect(finding).toMatchObject({ rule: "data-bare-dot-in-body", severity: "error" });
    expect(text.slice(finding?.span.start, finding?.span.end)).toBe(".");
    expect(lineOf(text, finding?.span.start)).toBe(DOT);
    const linked = finding?.related.map(({ span }) => text.slice(span.start, span.end)) ?? [];
    const behind = lines.slice(DOT).map((line) => line.slice(3));
    const strays = behind.slice(0, behind.lastIndexOf(".") + 1).filter((line) => !/^\d/.test(line));
    for (const stray of strays) expect(linked).toContain(stray);
    expect(linked.filter((line) => line.startsWith("500"))).toHaveLength(
      behind.filter((line) => /^500/.test(line)).length,
    );
  });

  test.each(Object.entries(EARLY))("the fix doubles it and leaves one reply: %s", (_name, lines) => {
    const text = print(lines, marks);
    const fix = findingsIn(text, ["data-bare-dot-in-body"])[0]?.fix;
    const after = applyEdits(text, fix?.edits ?? []);
    expect(after.split("\n")[DOT - 1]).toBe(`${marks[0]}..`);
    expect(findingsIn(after).filter(isSevere)).toEqual([]);
    expect(after).not.toContain("500 5.5.2");
    const before = new Set(text.split("\n"));
    for (const line of after.split("\n")) if (line !== `${marks[0]}..`) expect(before).toContain(line);
  });

  test.each(Object.entries(TRUE_END))("as the end: %s", (_name, lines) => {
    expect(findingsIn(print(lines, marks), ["data-bare-dot-in-body"])).toEqual([]);
  });
});

function lineOf(text: string, offset = 0): number {
  return text.slice(0, offset).split("\n").length;
}
