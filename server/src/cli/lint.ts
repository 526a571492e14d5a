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
import type { World } from "./world.js";

export const LINT_FORMATS = ["stylish", "json", "sarif", "github"] as const;

export interface LintCommand extends ReadOptions {
  readonly files: readonly string[];
  readonly format: (typeof LINT_FORMATS)[number];
  readonly config: string | undefined;
  /** More warnings than this fail; undefined for no limit. */
  readonly maxWarnings: number | undefined;
  readonly locale: Locale;
}

/** Name of the file with settings for a folder. */
const CONFIG_NAME = ".smtptranscripts.json";

/** Finds and prints findings. Gives the exit code: 0 nothing at error level, 1 findings, 2 something could not be read. */
export async function runLint(world: World, command: LintCommand): Promise<number> {
  const given = command.config === undefined ? undefined : await readConfig(world, command.config);
  if (command.config !== undefined && !given) {
    world.error(`${command.config}: cannot be read`);
    return 2;
  }
  const { files, missing } = await expand(world, command.files);
  for (const name of missing) world.error(`${oneLine(name)}: no such file, and no transcripts in it`);
  let unreadable = missing.length > 0;
  const results: LintResult[] = [];
  const known = new Map<string, Promise<ConfigFile | undefined>>();
  for (const file of files) {
    try {
      const config = given ?? (await configUpward(world, file, known));
      const input = await readInput(world, file, { ...command, dialect: command.dialect ?? config?.dialect });
      const settings: RuleSettings = config ? withConfig(STANDARD, config) : STANDARD;
      results.push({
        input,
        problems: lintDocument(input.document, { settings, locale: command.locale, facts: factsOf(input) }),
      });
    } catch (error) {
      unreadable = true;
      world.error(`${oneLine(file)}: cannot be read (${reason(error)})`);
    }
  }
  world.out(format(world, command, results));
  if (unreadable) return 2;
  return failed(results, command.maxWarnings, world) ? 1 : 0;
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

function failed(results: readonly LintResult[], maxWarnings: number | undefined, world: World): boolean {
  const count = (severity: Problem["severity"]): number =>
    results.reduce((sum, { problems }) => sum + problems.filter((problem) => problem.severity === severity).length, 0);
  if (count("error") > 0) return true;
  const warnings = count("warning");
  if (maxWarnings === undefined || warnings <= maxWarnings) return false;
  world.error(`${warnings} warnings, more than the ${maxWarnings} of --max-warnings`);
  return true;
}

async function readConfig(world: World, path: string): Promise<ConfigFile | undefined> {
  let text: string;
  try {
    text = new TextDecoder().decode(await world.readFile(path));
  } catch {
    return undefined;
  }
  const { config, problems } = parseConfig(text, (id) => anyRuleById(id) !== undefined);
  for (const problem of problems) world.error(oneLine(`${path}: ${problem.path} ${problem.message}`));
  return config;
}

/** The configuration file found upward from a file; nothing for standard input. */
async function configUpward(
  world: World,
  file: string,
  known: Map<string, Promise<ConfigFile | undefined>>,
): Promise<ConfigFile | undefined> {
  if (file === "-") return undefined;
  let folder = dirname(resolve(file));
  for (;;) {
    const path = resolve(folder, CONFIG_NAME);
    let config = known.get(path);
    if (!config) {
      config = world.kindOf(path).then((kind) => (kind === "file" ? readConfig(world, path) : undefined));
      known.set(path, config);
    }
    const found = await config;
    const above = dirname(folder);
    if (found || above === folder) return found;
    folder = above;
  }
}

/** Why a file could not be read, in a word of the system such as ENOENT. */
export function reason(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "unreadable";
}
