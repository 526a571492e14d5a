import { describe, expect, it } from "vitest";
import { lexPath } from "../../server/src/protocol/path.js";
import { seeded } from "../kit/random.js";

/** What a path says, by its text: [mailbox, local part, domain, route, opened, closed]. */
function parts(text: string, from = 0): unknown[] {
  const path = lexPath(text, from);
  return [path.mailbox, path.localPart, path.domain, path.route, path.opened, path.closed];
}

describe("a path", () => {
  const cases: readonly [string, string, readonly unknown[]][] = [
    ["of a mailbox", "<a@b.example>", ["a@b.example", "a", "b.example", "", true, true]],
    ["that is null", "<>", ["", "", null, "", true, true]],
    ["of the postmaster alone", "<Postmaster>", ["Postmaster", "Postmaster", null, "", true, true]],
    ["with a source route", "<@one,@two:a@b>", ["a@b", "a", "b", "@one,@two:", true, true]],
    ["with a source route that lacks its colon", "<@one,@two>", ["@one,@two", "@one,", "two", "", true, true]],
    ["with a quoted local part", '<"a b"@c>', ['"a b"@c', '"a b"', "c", "", true, true]],
    ["with a bracket in quotes", '<"a>b"@c>', ['"a>b"@c', '"a>b"', "c", "", true, true]],
    ["with an at sign in quotes", '<"a@b"@c>', ['"a@b"@c', '"a@b"', "c", "", true, true]],
    ["with an at sign in quotes only", '<"a@b">', ['"a@b"', '"a@b"', null, "", true, true]],
    ["with an escaped quote", '<"a\\">b"@c>', ['"a\\">b"@c', '"a\\">b"', "c", "", true, true]],
    ["with two at signs", "<a@b@c>", ["a@b@c", "a@b", "c", "", true, true]],
    [
      "with an address literal",
      "<a@[IPv6:2001:db8::1]>",
      ["a@[IPv6:2001:db8::1]", "a", "[IPv6:2001:db8::1]", "", true, true],
    ],
    ["with blanks inside", "<a @ b>", ["a @ b", "a ", " b", "", true, true]],
    ["without brackets", "a@b SIZE=1", ["a@b", "a", "b", "", false, false]],
    ["without the closing bracket", "<a@b SIZE=1", ["a@b", "a", "b", "", true, false]],
    ["without the opening bracket", "a@b> SIZE=1", ["a@b>", "a", "b>", "", false, false]],
    ["with a quote that never ends", '<"a@b> SIZE=1', ['"a@b', '"a', "b", "", true, true]],
    ["that is missing", "", ["", "", null, "", false, false]],
    ["of an opening bracket alone", "<", ["", "", null, "", true, false]],
  ];
  for (const [name, text, expected] of cases) it(name, () => expect(parts(text)).toEqual(expected));

  it("tells where each part stands", () => {
    const text = "RCPT TO:<@r.example:bob@b.example> NOTIFY=NEVER";
    const path = lexPath(text, 8);
    expect(text.slice(path.from, path.to)).toBe("<@r.example:bob@b.example>");
    expect(text.slice(path.contentFrom, path.contentTo)).toBe(path.content);
    expect(text.slice(path.mailboxFrom)).toMatch(/^bob@b\.example>/);
    expect(text.slice(path.domainFrom)).toMatch(/^b\.example>/);
  });

  it("stays inside its line whatever stands there", () => {
    const random = seeded(11);
    for (let round = 0; round < 2000; round++) {
      const text = Array.from({ length: random.below(14) }, () => random.pick([...'<>@"\\:, ab\t[]\u{1F600}'])).join(
        "",
      );
      const path = lexPath(text, random.below(text.length + 1));
      expect(path.from).toBeLessThanOrEqual(path.contentFrom);
      expect(path.contentFrom).toBeLessThanOrEqual(path.contentTo);
      expect(path.contentTo).toBeLessThanOrEqual(path.to);
      expect(path.to).toBeLessThanOrEqual(text.length);
      expect(text.slice(path.contentFrom, path.contentTo)).toBe(path.route + path.mailbox);
      if (path.domain !== null) expect(text.slice(path.domainFrom).startsWith(path.domain)).toBe(true);
    }
  });

  it("is read in linear time where quotes and brackets never end", () => {
    const start = performance.now();
    for (const unit of ["<", '"', "\\", "@", "@a:", '<"'] as const) lexPath(`<${unit.repeat(200_000)}`, 0);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
