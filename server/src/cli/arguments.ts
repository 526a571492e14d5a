import { parseArgs } from "node:util";
import { type DocumentLanguage, dialectById, type Locale, localeOf } from "../service.js";
import { oneLine } from "./terminal.js";
import type { CliData, CliKey } from "./words.js";

const OPTIONS = {
  format: { type: "string" },
  config: { type: "string" },
  "max-warnings": { type: "string" },
  dialect: { type: "string" },
  language: { type: "string" },
  locale: { type: "string" },
  after: { type: "string" },
  to: { type: "string" },
  out: { type: "string" },
  keep: { type: "string" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
} as const;

/** Something wrong in how the command was called: a text of the command line and what fills its places. */
export class UsageError extends Error {
  constructor(
    readonly key: CliKey,
    readonly data: CliData = {},
  ) {
    super(key);
  }
}

/** The options as they were given. */
export type Values = {
  readonly [K in keyof typeof OPTIONS]?: (typeof OPTIONS)[K]["type"] extends "string" ? string : boolean;
};

/** What a command gets: its name, the words behind it, and the options. */
export interface Call {
  readonly name: string;
  readonly words: readonly string[];
  readonly values: Values;
  readonly locale: Locale;
  readonly dialect: string | undefined;
  readonly language: DocumentLanguage | undefined;
}

/** Options that every command takes. */
const COMMON: readonly (keyof Values)[] = ["locale", "dialect", "language", "help", "version"];

/** The language that a call asks for, found even where the rest of the call is wrong. */
export function localeIn(words: readonly string[]): Locale {
  const at = words.findIndex((word) => word === "--locale" || word.startsWith("--locale="));
  if (at === -1) return "en";
  const word = words[at] as string;
  return localeOf(word === "--locale" ? words[at + 1] : word.slice("--locale=".length));
}

/**
 * Splits arguments into words and options. What is wrong is told in our own words: those of Node are English and change
 * from version to version.
 */
export function parseWords(words: readonly string[]): { readonly values: Values; readonly positionals: string[] } {
  const { values, positionals, tokens } = parseArgs({
    args: [...words],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const option = oneLine(token.rawName);
    const known = Object.hasOwn(OPTIONS, token.name) ? OPTIONS[token.name as keyof typeof OPTIONS] : undefined;
    if (!known) throw new UsageError("usage.unknownOption", { option });
    if (known.type === "boolean" && token.value !== undefined) throw new UsageError("usage.takesNoValue", { option });
    // "--format --config x": the next option is no value; "-" alone is one.
    const missing = token.value === undefined || (!token.inlineValue && /^-./.test(token.value));
    if (known.type === "string" && missing) throw new UsageError("usage.needsValue", { option });
  }
  return { values: values as Values, positionals };
}

/** Checks the options of a command. @param own options that it takes besides the common ones */
export function callOf(name: string, words: readonly string[], values: Values, own: readonly (keyof Values)[]): Call {
  for (const key of Object.keys(values) as (keyof Values)[]) {
    if (!own.includes(key) && !COMMON.includes(key))
      throw new UsageError("usage.foreignOption", { command: name, option: `--${key}` });
  }
  const { dialect, language, locale } = values;
  if (dialect !== undefined && dialect !== "auto" && !dialectById(dialect)) {
    throw new UsageError("usage.unknownDialect", { name: oneLine(dialect), command: "smtp-transcripts dialects" });
  }
  if (language !== undefined) oneOf(language, ["smtp-transcript", "eml-message"]);
  return {
    name,
    words,
    values,
    locale: localeOf(locale),
    dialect: dialect === "auto" ? undefined : dialect,
    language: language as DocumentLanguage | undefined,
  };
}

/** The value of an option, the first of the allowed ones where it is left out. */
export function oneOf<T extends string>(value: string | undefined, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === (value ?? allowed[0]));
  if (found === undefined)
    throw new UsageError("usage.noneOf", { value: oneLine(value ?? ""), allowed: allowed.join(", ") });
  return found;
}

/** The files, folders and patterns of a call; at least one. */
export function filesOf(call: Call): readonly string[] {
  if (call.words.length === 0) throw new UsageError("usage.needsFiles", { dash: "-" });
  return call.words;
}

/** The words of a call that looks something up; at least one. */
export function queryOf(call: Call): readonly string[] {
  if (call.words.length === 0) throw new UsageError("usage.needsText");
  return call.words;
}

/** The one file of a call. */
export function fileOf(call: Call): string {
  const [file] = call.words;
  if (file === undefined || call.words.length !== 1) throw new UsageError("usage.needsOneFile", { command: call.name });
  return file;
}

/** The two codes of a call. */
export function codesOf(call: Call): readonly [string, string] {
  const [first, second] = call.words;
  if (first === undefined || second === undefined || call.words.length !== 2)
    throw new UsageError("usage.needsTwoCodes", { command: call.name, example: "354 451" });
  return [first, second];
}
