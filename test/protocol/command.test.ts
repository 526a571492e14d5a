import { describe, expect, it } from "vitest";
import { lexCommand, lexParameters } from "../../server/src/protocol/command.js";
import { seeded } from "../kit/random.js";

describe("the verb of a client line", () => {
  const cases: readonly [string, string, string][] = [
    ["EHLO client.example.org", "EHLO", "client.example.org"],
    ["ehlo client.example.org", "EHLO", "client.example.org"],
    ["QUIT", "QUIT", ""],
    ["QUIT  ", "QUIT", ""],
    ["  NOOP\thello ", "NOOP", "hello"],
    ["BDAT 86 LAST", "BDAT", "86 LAST"],
    ["MAILFROM:<a@b>", "MAILFROM", ":<a@b>"],
    ["MAIL:<a@b>", "MAIL", ":<a@b>"],
    ["MAIL<a@b>", "MAIL", "<a@b>"],
    ["", "", ""],
    ["   ", "", ""],
    [":", "", ":"],
    ["<a@b>", "", "<a@b>"],
    ["\u0016\u0003\u0001", "\u0016\u0003\u0001", ""],
    ["héllo wörld", "HÉLLO", "wörld"],
  ];
  for (const [line, verb, argument] of cases) {
    it(JSON.stringify(line), () => {
      const command = lexCommand(line);
      expect([command.verb, command.argument]).toEqual([verb, argument]);
      expect(line.slice(command.verbFrom, command.verbTo).toUpperCase()).toBe(verb);
      expect(line.slice(command.argumentFrom, command.argumentFrom + argument.length)).toBe(argument);
    });
  }
});

describe("the path of MAIL and RCPT", () => {
  /** [keyword, colon, white space around the colon, path, parameters as written] */
  const cases: readonly [string, readonly unknown[]][] = [
    ["MAIL FROM:<a@b>", ["FROM", true, null, "<a@b>", []]],
    ["mail from:<a@b>", ["FROM", true, null, "<a@b>", []]],
    ["RCPT TO:<a@b> NOTIFY=NEVER ORCPT=rfc822;a@b", ["TO", true, null, "<a@b>", ["NOTIFY=NEVER", "ORCPT=rfc822;a@b"]]],
    ["MAIL FROM: <a@b>", ["FROM", true, " ", "<a@b>", []]],
    ["MAIL FROM :<a@b>", ["FROM", true, " ", "<a@b>", []]],
    ["MAIL FROM <a@b>", ["FROM", false, null, "<a@b>", []]],
    ["MAIL FROM:a@b SIZE=1", ["FROM", true, null, "a@b", ["SIZE=1"]]],
    ["MAIL <a@b>", [null, false, null, "<a@b>", []]],
    ["RCPT FROM:<a@b>", ["FROM", true, null, "<a@b>", []]],
    ["MAIL FROM:<>", ["FROM", true, null, "<>", []]],
    ["MAIL FROM:", ["FROM", true, null, null, []]],
    ["MAIL FROM", ["FROM", false, null, null, []]],
    ["MAIL", [null, false, null, null, []]],
    ["MAIL FROM:<a@b>SIZE=1", ["FROM", true, null, "<a@b>", ["SIZE=1"]]],
    ['RCPT TO:<"x y> z"@b> A=1', ["TO", true, null, '<"x y> z"@b>', ["A=1"]]],
    ["RCPT TO:<a@b  NOTIFY=NEVER", ["TO", true, null, "<a@b", ["NOTIFY=NEVER"]]],
    ["SEND FROM:<a@b>", ["FROM", true, null, "<a@b>", []]],
  ];
  for (const [line, expected] of cases) {
    it(line, () => {
      const path = lexCommand(line).path;
      expect([
        path?.keyword,
        path?.colon,
        path?.space ? line.slice(path.space.from, path.space.to) : null,
        path?.path ? line.slice(path.path.from, path.path.to) : null,
        path?.parameters.map(({ from, to }) => line.slice(from, to)),
      ]).toEqual(expected);
    });
  }

  it("is not looked for in other commands", () => {
    expect(lexCommand("VRFY FROM:<a@b>").path).toBeUndefined();
    expect(lexCommand("MAILFROM:<a@b>").path).toBeUndefined();
  });
});

describe("parameters", () => {
  const read = (text: string): unknown[] => lexParameters(text, 0).map(({ keyword, value }) => [keyword, value]);

  it("are keywords with or without a value", () => {
    expect(read("SIZE=100 smtputf8\tBODY=8BITMIME")).toEqual([
      ["SIZE", "100"],
      ["SMTPUTF8", null],
      ["BODY", "8BITMIME"],
    ]);
  });

  it("keep what is odd about them", () => {
    expect(read("ENVID= =x AUTH=<> A=b=c ,")).toEqual([
      ["ENVID", ""],
      ["", "x"],
      ["AUTH", "<>"],
      ["A", "b=c"],
      [",", null],
    ]);
  });

  it("tell where their value begins", () => {
    const [parameter] = lexParameters("MAIL FROM:<a> SIZE=100", 13);
    expect([parameter?.from, parameter?.valueFrom, parameter?.to]).toEqual([14, 19, 22]);
  });
});

it("takes any line apart without leaving it", () => {
  const random = seeded(3);
  const words = [
    "MAIL",
    "RCPT",
    " ",
    "\t",
    "FROM",
    "TO",
    ":",
    "<",
    ">",
    "a@b",
    '"',
    "\\",
    "=",
    "SIZE=",
    "\u{1F600}",
    "\0",
  ];
  for (let round = 0; round < 3000; round++) {
    const line = Array.from({ length: random.below(12) }, () => random.pick(words)).join("");
    const { verbTo, argument, argumentFrom, path } = lexCommand(line);
    expect(line.slice(argumentFrom, argumentFrom + argument.length)).toBe(argument);
    const places = [
      verbTo,
      path?.path?.from ?? 0,
      path?.path?.to ?? 0,
      ...(path?.parameters ?? []).flatMap((p) => [p.from, p.valueFrom, p.to]),
    ];
    for (const place of places) expect(place, JSON.stringify(line)).toBeLessThanOrEqual(line.length);
  }
});
