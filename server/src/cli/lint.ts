import { dirname, resolve } from "node:path";
import { anyRuleById } from "../rules/all.js";
import { type ConfigFile, parseConfig, type RuleSettings, STANDARD, withConfig } from "../rules/configure.js";
import { type Locale, lintDocument, type Problem } from "../service.js";
import { scanBytes } from "../text/bytes.js";
import { formatGithub } from "./formats/github.js";
import { formatJson } from "./formats/json.js";
import { formatSarif } from "./formats/sarif.js";
import { formatStylish } from "./formats/stylish.js";
import { expand, type Input, type ReadOptions, readInput } from "./input.js";
import type { LintResult } from "./lintResult.js";
import { oneLine } from "./terminal.js";
import { keyOf, reasonOf, tell } from "./words.js";
import type { World } from "./world.js";

export const LINT_FORMATS = ["stylish", "json", "sarif", "github"] as const;

export interface LintCommand extends ReadOptions {
  readonly files: readonly string[];
  readonly format: (typeof LINT_FORMATS)[number];
  readonly config: string | undefined;
  /** More warnings than this fail; undefined for no limit. */
  readonly maxWarnings: number | undefined;
}

/** Name of the file with settings for a folder. */
const CONFIG_NAME = ".smtptranscripts.json";

/** Finds and prints findings. Gives the exit code: 0 nothing at error level, 1 findings, 2 something could not be read. */
export async function runLint(world: World, command: LintCommand): Promise<number> {
  const given = command.config === undefined ? undefined : await readConfig(world, command.config, command.locale);
  if (command.config !== undefined && !given) return 2;
  const { files, missing } = await expand(world, command.files);
  for (const name of missing) world.error(tell(command.locale, "file.missing", { file: oneLine(name) }));
  let unreadable = missing.length > 0;
  const results: LintResult[] = [];
  const known = new Map<string, Promise<ConfigFile | undefined>>();
  for (const file of files) {
    try {
      const config = given ?? (await configUpward(world, file, known, command.locale));
      const input = await readInput(world, file, { ...command, dialect: command.dialect ?? config?.dialect });
      const settings: RuleSettings = config ? withConfig(STANDARD, config) : STANDARD;
      results.push({
        input,
        problems: lintDocument(input.document, { settings, locale: command.locale, facts: factsOf(input) }),
      });
    } catch (error) {
      unreadable = true;
      const reason = reasonOf(command.locale, error);
      world.error(tell(command.locale, "file.unreadable", { file: oneLine(file), reason }));
    }
  }
  // "Nothing found" would be no answer about files that could not be read.
  if (results.length > 0 || !unreadable || command.format !== "stylish") world.out(format(world, command, results));
  if (unreadable) return 2;
  return failed(results, command, world) ? 1 : 0;
}

/** Bytes say more than text only where each octet became what it says: not in UTF-16. */
function factsOf({ encoding, bytes }: Input) {
  return encoding === "utf-8" || encoding === "latin1" ? scanBytes(bytes) : undefined;
}

function format(world: World, command: LintCommand, results: readonly LintResult[]): string {
  switch (command.format) {
    case "json":
      return formatJson(results);
    case "sarif":
      return formatSarif(results);
    case "github":
      return formatGithub(results);
    default:
      return formatStylish(results, world.colours, command.locale);
  }
}

function failed(results: readonly LintResult[], { maxWarnings, locale }: LintCommand, world: World): boolean {
  const count = (severity: Problem["severity"]): number =>
    results.reduce((sum, { problems }) => sum + problems.filter((problem) => problem.severity === severity).length, 0);
  if (count("error") > 0) return true;
  const warnings = count("warning");
  if (maxWarnings === undefined || warnings <= maxWarnings) return false;
  world.error(tell(locale, "lint.tooManyWarnings", { count: warnings, option: "--max-warnings", limit: maxWarnings }));
  return true;
}

async function readConfig(world: World, path: string, locale: Locale): Promise<ConfigFile | undefined> {
  let text: string;
  try {
    text = new TextDecoder().decode(await world.readFile(path));
  } catch (error) {
    world.error(tell(locale, "file.unreadable", { file: oneLine(path), reason: reasonOf(locale, error) }));
    return undefined;
  }
  const { config, problems } = parseConfig(text, (id) => anyRuleById(id) !== undefined);
  for (const { path: place, message } of problems) {
    const where = place === "" ? oneLine(path) : `${oneLine(path)}: ${oneLine(place)}`;
    world.error(`${where}: ${configProblem(locale, message)}`);
  }
  return config;
}

/** What is wrong with a configuration file, in the reader's language. What the JSON reader says stays English. */
function configProblem(locale: Locale, message: string): string {
  const key = keyOf("config.", message);
  if (key) return tell(locale, key);
  const [, reason] = /^This is no JSON: (.*)$/s.exec(message) ?? [];
  return reason === undefined ? oneLine(message) : tell(locale, "config.noJson", { reason: oneLine(reason) });
}

/** The configuration file found upward from a file; nothing for standard input. */
async function configUpward(
  world: World,
  file: string,
  known: Map<string, Promise<ConfigFile | undefined>>,
  locale: Locale,
): Promise<ConfigFile | undefined> {
  if (file === "-") return undefined;
  let folder = dirname(resolve(file));
  for (;;) {
    const path = resolve(folder, CONFIG_NAME);
    let config = known.get(path);
    if (!config) {
      config = world.kindOf(path).then((kind) => (kind === "file" ? readConfig(world, path, locale) : undefined));
      known.set(path, config);
    }
    const found = await config;
    const above = dirname(folder);
    if (found || above === folder) return found;
    folder = above;
  }
}
