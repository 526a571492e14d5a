import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { describe, expect, it } from "vitest";
import {
  allEnhanced,
  allProviders,
  allReplies,
  LOCALES,
  leftOutReason,
  replyEntry,
  stageOf,
} from "../../server/src/reference/index.js";
import { SOURCES } from "../../server/src/reference/locales/sources.js";

const root = join(import.meta.dirname, "../../server/src/reference");
const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), "utf8"));
const ajv = new Ajv({ allErrors: true });

describe("reference data", () => {
  const files = readdirSync(join(root, "data")).filter((name) => name.endsWith(".json"));
  it.each(files)("%s follows its schema", (file) => {
    const validate = ajv.compile(read(`schema/${file.replace(".json", ".schema.json")}`) as object);
    validate(read(`data/${file}`));
    expect(validate.errors).toBeNull();
  });
  it("has no code twice", () => {
    const codes = allReplies().map((entry) => entry.code);
    expect(new Set(codes).size).toBe(codes.length);
    const enhanced = allEnhanced().map((entry) => entry.code);
    expect(new Set(enhanced).size).toBe(enhanced.length);
    const providers = allProviders().map((entry) => entry.id);
    expect(new Set(providers).size).toBe(providers.length);
  });
  it("explains every neighbour, and every code a table of commands names", () => {
    const table = read("data/command-replies.json") as { entries: Record<string, number[]>[] };
    const named = table.entries.flatMap((row) => [...row.intermediate!, ...row.success!, ...row.error!, ...row.seen!]);
    for (const code of [...named, ...allReplies().flatMap((entry) => entry.neighbours)]) {
      expect(replyEntry(code) ?? leftOutReason(code), String(code)).toBeDefined();
    }
  });
  it("gives each override a stage of its code", () => {
    for (const entry of allReplies()) {
      for (const stage of Object.keys(entry.byStage ?? {})) expect(entry.stages).toContain(stage);
    }
  });
  it("knows the stage of a command", () => {
    expect(["rcpt to", "DATA", ".", "CONNECT", "VRFY", ""].map(stageOf)).toEqual([
      "rcpt",
      "data",
      "end-of-data",
      "greeting",
      "any",
      undefined,
    ]);
  });
});

describe("texts", () => {
  const validate = ajv.compile(read("schema/messages.schema.json") as object);
  const partial = (schema: unknown): unknown =>
    JSON.parse(JSON.stringify(schema, (key, value: unknown) => (key === "required" ? undefined : value)));
  const validatePartial = ajv.compile(partial(read("schema/messages.schema.json")) as object);
  it.each(LOCALES)("in %s follow the schema", (locale) => {
    const check = locale === "en" || locale === "ar" ? validate : validatePartial;
    check(SOURCES[locale]);
    expect(check.errors).toBeNull();
  });
  it.each(LOCALES)("in %s close every backtick and hold no other markup", (locale) => {
    const visit = (value: unknown, path: string): void => {
      if (typeof value === "string") {
        expect(value.split("`").length % 2, `${path}: ${value}`).toBe(1);
        if (!path.includes("/join.")) expect(value, path).not.toMatch(/\*\*|\]\(|<\/?[a-z]+>|^\s|\s$/);
      } else if (typeof value === "object" && value !== null) {
        for (const [key, inner] of Object.entries(value)) visit(inner, `${path}/${key}`);
      }
    };
    visit(SOURCES[locale], locale);
  });
});
