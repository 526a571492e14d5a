import { expect, it } from "vitest";
import { allRules } from "../../server/src/rules/all.js";
import arabic from "../../server/src/rules/locales/ar.json" with { type: "json" };
import { messageStyle } from "../../server/src/rules/locales/index.js";
import { ruleText } from "../../server/src/rules/messages.js";

const english: ReadonlyMap<string, string> = new Map<string, string>(
  allRules.flatMap((rule) =>
    Object.entries(rule.messages).map(([key, text]) => [`${rule.id}.${key}`, text] as [string, string]),
  ),
);
const holes = (text: string | undefined): string[] =>
  [...(text ?? "").matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();

it("every message of every rule is there in Arabic, with the same places to fill", () => {
  const catalog: Readonly<Record<string, string>> = arabic;
  expect([...english.keys()].filter((key) => catalog[key] === undefined)).toEqual([]);
  for (const [key, text] of english) expect(holes(catalog[key]), key).toEqual(holes(text));
  expect(Object.keys(catalog).filter((key) => !english.has(key))).toEqual([]);
});

it("codes and commands keep their order inside Arabic", () => {
  const rule = allRules.find(({ id }) => id === "space-after-colon");
  expect(rule && ruleText(rule, "default", { verb: "MAIL" }, messageStyle("ar"))).toContain("\u2066MAIL\u2069");
});
