import { expect, it } from "vitest";
import type { CodeLens } from "vscode-languageserver-types";
import { makeText, pageText } from "../../server/src/service.js";
import { ask, contextOf, documentOf, recorded } from "../kit/features.js";
import { MAIL, printedMail } from "../kit/mail.js";

const eml = (text: string, uri = "file:///post/hello there.eml") => documentOf(text, "eml-message", uri);
const document = eml(`${MAIL.join("\n")}\n`);
const markdownOf = (of: typeof document) =>
  pageText(makeText(of, "summaryPage", { line: 0 }, "en")?.text ?? "", { locale: "en", open: [of] }) ?? "";
/** The page as a reader sees it. */
const pageOf = (of: typeof document) => markdownOf(of).replace(/\\([^\w])/g, "$1");

it("a page tells route, authentication and parts", () => {
  const page = pageOf(document);
  expect(page).toMatch(/# Route and authentication\n\nHello/);
  expect(page).toMatch(/\| – \| a\.example \| LMTP \|[\s\S]*\| \+5 seconds \|/);
  expect(page).toContain("Steps: 2, 5 seconds");
  expect(page).toMatch(/Body hash differs/);
  expect(page).toMatch(/spf \| pass – passed \| mx\.b\.example smtp\.mailfrom/);
  expect(page).toMatch(/\| 3 \| image\/png \| dot\.png \|/);
  expect(page).toMatch(/message\/rfc822/);
});

it("the lens above a message says it in a line, and leads to the page", () => {
  const client = { client: { ...contextOf(document).client, commands: new Set(["smtpTranscripts.openPage"]) } };
  for (const of of [document, printedMail("swaks")]) {
    const lens = ask<CodeLens[]>(of, "textDocument/codeLens", {}, client).find(
      ({ command }) => command?.command === "smtpTranscripts.openPage",
    );
    expect(lens?.command?.title).toBe("Steps: 2, 5 seconds · spf pass · dkim fail");
    const [uri] = lens?.command?.arguments ?? [];
    expect(pageText(uri as string, { locale: "en", open: [of] })).toContain("# Route");
    expect(pageText(uri as string, { locale: "en", open: [] }), "a document that is closed").toBeNull();
  }
});

it("an editor may write the page's address its own way: nothing in it needs escaping", () => {
  expect(makeText(document, "summaryPage", { line: 0 }, "en")?.text).toMatch(/^smtp-transcripts:[\w./-]+$/);
});

it("the longest step is marked, and clocks that disagree are told", () => {
  const at = (time: string, by: string) => `Received: from x by ${by} with ESMTP; Mon, 23 Nov 2026 ${time} +0000\n`;
  const page = pageOf(
    eml(
      `${at("16:10:00", "d")}${at("16:09:59", "c")}${at("16:00:00", "b")}${at("16:00:08", "a")}From: a@b.example\n\nx\n`,
    ),
  );
  expect(page).toMatch(/\| c \|.*9 minutes, 59 seconds – the longest/);
  expect(page.match(/the longest/g)).toHaveLength(1);
  expect(page).toMatch(/\| b \|.*clock 8 seconds behind/);
});

it("a bounce says who, why and which server", () => {
  const page = pageOf(eml(recorded("postfix-dsn/bounce-multi.eml")));
  expect(page).toMatch(/## What the bounce says[\s\S]*permanent/);
});

it("no secret that a message holds is repeated", () => {
  const page = pageOf(eml("From: a@b.example\nSubject: =?utf-8?Q?password:_hunter2?=\nReceived: from a by b\n\nx\n"));
  expect(page).not.toContain("hunter2");
});

it("nothing of a message becomes markup", () => {
  const page = pageOf(
    eml("From: a@b.example\nSubject: [x](command:y) <img src=x>\nReceived: from |a|<b> by [c](d)\n\nx\n"),
  );
  expect(page).not.toContain("](command:");
  expect(page).not.toContain("<img");
});
