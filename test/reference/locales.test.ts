import { describe, expect, it, vi } from "vitest";
import {
  allReplies,
  compareCodes,
  comparisonMarkdown,
  explainCode,
  explanationMarkdown,
  explanationText,
  findCodes,
  LOCALES,
  TABLES,
  textsFor,
} from "../../server/src/reference/index.js";
import { SOURCES } from "../../server/src/reference/locales/sources.js";

/** The path of every text of a value: `replies/451/causes/0`. Words to search by are free in each language. */
function paths(value: unknown, path = ""): string[] {
  if (typeof value === "string") return [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === "words" ? [] : paths(inner, `${path}/${key}`)));
}

function at(value: unknown, path: string): unknown {
  let here = value;
  for (const key of path.split("/").filter((part) => part !== "")) here = (here as Record<string, unknown>)?.[key];
  return here;
}

const english = new Map(TABLES.map((table) => [table, paths(SOURCES.en?.[table])]));

describe("English and Arabic say the same", () => {
  it.each(TABLES)("in %s, with no text missing and none stale", (table) => {
    expect(paths(SOURCES.ar?.[table]).sort()).toEqual([...english.get(table)!].sort());
  });
  it.each(TABLES)("in %s, with the same holes, and the same codes and commands between backticks", (table) => {
    for (const path of english.get(table)!) {
      const [source, target] = [at(SOURCES.en?.[table], path), at(SOURCES.ar?.[table], path)] as string[];
      const holes = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
      expect(holes(target!), path).toEqual(holes(source!));
      // A translation may quote more (English words of a reply), never fewer.
      const quotes = (text: string): string[] => (text.match(/`[^`]+`/g) ?? []).sort();
      const missing = quotes(source!).filter((quote) => !target!.includes(quote));
      expect(missing, `${table}${path}`).toEqual([]);
    }
  });
  it("is really Arabic", () => {
    for (const table of TABLES) {
      for (const path of english.get(table)!) {
        const text = String(at(SOURCES.ar?.[table], path)).replace(/`[^`]*`|\{\w+\}/g, "");
        if (/[A-Za-z]{2}/.test(text) || /\p{L}/u.test(text)) expect(text, `${table}${path}`).toMatch(/[\u0600-\u06ff]/);
      }
    }
  });
});

describe("other languages", () => {
  const others = LOCALES.filter((locale) => locale !== "en" && locale !== "ar");
  it.each(others)("%s has no text that English lacks", (locale) => {
    const missing: string[] = [];
    for (const table of TABLES) {
      const own = new Set(paths(SOURCES[locale]?.[table]));
      const source = new Set(english.get(table)!);
      expect([...own].filter((path) => !source.has(path))).toEqual([]);
      missing.push(...[...source].filter((path) => !own.has(path)).map((path) => table + path));
    }
    if (missing.length > 0) console.info(`${locale}: ${missing.length} texts fall back to English`);
  });
  it.each(others)("%s keeps the codes and commands between backticks", (locale) => {
    for (const table of TABLES) {
      for (const path of paths(SOURCES[locale]?.[table])) {
        const [source, target] = [at(SOURCES.en?.[table], path), at(SOURCES[locale]?.[table], path)] as string[];
        const missing = (source!.match(/`[^`]+`/g) ?? []).filter((quote) => !target!.includes(quote));
        expect(missing, `${locale}/${table}${path}`).toEqual([]);
      }
    }
  });
  it.each(others)("%s has all labels, with their holes", (locale) => {
    const labels = SOURCES[locale]?.ui as Record<string, string>;
    const source = SOURCES.en?.ui as Record<string, string>;
    expect(Object.keys(labels).sort()).toEqual(Object.keys(source).sort());
    const holes = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const key of Object.keys(source)) expect(holes(labels[key]!), key).toEqual(holes(source[key]!));
  });
  it.each(others)("%s explains the thirty most frequent codes", (locale) => {
    expect(Object.keys(SOURCES[locale]?.replies as object).length).toBeGreaterThanOrEqual(30);
  });
  it.each([
    ["de", "Postfach voll", ["452", "552"]],
    ["de", "falsches Passwort", ["535"]],
    ["de", "unbekannter Benutzer", ["550", "511"]],
    ["fr", "boîte pleine", ["452", "552"]],
    ["fr", "mauvais mot de passe", ["535"]],
    ["fr", "liste grise", ["450", "451"]],
  ] as const)("%s finds by its own words, %s", (locale, query, wanted) => {
    const ids = findCodes(query, locale).hits.map((hit) => hit.id);
    expect(ids.slice(0, wanted.length).sort()).toEqual([...wanted].sort());
  });
  it("set a colon behind a label as they write it", () => {
    expect(explanationText(explainCode(557, null, { locale: "fr" })!)).toContain("Réessayer : Non.");
    expect(explanationMarkdown(explainCode(557, null, { locale: "de" })!)).toContain(
      "**Noch einmal versuchen:** Nein.",
    );
  });
  it("fall back to English field by field", async () => {
    vi.resetModules();
    // Languages are complete by now, so one that has a single text stands in for a new one.
    vi.doMock("../../server/src/reference/locales/sources.js", () => ({
      SOURCES: { en: SOURCES.en, de: { replies: { 451: { meaning: "Nicht jetzt." } } } },
    }));
    const fresh = await import("../../server/src/reference/locales/index.js");
    const [partial, source] = [fresh.textsFor("de"), textsFor("en")];
    expect(partial.replies["451"]).toEqual({ ...source.replies["451"], meaning: "Nicht jetzt." });
    expect(partial.replies["557"]).toEqual(source.replies["557"]);
    expect(partial.ui).toEqual(source.ui);
    vi.doUnmock("../../server/src/reference/locales/sources.js");
  });
});

describe("right-to-left text", () => {
  it("isolates every code, command and setting", () => {
    for (const entry of allReplies()) {
      const markdown = explanationMarkdown(explainCode(entry.code, null, { locale: "ar" })!);
      expect(markdown.replace(/\u2066`[^`]*`\u2069/g, ""), String(entry.code)).not.toContain("`");
      const plain = explanationText(explainCode(entry.code, null, { locale: "ar" })!);
      expect(plain.match(/\u2066/g)?.length).toBe(plain.match(/\u2069/g)?.length);
    }
    expect(comparisonMarkdown(compareCodes(354, 451, "ar")!)).toContain("\u2066`354`\u2069");
  });
  it("is found by Arabic words, with or without vowel signs", () => {
    const ids = (query: string): string[] => findCodes(query, "ar").hits.map((hit) => hit.id);
    expect(ids("القائمة الرمادية").slice(0, 3)).toEqual(expect.arrayContaining(["450", "451"]));
    expect(ids("الصندوق ممتلئ").slice(0, 4)).toEqual(expect.arrayContaining(["452", "552"]));
    expect(ids("mailbox full").slice(0, 4)).toEqual(expect.arrayContaining(["452", "552"]));
    expect(ids("رفض الترحيل")[0]).toBe("relay-denied");
    expect(ids("مستخدم غير معروف")[0]).toBe("no-such-user");
    expect(ids("ممتلئ").slice(0, 4)).toEqual(expect.arrayContaining(["mailbox-full", "452", "552"]));
  });
  it("says times in the language", () => {
    const text = "Greylisted, try again in 300 seconds";
    expect(explanationText(explainCode(450, null, { locale: "ar", text })!)).toMatch(/دقائق/);
  });
});
