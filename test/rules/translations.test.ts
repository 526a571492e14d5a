import { describe, expect, it } from "vitest";
import { LOCALES } from "../../server/src/reference/index.js";
import { allRules } from "../../server/src/rules/all.js";
import { messageStyle, ruleCatalog } from "../../server/src/rules/locales/index.js";
import { ruleProse, ruleText } from "../../server/src/rules/messages.js";

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
