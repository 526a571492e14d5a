import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeText } from "../../server/src/features/texts/index.js";
import { readBounce } from "../../server/src/message/bounce.js";
import { decodeText } from "../../server/src/message/transfer.js";
import type { Message } from "../../server/src/message/tree.js";
import {
  inspectDocument,
  type ParsedDocument,
  parseDocument,
  type RedactOptions,
  redactDocument,
  redactEverything,
} from "../../server/src/service.js";
import { SourceText } from "../../server/src/text/source.js";
import { decodeText as decodeFile } from "../kit/corpus.js";

const read = (text: string): ParsedDocument =>
  parseDocument({ uri: "file:///a.eml", version: 1, language: "eml-message", source: new SourceText(text) });

const redact = (text: string, kept: Partial<RedactOptions> = {}): string =>
  redactDocument(read(text), { ...redactEverything, ...kept });

const lines = (...all: string[]): string => all.map((line) => `${line}\r\n`).join("");
const base64 = (text: string): string => Buffer.from(text).toString("base64").replace(/.{76}/g, "$&\r\n");

/** What reads the same before and after: the tree, its places, the names and lengths of fields. */
function shape(message: Message | undefined): unknown {
  return message?.parts.map(({ path, type, encoding, kind, line, bodyLine, endLine, header, multipart }) => ({
    path,
    type,
    encoding,
    kind,
    lines: [line, bodyLine, endLine],
    fields: header.fields.map((field) => [field.name, field.line, field.endLine, field.value.text.length]),
    delimiters: multipart?.delimiters,
    closed: multipart?.closed,
  }));
}

/** Everything a reader can see of a message: its source and each part decoded. */
function visible(text: string): string {
  const { message } = read(text);
  const leaves = message?.parts.filter(({ kind }) => kind === "leaf") ?? [];
  return [text, ...leaves.map((part) => decodeText((message as Message).lines, part).text)].join("\n");
}

const NEWSLETTER = lines(
  "Return-Path: <bounces+bob=shop.com@lists.acme-mail.com>",
  "Received: from mailhost (mx7.acme-mail.com [203.0.113.77])",
  "\tby in.shop.com (Postfix) with ESMTPS id 4XyZ12AbCdEf",
  "\tfor <bob.baker@shop.com>; Tue, 24 Nov 2026 10:00:01 +0000",
  "Received: from [IPv6:2001:db8:77::25] by mx7.acme-mail.com with ESMTPSA id q7hjk2345; Tue, 24 Nov 2026 10:00:00 +0000",
  "DKIM-Signature: v=1; a=rsa-sha256; d=acme-mail.com; s=sel1;",
  "\th=from:to:subject; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;",
  "\tb=Zm9vYmFyYmF6c2VjcmV0c2lnbmF0dXJl",
  "\t Zm9vYmFyYmF6c2VjcmV0c2lnbmF0dXJl",
  'From: "Smith, Alice" <alice.smith@acme-mail.com>',
  "To: =?utf-8?B?Qm9iIELDpGtlcg==?= <bob.baker@shop.com>,",
  "\tCarol Quist <carol@shop.com>",
  "Subject: =?utf-8?Q?Merger_talks_=C3=BCber?= Falcon",
  "Message-ID: <CAF7778889.merger@acme-mail.com>",
  "List-Unsubscribe: <https://lists.acme-mail.com/u/bob.baker%40shop.com?x=77>",
  `X-Token: ${Buffer.from("bob.baker@shop.com").toString("base64")}`,
  "MIME-Version: 1.0",
  'Content-Type: multipart/mixed; boundary="=_outer-1"',
  "",
  "--=_outer-1",
  'Content-Type: multipart/alternative; boundary="inner"',
  "",
  "--inner",
  "Content-Type: text/plain; charset=utf-8",
  "Content-Transfer-Encoding: quoted-printable",
  "",
  "Dear Bob, the Falcon merger is confidential. Gr=C3=BC=C3=9Fe, write to =",
  "alice.smith=40acme-mail.com or bob.baker@shop.com.",
  "--inner",
  "Content-Type: text/html; charset=utf-8",
  "Content-Transfer-Encoding: base64",
  "",
  base64(
    "<html><body><p>Dear Bob, the Falcon merger, ask <a href='mailto:carol@shop.com'>Carol</a> äöü</p></body></html>",
  ),
  "--inner--",
  "--=_outer-1",
  'Content-Type: application/pdf; name="Falcon merger.pdf"',
  "Content-Disposition: attachment; filename*=utf-8''Falcon%20merger.pdf",
  "Content-Transfer-Encoding: base64",
  "",
  base64("%PDF-1.4 Falcon merger alice.smith@acme-mail.com ".repeat(4)),
  "--=_outer-1--",
);

