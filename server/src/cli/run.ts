import { version } from "../version.js";
import {
  type Call,
  callOf,
  codesOf,
  fileOf,
  filesOf,
  localeIn,
  oneOf,
  parseWords,
  queryOf,
  UsageError,
  type Values,
} from "./arguments.js";
import { runInspect } from "./inspect.js";
import { LINT_FORMATS, runLint } from "./lint.js";
import { runCompare, runExplain } from "./lookup.js";
import { oneLine } from "./terminal.js";
import { KINDS, runConvert, runDialects, runExtract, runRedact } from "./texts.js";
import { usage } from "./usage.js";
import { tell } from "./words.js";
import type { World } from "./world.js";

type Run = (world: World, call: Call) => number | Promise<number>;

/** Every command, with the options it knows besides those that all take. */
const COMMANDS: Readonly<Record<string, { readonly options: readonly (keyof Values)[]; readonly run: Run }>> = {
  lint: { options: ["format", "config", "max-warnings"], run: lint },
  inspect: {
    options: ["format"],
    run: (world, call) =>
      runInspect(world, { ...call, files: filesOf(call), format: oneOf(call.values.format, ["text", "json"]) }),
  },
  explain: {
    options: ["after", "format"],
    run: (world, call) => runExplain(world, queryOf(call), call.values.after, call.locale),
  },
  compare: { options: ["format"], run: (world, call) => runCompare(world, codesOf(call), call.locale) },
  redact: { options: ["keep"], run: redact },
  convert: { options: ["to"], run: convert },
  extract: {
    options: ["out"],
    run: (world, call) => runExtract(world, fileOf(call), call.values.out ?? ".", call),
  },
  dialects: {
    options: ["format"],
    run: (world, call) => runDialects(world, oneOf(call.values.format, ["text", "json"])),
  },
};

/**
 * Runs the command line. Gives the exit code: 0 nothing found at error level, 1 findings, 2 usage or unreadable input.
 * @param words arguments without the program
 */
export async function run(world: World, words: readonly string[]): Promise<number> {
  const locale = localeIn(words);
  try {
    const { values, positionals } = parseWords(words);
    if (values.version) {
      world.out(`${version}\n`);
      return 0;
    }
    const [name, ...rest] = positionals;
    if (values.help || name === "help") {
      world.out(usage(locale));
      return 0;
    }
    if (name === undefined) throw new UsageError("usage.noCommand");
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!command) throw new UsageError("usage.unknownCommand", { name: oneLine(name) });
    return await command.run(world, callOf(name, rest, values, command.options));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    world.error(`smtp-transcripts: ${tell(locale, error.key, error.data)}`);
    world.error(tell(locale, "usage.try", { command: "smtp-transcripts --help" }));
    return 2;
  }
}

function lint(world: World, call: Call): Promise<number> {
  const limit = call.values["max-warnings"];
  if (limit !== undefined && !/^\d{1,9}$/.test(limit))
    throw new UsageError("usage.needsNumber", { option: "--max-warnings" });
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
  const named = (call.values.keep ?? "").split(",").filter((kind) => kind !== "");
  const keep = named.map((kind) => oneOf(kind, KINDS));
  return runRedact(world, fileOf(call), { ...call, keep });
}

function convert(world: World, call: Call): Promise<number> {
  oneOf(call.values.to, ["rfc"]);
  return runConvert(world, fileOf(call), call);
}
