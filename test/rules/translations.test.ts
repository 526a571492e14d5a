import { describe, expect, it } from "vitest";
import { LOCALES } from "../../server/src/reference/index.js";
import { allRules } from "../../server/src/rules/all.js";
import { rules } from "../../server/src/rules/index.js";
import { messageStyle, ruleCatalog } from "../../server/src/rules/locales/index.js";
import { messageRules } from "../../server/src/rules/message/index.js";
import { runMessageRules } from "../../server/src/rules/message/run.js";
import { ruleProse, ruleText } from "../../server/src/rules/messages.js";
import type { Finding } from "../../server/src/rules/types.js";
import { scanBytes } from "../../server/src/text/bytes.js";
import { findingsIn } from "../kit/findings.js";
import { messageOf } from "../message/kit.js";

/** Every text of every rule that a person sees beside a finding, from the rules themselves. */
const english: ReadonlyMap<string, string> = new Map(
  allRules.flatMap((rule): [string, string][] => [
    [`${rule.id}.title`, rule.title],
    ...Object.entries(rule.messages).map(([key, text]): [string, string] => [`${rule.id}.${key}`, text]),
  ]),
);
const others = LOCALES.filter((locale) => locale !== "en" && locale !== "ar");
/** A place may stand twice in one language and once in another; none may be lost or invented. */
const holes = (text = ""): string[] => [...new Set(text.match(/\{\w+\}/g))].sort();
/** Reply codes and other numbers are facts: a translation must not change one. */
const numbers = (text = ""): string[] => (text.match(/\b\d{3,4}\b/g) ?? []).sort();

it("every text of every rule is there in Arabic", () => {
  const catalog = ruleCatalog("ar") ?? {};
  expect([...english.keys()].filter((key) => catalog[key] === undefined)).toEqual([]);
});

describe.each(["ar", ...others])("the texts of the rules in %s", (locale) => {
  const catalog = ruleCatalog(locale) ?? {};
  it("have no key that English lacks", () => {
    expect(Object.keys(catalog).filter((key) => !english.has(key))).toEqual([]);
    const missing = [...english.keys()].filter((key) => catalog[key] === undefined);
    if (missing.length > 0) console.info(`${locale}: ${missing.length} texts of rules fall back to English`);
  });
  it("have the places and the numbers of the English ones", () => {
    for (const [key, text] of Object.entries(catalog)) {
      expect(holes(text), key).toEqual(holes(english.get(key)));
      expect(numbers(text), key).toEqual(numbers(english.get(key)));
    }
  });
});

describe("right to left", () => {
  const rule = allRules.find(({ id }) => id === "space-after-colon");
  it("codes and commands keep their order inside Arabic", () => {
    expect(rule && ruleText(rule, "default", { verb: "MAIL" }, messageStyle("ar"))).toContain("\u2066MAIL\u2069");
    expect(rule && ruleProse(rule, messageStyle("ar")).title).toMatch(/^[\u0600-\u06ff]/);
  });
  it("isolates are closed, and what is isolated is no Arabic", () => {
    for (const [key, text] of Object.entries(ruleCatalog("ar") ?? {})) {
      expect(text.replace(/\u2066[^\u2066\u2069\u0600-\u06ff]+\u2069/g, ""), key).not.toMatch(/[\u2066-\u2069]/);
    }
  });
});

describe("what is filled into a text", () => {
  /** Cases in which a text once named a thing in English. */
  const odd = [
    ["C: MAIL FROM:<a@a.example> BODY= RET=", "S: 501 5.5.4 no", "C: MAIL\u00a0FROM:<a@a.example>", "S: 459 4.1.1 no"],
    ["C: NOOP\u2014", "S: 250 5.0.0 Ok", "C: VRFY \u201cb\u201d", "S: 599 5.1.1 no"],
    ["C: MAIL FROM:<a@a.example>", "S: 250 Ok", "C: RCPT TO:<b@b.example> NOTIFY=", "S: 501 5.5.4 no"],
    ["C: AUTH LOGIN", "S: 334 VXNlcm5hbWU6", "C: ****", "S: 252 odd"],
  ].map((lines) => `S: 220 mx.b.example ESMTP\nC: EHLO a.example\nS: 250 mx.b.example\n${lines.join("\n")}\n`);
  const letters = "b".repeat(70);
  const oddMessages = [
    `From: a@a.example\nTo: ${letters}@b.example, c@${`${letters}.`.repeat(4)}example\nSubject: αβc\n\nGrüße\n`,
    "Authentication-Results: ; dmarc=fail\nARC-Seal: i=2; cv=none\nDate: Mon, 23 Nov 2020 10:00:00 +0000\n" +
      "Received: from c.example by b.example; Mon, 23 Nov 2026 10:00:00 +0000\nFrom: a@a.example\n\nText\n",
  ];
  const settings = { profile: "standard", rules: {}, aside: [], messageProfile: "bulk" } as const;
  const inMessage = (text: string): readonly Finding[] => {
    const { message, source } = messageOf(text);
    return runMessageRules(message, source, messageRules, settings, scanBytes(new TextEncoder().encode(text)));
  };
  /** Words in small letters. Keywords, field names and decoded letters are the same in every language, as is `min`. */
  const prose = (data: object): string[] =>
    Object.values(data)
      .flatMap((value) => String(value).split(/[\s,;“”]+/))
      .filter((word) => /^[a-z]{3,}$/.test(word) && word !== "min");
  /** Words of the protocol that a text advises. */
  const advised = new Set(["arc-broken-set: pass", "arc-broken-set: fail", "arc-broken-set: none"]);
  const foreign = (text: string, findings: readonly Finding[]): string[] =>
    findings.flatMap((finding) =>
      [finding, ...finding.related, ...(finding.fix ? [finding.fix] : [])]
        .flatMap(({ data }) => prose(data ?? {}))
        .filter((word) => !text.toLowerCase().includes(word))
        .map((word) => `${finding.rule}: ${word}`)
        .filter((said) => !advised.has(said)),
    );

  it("comes from the transcript, and is no English prose", () => {
    expect([...rules.map(({ wrong }) => wrong), ...odd].flatMap((text) => foreign(text, findingsIn(text)))).toEqual([]);
  });
  it("comes from the message, and is no English prose", () => {
    const texts = [...messageRules.map(({ wrong }) => wrong), ...oddMessages];
    expect(texts.flatMap((text) => foreign(text, inMessage(text)))).toEqual([]);
  });
});