/** What nobody may find in the redacted newsletter. */
const PRIVATE = [
  /alice|smith|bob|baker|carol|quist/i,
  /acme|shop|mailhost|mx7/i,
  /203\.0\.113\.77|2001:db8:77/,
  /4XyZ12AbCdEf|q7hjk2345|CAF7778889/,
  /falcon|merger|confidential|dear/i,
  /47DEQpj8|Zm9vYmFy/,
];

describe("a redacted message", () => {
  const redacted = redact(NEWSLETTER);

  it("shows nothing of what was chosen, in its source or decoded", () => {
    for (const pattern of PRIVATE) expect(visible(redacted)).not.toMatch(pattern);
    for (const run of redacted.matchAll(/[A-Za-z0-9+/]{8,}={0,2}/g))
      expect(Buffer.from(run[0], "base64").toString("latin1")).not.toMatch(/bob|baker|alice|shop|acme|falcon/i);
  });

  it("has the same lines, tree, field names and encodings", () => {
    expect(redacted.split("\n").map((line) => line.length)).toEqual(NEWSLETTER.split("\n").map((line) => line.length));
    expect(shape(read(redacted).message)).toEqual(shape(read(NEWSLETTER).message));
  });

  it("still decodes", () => {
    const { message } = read(redacted);
    const [, , plain, html] = (message as Message).parts;
    expect(decodeText((message as Message).lines, plain!).text).toContain("Xxé\u00e9");
    expect(decodeText((message as Message).lines, html!).text).toMatch(/^<html><body><p>Xxxx Xxx, xxx Xxxxxx xxxxxx/);
    expect(redacted).toContain("=?utf-8?Q?");
    expect(redacted).toContain(".pdf");
  });

  it("keeps addresses equal where they were equal", () => {
    const recipients = [...redacted.matchAll(/<([\w.]+@[\w.]+)>/g)].map(([, address]) => address);
    expect(recipients.filter((address) => recipients.indexOf(address) !== recipients.lastIndexOf(address))).not.toEqual(
      [],
    );
    expect(/id (\w+)\r/.exec(redacted)?.[1]).toHaveLength("4XyZ12AbCdEf".length);
  });

  it("keeps words of a body that was chosen to stay, without the addresses in it", () => {
    const text = visible(redact(NEWSLETTER, { bodies: false, subjects: false }));
    expect(text).toMatch(/the Falcon merger is confidential/);
    expect(text).toMatch(/Dear Bob, the Falcon merger, ask/);
    expect(text).not.toMatch(/alice\.smith|bob\.baker|carol@|acme-mail|shop\.com/);
  });

  it("keeps addresses and hosts that were chosen to stay", () => {
    const text = redact(NEWSLETTER, { addresses: false, hosts: false, ids: false, ips: false });
    expect(text).toContain("for <bob.baker@shop.com>");
    expect(text).toContain("[203.0.113.77]");
    expect(text).not.toMatch(/Falcon/);
  });

  it("is what the editor's commands give", () => {
    expect(makeText(read(NEWSLETTER), "redact", {}, "en")).toEqual({ language: "eml-message", text: redacted });
  });
});

const REPORTS = [
  "postfix-dsn/bounce-multi.eml",
  "postfix-dsn/verify-report.eml",
  "sendmail-dsn/bounce-data-reject.eml",
  "sendmail-dsn/bounce-multi.eml",
  "postfix-notify-transcript/two-transactions.eml",
  "postfix-notify-transcript/size-data.eml",
];

