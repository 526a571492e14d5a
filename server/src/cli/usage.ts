import { LOCALES, type Locale } from "../reference/index.js";
import { LINT_FORMATS } from "./lint.js";
import { KINDS } from "./texts.js";
import { type CliData, type CliKey, tell } from "./words.js";

/** How each command is called; what it does is said in the reader's language below it. */
const COMMANDS: readonly (readonly [synopsis: string, key: CliKey, data?: CliData])[] = [
  [
    `lint [--format ${LINT_FORMATS.join("|")}] [--config FILE] [--max-warnings N] FILE…|-`,
    "help.lint",
    { option: "--config", file: ".smtptranscripts.json" },
  ],
  ["inspect [--format text|json] FILE…|-", "help.inspect"],
  ["explain CODE [ENHANCED] | TEXT… [--after VERB]", "help.explain"],
  ["compare CODE CODE", "help.compare"],
  ["redact [--keep KIND,…] FILE|-", "help.redact", { option: "--keep", kinds: KINDS.join(", ") }],
  ["convert --to rfc FILE|-", "help.convert", { client: '"C: "', server: '"S: "' }],
  ["extract FILE|- [--out DIR]", "help.extract", { file: ".eml" }],
  ["dialects [--format text|json]", "help.dialects"],
  ["lsp --stdio", "help.lsp"],
];

const OPTIONS: readonly (readonly [option: string, key: CliKey, data?: CliData])[] = [
  ["--dialect ID", "help.dialect"],
  ["--language ID", "help.language", { transcript: "smtp-transcript", message: "eml-message" }],
  ["--locale L", "help.locale", { locales: LOCALES.join(", ") }],
  ["--help", "help.help"],
  ["--version", "help.version"],
];

/** What `--help` prints. Synopses are the same in every language and stand on lines of their own, so that none mixes directions. */
export function usage(locale: Locale): string {
  const lines = [tell(locale, "about"), ""];
  for (const [synopsis, key, data] of COMMANDS)
    lines.push(`  smtp-transcripts ${synopsis}`, `      ${tell(locale, key, data)}`);
  lines.push("", tell(locale, "help.options"));
  for (const [option, key, data] of OPTIONS) lines.push(`  ${option.padEnd(14)}  ${tell(locale, key, data)}`);
  lines.push("", tell(locale, "help.files", { endings: ".smtp, .eml", example: '"logs/**/*.smtp"', dash: '"-"' }));
  lines.push("", tell(locale, "help.exit", { zero: 0, one: 1, two: 2 }));
  return `${lines.join("\n")}\n`;
}
