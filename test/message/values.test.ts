import { expect, test } from "vitest";
import { readAddresses } from "../../server/src/message/address.js";
import { readAuthResults } from "../../server/src/message/authres.js";
import { formatDate, readDate } from "../../server/src/message/date.js";
import { readParameters } from "../../server/src/message/params.js";
import { readReceived, readRoute } from "../../server/src/message/received.js";
import { readTags } from "../../server/src/message/taglist.js";
import { decodeWords, encodeWords } from "../../server/src/message/words.js";

const boxes = (text: string) => readAddresses(text).mailboxes.map((box) => [box.name, box.address]);
const kinds = (text: string) => readAddresses(text).problems.map((problem) => problem.kind);

test("address lists with names, comments, groups and quoted strings", () => {
  expect(boxes('"Doe, John" <john@a.example>, jane@b.example (Jane), =?utf-8?Q?J=C3=B6rg?= <j@c.example>')).toEqual([
    ["Doe, John", "john@a.example"],
    ["Jane", "jane@b.example"],
    ["Jörg", "j@c.example"],
  ]);
  const list = readAddresses("Friends: a@x.example, b@x.example;, c@y.example");
  expect(list.items.map((item) => item.kind)).toEqual(["group", "mailbox"]);
  expect(list.problems).toEqual([]);
  expect(kinds("undisclosed-recipients:;")).toEqual([]);
  expect(kinds('"a b"@x.example, user@[192.0.2.1]')).toEqual([]);
});

test.each([
  ["a@@b.example", "invalid"],
  ["a..b@c.example", "invalid"],
  ["bob", "no-domain"],
  ["MAILER-DAEMON <>", "null-address"],
  ["<<a@b.example>", "unbalanced"],
  ['"A <a@b.example>', "unbalanced"],
  ["Big Bug bb@bug.example", "missing-brackets"],
  ["Doe, John <a@b.example>", "unquoted-specials"],
  ["A@B <a@b.example>", "unquoted-specials"],
  ["a@b.example,,c@d.example", "empty-element"],
  ["a@b.example; c@d.example", "semicolon-separator"],
  ["<@x.example:a@b.example>", "obsolete-route"],
])("%j is %s", (text, kind) => {
  expect(kinds(text)).toContain(kind);
});

test("ranges of addresses are exact", () => {
  const text = " Alice <alice@a.example>";
  const box = readAddresses(text).mailboxes[0];
  expect(box && text.slice(box.addressRange.from, box.addressRange.to)).toBe("alice@a.example");
  expect(box?.nameRange && text.slice(box.nameRange.from, box.nameRange.to)).toBe("Alice");
});

test("dates", () => {
  expect(readDate("Mon, 23 Nov 2026 10:00:00 +0200")).toMatchObject({
    time: Date.UTC(2026, 10, 23, 8),
    zone: 120,
    problems: [],
  });
  const kind = (text: string) =>
    readDate(text).problems.map((problem) => `${problem.kind}:${problem.suggestion ?? ""}`);
  expect(kind("Tue, 23 Nov 2026 10:00:00 +0000")).toEqual(["wrong-weekday:Mon"]);
  expect(kind("23 Nov 93 10:00 EST")).toEqual(["obsolete-year:1993", "obsolete-zone:-0500"]);
  expect(kind("Mon, 23 Nov 2026 10:00:00 GMT")).toEqual(["gmt-zone:+0000"]);
  expect(kind("31 Feb 2026 10:00:00 +0000")).toEqual(["impossible:"]);
  expect(kind("Wed 29 May 2019 06:09:22 PM EDT")).not.toEqual([]);
  expect(kind("yesterday")).toEqual(["invalid:"]);
  expect(kind("Mon, 23 Nov 2026 10:00:00 +2500")).toEqual(["zone-out-of-range:"]);
  expect(readDate("Mon, 23 Nov 2026 10:00:00 +0000 (UTC (really))").problems).toEqual([]);
  expect(formatDate(Date.UTC(2026, 10, 23, 8), 120)).toBe("Mon, 23 Nov 2026 10:00:00 +0200");
});

test("encoded words", () => {
  expect(decodeWords("=?utf-8?B?4pi?= =?utf-8?B?gA==?= x").words[0]?.problems).toContain("bad-base64");
  expect(decodeWords("=?utf-8?Q?a=E2=98?= =?utf-8?Q?=80b?=").text).toBe("a☀b");
  expect(decodeWords("=?iso-8859-1?q?p=F6stal?= code").text).toBe("pöstal code");
  expect(decodeWords("=?utf-8?X?abc?=").text).toBe("=?utf-8?X?abc?=");
  expect(decodeWords("=?utf-8?Q?a b?=").words[0]?.problems).toEqual(["space-inside"]);
  expect(decodeWords("=?none?Q?a?=").words[0]?.problems).toEqual(["unknown-charset"]);
  const long = "Übergrößenträger ".repeat(12);
  expect(decodeWords(encodeWords(long)).text).toBe(long);
  expect(
    encodeWords(long)
      .split(" ")
      .every((word) => word.length <= 75),
  ).toBe(true);
});

