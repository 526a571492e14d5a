import { describe, expect, it } from "vitest";
import type { Hover, MarkupContent } from "vscode-languageserver-types";
import { dateText } from "../../server/src/features/message/hoverValues.js";
import { readDate } from "../../server/src/message/date.js";
import { ask, documentOf, placeOf, textIn } from "../kit/features.js";

const MAIL = documentOf(
  [
    "Return-Path: <bounce@news.a.example>",
    "Received: from out.a.example ([192.0.2.1]) by mx.b.example with ESMTPS id 4F2A17C; Mon, 23 Nov 2026 16:00:05 +0000",
    "Received: by out.a.example with LMTP; Mon, 23 Nov 2026 16:00:00 +0000",
    "Authentication-Results: mx.b.example; spf=pass smtp.mailfrom=news.a.example; dkim=fail header.d=a.example",
    'Received-SPF: softfail (domain does not designate) client-ip=192.0.2.1; envelope-from="bounce@news.a.example";',
    "ARC-Seal: i=2; a=rsa-sha256; t=1763913600; cv=pass; d=b.example; s=arc; b=abc",
    "ARC-Message-Signature: i=2; a=rsa-sha256; c=relaxed/relaxed; d=b.example; s=arc; h=from; bh=abc; b=def",
    "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/simple; d=a.example; s=k1; l=12; h=from; bh=abc; b=eHg=",
    "X-Forefront-Antispam-Report: CIP:192.0.2.1;CTRY:DE;SCL:5;SFV:SPM;CAT:PHSH;",
    "X-MS-Exchange-CrossTenant-AuthAs: Anonymous",
    "List-Unsubscribe: <https://a.example/u?x=1>, <mailto:leave@a.example>",
    "List-Archive: <https://a.example/archive>",
    "From: =?utf-8?Q?J=C3=B6rg?= <joerg@mail.a.example>",
    "Subject: =?utf-8?B?R3LDvMOfZQ==?=",
    "Date: Mon, 23 Nov 2026 17:00:00 +0100",
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="r"',
    "",
    "--r",
    "Content-Type: text/plain; charset=utf-8; format=flowed",
    "Content-Disposition: attachment; filename*0*=utf-8''na%C3%AFve; filename*1=.txt",
    "Content-Transfer-Encoding: quoted-printable",
    "",
    "x",
    "--r",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.b.example",
    "",
    "Final-Recipient: rfc822; user@shop.x.example",
    "Action: delayed",
    "Status: 4.4.7",
    "Diagnostic-Code: smtp; 452 4.2.2 mailbox full",
    "Will-Retry-Until: Tue, 24 Nov 2026 17:00:00 +0100",
    "--r--",
    "",
  ].join("\n"),
  "eml-message",
  "file:///h.eml",
);

const hover = (piece: string, into = 1) => {
  const answer = ask<Hover | null>(MAIL, "textDocument/hover", { position: placeOf(MAIL, piece, into) });
  return answer && { text: (answer.contents as MarkupContent).value, on: answer.range && textIn(MAIL, answer.range) };
};