describe.each(REPORTS)("the redacted report %s", (path) => {
  const text = decodeFile(readFileSync(new URL(`../corpus/${path}`, import.meta.url)));
  const redacted = redact(text);

  it("names nobody and shows nothing of the original message", () => {
    for (const word of ["alice", "bob", "carol", "nouser", "example.com", "example.org", "plain message", "corpus"])
      expect(redacted.toLowerCase()).not.toContain(word);
    for (const id of text.matchAll(/\bid ([\w]{8,})/g)) expect(redacted).not.toContain(id[1]);
  });

  it("still says what happened", () => {
    const before = read(text).message;
    const after = read(redacted).message;
    expect(shape(after)).toEqual(shape(before));
    const facts = (message: Message | undefined): unknown =>
      message &&
      readBounce(message)?.recipients.map(({ action, code, status, permanent }) => [action, code, status, permanent]);
    expect(facts(after)).toEqual(facts(before));
    for (const reply of text.matchAll(/\b[45]\d\d[ -]\d\.\d\.\d [A-Z][a-z]+ [a-z]+/g))
      expect(redacted).toContain(reply[0]);
  });

  it("holds the same sessions", () => {
    const counted = (document: ParsedDocument): unknown =>
      inspectDocument(document).sessions.map(({ transactions, replies }) => [transactions.length, replies]);
    expect(counted(read(redacted))).toEqual(counted(read(text)));
  });
});

describe("odd messages", () => {
  it("lose the copy of the original message in a report without parts", () => {
    const redacted = redact(
      lines(
        "Return-Path: <>",
        "From: MAILER-DAEMON@mx.shop.com",
        "To: bob@acme-mail.com",
        "Subject: failure notice",
        "",
        "Hi. This is the qmail-send program at mx.shop.com.",
        "",
        "<carol@shop.com>:",
        "203.0.113.9 does not like recipient.",
        "Remote host said: 550 5.1.1 User unknown",
        "Giving up on 203.0.113.9.",
        "",
        "--- Below this line is a copy of the message.",
        "",
        "Return-Path: <bob@acme-mail.com>",
        "Subject: secret plans",
        "",
        "Meet me at noon.",
      ),
    );
    expect(redacted).toContain("Remote host said: 550 5.1.1 User unknown");
    expect(redacted).not.toMatch(/carol|shop|bob|acme|203\.0\.113\.9|secret|plans|noon/);
  });

  it("lose headers that come back alone (text/rfc822-headers)", () => {
    const redacted = redact(
      lines(
        "From: MAILER-DAEMON@mx.shop.com",
        "Content-Type: multipart/report; boundary=b",
        "",
        "--b",
        "",
        "Undelivered. The subject was: secret plans",
        "--b",
        "Content-Type: text/rfc822-headers",
        "",
        "From: Bob Baker <bob@acme-mail.com>",
        "Subject: secret plans",
        "--b--",
      ),
    );
    expect(redacted).not.toMatch(/Baker|bob|acme|secret|plans/);
    expect(redacted).toContain("Undelivered. The subject was: ");
  });

  it("never throw: cut, empty, broken base64, an unclosed part, a lone surrogate", () => {
    const texts = [
      "From: a@b.com\n\n\ud800 text",
      "From: a@b.com\nContent-Transfer-Encoding: base64\n\nAAA\nfooter of a list!\n=",
      'From: a@b.com\nContent-Type: multipart/mixed; boundary*0="x"; boundary*1="y"\n\n--xy\n\nbody',
      "From: a@b.com\nContent-Transfer-Encoding: quoted-printable\n\n=\n==\n=4\n=ZZ é\n",
    ];
    for (const text of [...texts, ...Array.from({ length: 60 }, (_, k) => NEWSLETTER.slice(0, k * 43))]) {
      expect(redact(text)).toHaveLength(text.length);
      expect(shape(read(redact(text)).message)).toEqual(shape(read(text).message));
    }
  });
});