test.each([
  ['multipart/mixed\n boundary="b"', "multipart/mixed", "boundary", "b"],
  ["attachment filename=a.pdf", "attachment", "filename", "a.pdf"],
])("a parameter without its semicolon is found: %j", (text, value, name, wanted) => {
  const read = readParameters(text.replace("\n", ""));
  expect(read.value).toBe(value);
  expect(read.get(name)).toBe(wanted);
  expect(read.problems.map((problem) => problem.kind)).toEqual(["missing-semicolon"]);
});

test.each(["text/plain", "text/plain (a b=c)", "text/plain ; charset=utf-8", "attachment; filename=a b=c"])(
  "no semicolon is missed in %j",
  (text) => {
    expect(readParameters(text).problems.map((problem) => problem.kind)).not.toContain("missing-semicolon");
  },
);

test("parameters, RFC 2231 included", () => {
  const value = readParameters("attachment; filename*0*=utf-8''%e2%82%ac; filename*1=\" x.pdf\"; size=3");
  expect(value.value).toBe("attachment");
  expect(value.get("filename")).toBe("€ x.pdf");
  expect(value.get("size")).toBe("3");
  expect(readParameters('a/b; n="x\\"y"').get("n")).toBe('x"y');
  const kind = (text: string) => readParameters(text).problems.map((problem) => problem.kind);
  expect(kind('a/b; boundary="x')).toEqual(["unterminated-quote"]);
  expect(kind("a/b; name=my file.pdf")).toEqual(["unquoted-specials"]);
  expect(kind("a/b; charset utf-8")).toEqual(["malformed"]);
  expect(kind("a/b; x=1; x=2")).toEqual(["duplicate"]);
  expect(kind("a/b; x*0=1; x*2=2")).toEqual(["section-gap"]);
});

test("Received fields give the route", () => {
  const received = readReceived(
    "from mx.a.example (mx.a.example [192.0.2.7]) (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))" +
      " by b.example (Postfix) with ESMTPS id ABC for <u@b.example>; Mon, 23 Nov 2026 10:00:05 +0000",
  );
  expect(received).toMatchObject({
    from: { value: "mx.a.example" },
    by: { value: "b.example" },
    with: { value: "ESMTPS" },
    id: { value: "ABC" },
    for: { value: "<u@b.example>" },
    ip: "192.0.2.7",
    tls: { version: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384" },
  });
  const older = readReceived("by a.example; Mon, 23 Nov 2026 10:00:00 +0000");
  expect(readRoute([received, older]).map((hop) => hop.delay)).toEqual([5000, undefined]);
});

test("Authentication-Results", () => {
  const found = readAuthResults(
    "mx.b.example; dkim=pass (good) header.d=a.example header.b=ab/c=; spf=fail smtp.mailfrom=x@a.example; dmarc=none",
  );
  expect(found.server).toBe("mx.b.example");
  expect(found.results.map((item) => `${item.method}=${item.result}`)).toEqual(["dkim=pass", "spf=fail", "dmarc=none"]);
  expect(found.results[0]?.properties[1]).toMatchObject({ type: "header", property: "b", value: "ab/c=" });
  expect(readAuthResults("i=1; mx.b.example; none")).toMatchObject({ instance: 1, server: "mx.b.example", none: true });
});

test("tag lists", () => {
  const tags = readTags("v=1; a=rsa-sha256; h=from :\r\n to; broken; a=x;");
  expect(tags.get("h")?.compact).toBe("from:to");
  expect(tags.duplicates.map((tag) => tag.name)).toEqual(["a"]);
  expect(tags.malformed).toHaveLength(1);
});

test("hostile values never throw and stay linear", () => {
  const start = performance.now();
  for (const text of [
    "(".repeat(10_000),
    "<".repeat(10_000),
    "=?".repeat(10_000),
    ";".repeat(10_000),
    '"'.repeat(10_001),
  ]) {
    readAddresses(text);
    readParameters(text);
    readDate(text);
    readReceived(text);
    readAuthResults(text);
    readTags(text);
    decodeWords(text);
  }
  expect(performance.now() - start).toBeLessThan(3000);
});