describe("hover in a message", () => {
  it.each<[string, string, number, RegExp]>([
    ["a step of the route", "from out.a.example", 3, /Step 2 of 2[\s\S]*ESMTPS[\s\S]*\+5 seconds/],
    ["the time of a step", "16:00:05", 2, /UTC[\s\S]*Age[\s\S]*Since the step before: \+5 seconds/],
    ["results of checks", "dkim=fail", 6, /\*\*fail\*\* – failed/],
    ["Received-SPF", "softfail", 2, /should not send/],
    ["a key of Received-SPF", "client-ip=", 2, /Address of the computer that sent/],
    ["the sender in Received-SPF", "envelope-from=", 20, /Sender of the envelope/],
    ["the instance of an ARC seal", "i=2", 1, /Number of the step/],
    ["the time of an ARC seal", "t=1763913600", 3, /Sun, 23 Nov 2025 16:00:00 \+0000/],
    ["the chain so far", "cv=pass", 1, /What the chain was worth/],
    ["the body at a step of the chain", "bh=abc; b=def", 4, /Body hash.*differs/],
    ["a signature's reach", "l=12", 1, /How many octets[\s\S]*may be added behind/],
    ["a signature's domain", "d=a.example; s=k1", 2, /counts for DMARC/],
    ["Microsoft's verdict", "SFV:SPM", 2, /Verdict/],
    ["Microsoft's kind of threat", "CAT:PHSH", 1, /Kind/],
    ["a field of Exchange", "X-MS-Exchange", 3, /Exchange and Microsoft 365/],
    ["leaving a list over the web", "https://a.example/u", 3, /by POST[\s\S]*`a\.example`/],
    ["leaving a list by mail", "mailto:leave", 3, /`leave@a\.example`/],
    ["an encoded author", "=?utf-8?Q?", 4, /Jörg/],
    ["an address", "joerg@mail", 2, /`a\.example`/],
    ["an encoded subject", "=?utf-8?B?", 4, /Grüße/],
    ["a date", "17:00:00 +0100", 2, /16:00:00[\s\S]*17:00:00[\s\S]*ago/],
    ["the kind of a report", "report-type=", 3, /RFC 6522/],
    ["a boundary parameter", 'boundary="r"', 2, /separates the parts/],
    ["a delimiter", "--r\nContent-Type: text", 1, /part 1/],
    ["a character set", "charset=", 2, /Character set/],
    ["a file name in pieces", "filename*0*", 3, /`naïve\.txt`/],
    ["an encoding", "quoted-printable", 4, /readable/],
    ["a recipient of a report", "user@shop", 3, /`user@shop\.x\.example`[\s\S]*`x\.example`/],
    ["what was done", "delayed", 2, /keeps trying/],
    ["a status", "4.4.7", 2, /4\.4\.7/],
    ["what the server said", "452 4.2.2", 2, /full|quota|over/i],
    ["until when it is tried", "Tue, 24 Nov", 2, /UTC/],
    ["a field of a report by its name", "Reporting-MTA", 2, /wrote this report/],
  ])("explains %s", (_, piece, into, wanted) => {
    expect(hover(piece, into)?.text).toMatch(wanted);
  });

  it("is about no more than what it explains", () => {
    expect(hover("client-ip=", 2)?.on).toBe("client-ip=192.0.2.1");
    expect(hover("mailto:leave", 3)?.on).toBe("<mailto:leave@a.example>");
    expect(hover("SFV:SPM", 2)?.on).toBe("SFV:SPM");
    expect(hover("16:00:05", 2)?.on?.trim()).toBe("Mon, 23 Nov 2026 16:00:05 +0000");
  });

  it("says nothing of one click where a page is only a page", () => {
    expect(hover("https://a.example/archive", 3)?.text).not.toContain("POST");
  });

  it("never shows an empty box", () => {
    for (let line = 0; line < MAIL.source.lineCount; line++) {
      for (let character = 0; character < MAIL.source.lineText(line).length; character++) {
        const answer = ask<Hover | null>(MAIL, "textDocument/hover", { position: { line, character } });
        if (answer) expect((answer.contents as MarkupContent).value.trim()).not.toBe("");
      }
    }
  });
});

it("a decoded value repeats no secret", () => {
  const mail = documentOf("From: a@b.example\nSubject: =?utf-8?Q?password:_hunter2?=\n\nx\n", "eml-message");
  for (const into of [1, 12]) {
    const answer = ask<Hover | null>(mail, "textDocument/hover", { position: placeOf(mail, "Subject", into) });
    const text = answer === null ? "" : (answer.contents as MarkupContent).value;
    expect(text).toContain("password");
    expect(text).not.toContain("hunter2");
  }
});

describe("a date", () => {
  const date = readDate("Mon, 23 Nov 2026 17:00:00 +0100");
  const now = Date.UTC(2026, 10, 23, 18, 0, 0);

  it("is told in UTC, as written, in the reader's zone, and by its age", () => {
    expect(dateText(date, "en", now, -300)).toBe(
      "UTC: `Mon, 23 Nov 2026 16:00:00 +0000`  \nAs written: `Mon, 23 Nov 2026 17:00:00 +0100`  \nHere: `Mon, 23 Nov 2026 11:00:00 -0500`  \nAge: 2 hours ago",
    );
  });

  it("is not told twice where zones agree", () => {
    expect(dateText(date, "en", now, 60)).not.toContain("Here");
    expect(dateText(date, "en", now, 0)).not.toContain("Here");
  });
});
