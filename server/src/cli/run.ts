import { parseArgs } from "node:util";
import { type DocumentLanguage, dialectById, type Locale, localeOf } from "../service.js";
import { version } from "../version.js";
import { runInspect } from "./inspect.js";
import { LINT_FORMATS, runLint } from "./lint.js";
import { runCompare, runExplain } from "./lookup.js";
import { oneLine } from "./terminal.js";
import { runConvert, runDialects, runExtract, runRedact } from "./texts.js";
import { USAGE } from "./usage.js";
import type { World } from "./world.js";

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

/** Something wrong in how the command was called. */
class UsageError extends Error {}

type Values = {
  readonly [K in keyof typeof OPTIONS]?: (typeof OPTIONS)[K]["type"] extends "string" ? string : boolean;
};

/** What a command gets: its words behind the name, and the options. */
interface Call {
  readonly words: readonly string[];
  readonly values: Values;
  readonly locale: Locale;
  readonly dialect: string | undefined;
  readonly language: DocumentLanguage | undefined;
}

type Run = (world: World, call: Call) => number | Promise<number>;

/** Every command, with the options it knows besides `--locale`, `--dialect` and `--language`. */
const COMMANDS: Readonly<Record<string, { readonly options: readonly (keyof Values)[]; readonly run: Run }>> = {
  lint: { options: ["format", "config", "max-warnings"], run: lint },
  inspect: {
    options: ["format"],
    run: (world, call) =>
      runInspect(world, { ...call, files: filesOf(call), format: oneOf(call.values.format, ["text", "json"]) }),
  },
  explain: {
    options: ["after", "format"],
    run: (world, call) => runExplain(world, needWords(call, 1, "a code or a text"), call.values.after, call.locale),
  },
  compare: {
    options: ["format"],
    run: (world, call) => {
      const [first = "", second = ""] = exactly(call, 2, "two codes");
      return runCompare(world, first, second, call.locale);
    },
  },
  redact: { options: ["keep"], run: redact },
  convert: { options: ["to"], run: convert },
  extract: {
    options: ["out"],
    run: (world, call) => runExtract(world, exactly(call, 1, "one file")[0] ?? "", call.values.out ?? ".", call),
  },
  dialects: {
    options: ["format"],
    run: (world, call) => runDialects(world, oneOf(call.values.format, ["text", "json"])),
  },
};

const COMMON: readonly (keyof Values)[] = ["locale", "dialect", "language", "help", "version"];

/**
 * Runs the command line. Gives the exit code: 0 nothing found at error level, 1 findings, 2 usage or unreadable input.
 * @param words arguments without the program
 */
export async function run(world: World, words: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = parse(words);
    if (values.version) {
      world.out(`${version}\n`);
      return 0;
    }
    const [name, ...rest] = positionals;
    if (values.help || name === "help") {
      world.out(USAGE);
      return 0;
    }
    if (name === undefined) throw new UsageError("a command is missing");
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!command) throw new UsageError(`there is no command "${oneLine(name)}"`);
    return await command.run(world, callOf(name, rest, values, command.options));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    world.error(`smtp-transcripts: ${error.message}`);
    world.error("Try smtp-transcripts --help.");
    return 2;
  }
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? oneLine(error.message) : "bad arguments");
  }
}

function callOf(name: string, words: readonly string[], values: Values, own: readonly (keyof Values)[]): Call {
  for (const key of Object.keys(values) as (keyof Values)[]) {
    if (!own.includes(key) && !COMMON.includes(key)) throw new UsageError(`${name} has no option --${key}`);
  }
  const { dialect, language, locale } = values;
  if (dialect !== undefined && dialect !== "auto" && !dialectById(dialect)) {
    throw new UsageError(`there is no dialect "${oneLine(dialect)}"; see smtp-transcripts dialects`);
  }
  if (language !== undefined) oneOf(language, ["smtp-transcript", "eml-message"]);
  return {
    words,
    values,
    locale: localeOf(locale),
    dialect: dialect === "auto" ? undefined : dialect,
    language: language as DocumentLanguage | undefined,
  };
}

function lint(world: World, call: Call): Promise<number> {
  const limit = call.values["max-warnings"];
  if (limit !== undefined && !/^\d{1,9}$/.test(limit)) throw new UsageError("--max-warnings needs a number");
  return runLint(world, {
    files: filesOf(call),
    format: oneOf(call.values.format, LINT_FORMATS),
    config: call.values.config,
    maxWarnings: limit === undefined ? undefined : Number(limit),
    locale: call.locale,
    dialect: call.dialect,
    language: call.language,
  });
}

function redact(world: World, call: Call): Promise<number> {
  const keep = (call.values.keep ?? "").split(",").filter((kind) => kind !== "");
  return runRedact(world, exactly(call, 1, "one file")[0] ?? "", { ...call, keep });
}

function convert(world: World, call: Call): Promise<number> {
  oneOf(call.values.to, ["rfc"]);
  return runConvert(world, exactly(call, 1, "one file")[0] ?? "", call);
}

/** The value of an option, the first of the allowed ones where it is left out. */
function oneOf<T extends string>(value: string | undefined, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === (value ?? allowed[0]));
  if (found === undefined) throw new UsageError(`"${oneLine(value ?? "")}" is none of ${allowed.join(", ")}`);
  return found;
}

function filesOf(call: Call): readonly string[] {
  return needWords(call, 1, "a file, a folder or -");
}

function needWords(call: Call, least: number, what: string): readonly string[] {
  if (call.words.length < least) throw new UsageError(`${what} is missing`);
  return call.words;
}

function exactly(call: Call, count: number, what: string): readonly string[] {
  if (call.words.length !== count) throw new UsageError(`needs ${what}`);
  return call.words;
}
