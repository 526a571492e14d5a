import { describe, expect, it } from "vitest";
import { fieldInfoIn, fieldTable } from "../../server/src/features/message/fieldTexts.js";
import { tell, tellAbout } from "../../server/src/features/message/texts.js";
import mail from "../../server/src/features/message/texts.json" with { type: "json" };
import { textTable } from "../../server/src/features/message/textTables.js";
import { ENGLISH } from "../../server/src/features/words/en.js";
import { wordTable } from "../../server/src/features/words/tables.js";
import { say } from "../../server/src/features/words.js";
import { fieldInfo, fieldInfos } from "../../server/src/message/fields.js";
import { LOCALES } from "../../server/src/reference/index.js";

type Table = Readonly<Record<string, string>>;
/** Shapes that are written alike in every language need no text of their own. */
const SHAPE =
  /^(?:[^a-z]*|<?(?:left@right|path|URI)>?.*|[^ ]*=.*|7bit, .*|No|base64|type\/.*|n\.n\.n|word, score.*|key:value.*)$/;
const fields: Table = Object.fromEntries(
  fieldInfos().flatMap((info) => [
    [info.name, info.meaning],
    [`syntax: ${info.syntax}`, info.syntax],
    [`occurs: ${info.occurrence}`, info.occurrence],
    [`source: ${info.source}`, info.source],
  ]),
);
const ownShape = (key: string): boolean =>
  key === "source: practice" ||
  (!key.startsWith("source: ") && !(key.startsWith("syntax: ") && SHAPE.test(key.slice(8))));
const SOURCES: readonly (readonly [string, Table, (locale: (typeof LOCALES)[number]) => Table])[] = [
  ["words", ENGLISH, (locale) => wordTable(locale) ?? {}],
  ["header fields", fields, (locale) => fieldTable(locale) ?? {}],
  ["texts about messages", mail, (locale) => textTable(locale) ?? {}],
];
const others = LOCALES.filter((locale) => locale !== "en" && locale !== "ar");
const holes = (text = ""): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
const numbers = (text = ""): string[] => (text.match(/\b\d{3,4}\b/g) ?? []).sort();

describe.each(SOURCES)("the features' %s", (name, english, table) => {
  it("are complete in Arabic", () => {
    const needed = Object.keys(english).filter((key) => english !== fields || ownShape(key));
    expect(needed.filter((key) => table("ar")[key] === undefined)).toEqual([]);
  });
  it.each(["ar", ...others] as const)("have in %s the keys, places and numbers of English", (locale) => {
    const own = table(locale);
    expect(Object.keys(own).filter((key) => !Object.hasOwn(english, key))).toEqual([]);
    for (const [key, text] of Object.entries(own)) {
      expect(holes(text), key).toEqual(holes(english[key]));
      expect(numbers(text), key).toEqual(numbers(english[key]));
    }
    const missing = Object.keys(english).filter((key) => own[key] === undefined);
    if (missing.length > 0) console.info(`${locale}: ${missing.length} ${name} fall back to English`);
  });
});

describe("a header field", () => {
  const from = fieldInfo("from");
  const messageId = fieldInfo("message-id");
  if (from === undefined || messageId === undefined) throw new Error("From or Message-ID is not known");
  it("is explained in the reader's language, and in English where that says nothing", () => {
    expect(fieldInfoIn("ar", from)).toMatchObject({
      name: "From",
      syntax: "قائمة صناديق بريد",
      occurrence: "مرة واحدة",
    });
    expect(fieldInfoIn("de", from).meaning).toContain("verfasst");
    expect(fieldInfoIn("en", from)).toBe(from);
    expect(fieldInfoIn("ja", from).meaning).toMatch(/^読み手に見える、メッセージの作成者です。/);
    expect(fieldInfoIn("ja", messageId)).toMatchObject({ occurrence: "最大 1 回", syntax: messageId.syntax });
  });
});

describe("a text", () => {
  it("keeps codes in order inside Arabic", () => {
    expect(say("ar", "hover.answersAt", { command: "`DATA`", line: 7 })).toContain("\u2066`DATA`\u2069");
    expect(tell("ar", "date.ago", { time: "3 h" })).toContain("\u20663 h\u2069");
    expect(tellAbout("ar", "dkim.tag", "d")).toMatch(/[\u0600-\u06ff]/);
  });
  it("is the same without a language of its own, and never a key", () => {
    expect(say("en", "report.title")).toBe("SMTP session");
    expect(tellAbout("de", "dkim.tag", "constructor")).toBeUndefined();
  });
});
