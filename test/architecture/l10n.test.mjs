import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root, sources } from "./imports.mjs";

const json = (path) => JSON.parse(readFileSync(join(root, path), "utf8"));
const holes = (text) => (text.match(/\{\w+\}/g) ?? []).sort();
const languages = ["ar", "de", "es", "fr", "pt-br", "ja", "zh-cn"];

/** The texts that the client shows, as written between the quotes of `l10n.t("…")`. */
const shown = sources("client/src").flatMap((file) => {
  const text = readFileSync(join(root, file), "utf8");
  const calls = text.match(/\bl10n\.t\(/g) ?? [];
  const found = [...text.matchAll(/\bl10n\.t\(\s*("(?:[^"\\\n]|\\.){0,400}")/g)].map((match) => JSON.parse(match[1]));
  expect(found.length, `${file} calls l10n.t with something else than a plain text`).toBe(calls.length);
  return found;
});

describe("texts of the client", () => {
  it("are found in its sources", () => expect(shown.length).toBeGreaterThan(10));

  it("stand in the English bundle, and no others", () => {
    const english = json("l10n/bundle.l10n.json");
    expect(Object.keys(english).sort()).toEqual([...new Set(shown)].sort());
    for (const [key, text] of Object.entries(english)) expect(text).toBe(key);
  });

  it("are complete in Arabic", () => {
    const arabic = json("l10n/bundle.l10n.ar.json");
    expect(shown.filter((text) => !arabic[text])).toEqual([]);
  });

  it.each(languages)("hold in %s no stale text and the places of English", (language) => {
    const own = json(`l10n/bundle.l10n.${language}.json`);
    expect(Object.keys(own).filter((text) => !shown.includes(text))).toEqual([]);
    for (const [key, text] of Object.entries(own)) expect(holes(text), key).toEqual(holes(key));
  });

  it("are found by the editor", () => {
    expect(json("package.json").l10n).toBe("./l10n");
    expect(readdirSync(join(root, "l10n")).sort()).toEqual(
      ["bundle.l10n.json", ...languages.map((language) => `bundle.l10n.${language}.json`)].sort(),
    );
  });
});

describe("texts of package.json", () => {
  const english = json("package.nls.json");
  const marks = (text) => (text.match(/`[^`]{0,200}`|\(command:[\w.]{1,80}\)/g) ?? []).sort();

  it("are complete in Arabic", () => {
    const arabic = json("package.nls.ar.json");
    expect(Object.keys(english).filter((key) => !arabic[key])).toEqual([]);
  });

  it.each(languages)("hold in %s every command, no stale text, and the code of English", (language) => {
    const own = json(`package.nls.${language}.json`);
    expect(Object.keys(own).filter((key) => english[key] === undefined)).toEqual([]);
    expect(Object.keys(english).filter((key) => key.startsWith("command.") && !own[key])).toEqual([]);
    for (const [key, text] of Object.entries(own)) expect(marks(text), key).toEqual(marks(english[key]));
    const missing = Object.keys(english).filter((key) => !own[key]);
    if (missing.length > 0) console.info(`${language}: ${missing.length} texts of package.json fall back to English`);
  });
});
