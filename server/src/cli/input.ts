import { basename, join } from "node:path";
import { type DocumentLanguage, type Locale, type ParsedDocument, parseDocument } from "../service.js";
import { strictUtf8 } from "../text/octets.js";
import { SourceText } from "../text/source.js";
import { oneLine } from "./terminal.js";
import { tell } from "./words.js";
import type { World } from "./world.js";

/** How the octets of a file became text. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "latin1";

/**
 * Reads octets as text: a byte order mark decides, then UTF-8 where the octets are it, then Latin-1, in which any octets
 * are text. Nothing is lost: NUL and lone CR stay.
 */
export function decode(bytes: Uint8Array): { readonly text: string; readonly encoding: Encoding } {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return { text: decodeAs("utf-16le", bytes), encoding: "utf-16le" };
  if (first === 0xfe && second === 0xff) return { text: decodeAs("utf-16be", bytes), encoding: "utf-16be" };
  const text = strictUtf8(bytes);
  if (text !== undefined) return { text, encoding: "utf-8" };
  return { text: Buffer.from(bytes).toString("latin1"), encoding: "latin1" };
}

function decodeAs(name: string, bytes: Uint8Array): string {
  return new TextDecoder(name).decode(bytes);
}

/** Text back to the octets it came from. */
export function encode(text: string, encoding: Encoding): Uint8Array {
  return encoding === "latin1" ? Buffer.from(text, "latin1") : new TextEncoder().encode(text);
}

/** A file that was read. */
export interface Input {
  /** As the user named it; "-" for standard input. */
  readonly file: string;
  readonly document: ParsedDocument;
  readonly encoding: Encoding;
  readonly bytes: Uint8Array;
}

export interface ReadOptions {
  readonly dialect?: string | undefined;
  readonly language?: DocumentLanguage | undefined;
  /** Language of notes and errors. */
  readonly locale: Locale;
}

/** Reads one file or, for "-", standard input. Notes on standard error what had to be guessed. */
export async function readInput(world: World, file: string, options: ReadOptions): Promise<Input> {
  const bytes = file === "-" ? await world.readStandardInput() : await world.readFile(file);
  const { text, encoding } = decode(bytes);
  if (encoding === "latin1") world.error(tell(options.locale, "file.latin1", { file: oneLine(file) }));
  const language = options.language ?? (/\.eml$/i.test(file) ? "eml-message" : "smtp-transcript");
  const source = new SourceText(text);
  const document = parseDocument({ uri: file, version: 1, language, source, dialect: options.dialect });
  return { file, document, encoding, bytes };
}

/** Endings of the files that are looked at in a folder; a file that is named is always read. */
const ENDINGS = /\.(?:smtp|eml)$/i;
const SKIPPED = new Set(["node_modules", ".git"]);

/**
 * Files behind what the user named: files as they are, folders with all transcripts and messages below, and patterns with
 * `*`, `?` and `**` for shells that do not expand them. What names nothing is told in `missing`.
 */
export async function expand(
  world: World,
  named: readonly string[],
): Promise<{ readonly files: readonly string[]; readonly missing: readonly string[] }> {
  const files = new Set<string>();
  const missing: string[] = [];
  for (const name of named) {
    const found = await filesOf(world, name);
    if (found.length === 0) missing.push(name);
    for (const file of found) files.add(file);
  }
  return { files: [...files], missing };
}

async function filesOf(world: World, name: string): Promise<readonly string[]> {
  if (name === "-") return [name];
  const kind = await world.kindOf(name);
  if (kind === "file") return [name];
  if (kind === "folder") return walk(world, name, (path) => ENDINGS.test(path));
  if (!/[*?]/.test(name)) return [];
  const pattern = globPattern(name.replace(/\\/g, "/"));
  const fixed = name.slice(0, name.search(/[*?]/));
  const folder = fixed.includes("/") ? fixed.slice(0, fixed.lastIndexOf("/")) || "/" : ".";
  if ((await world.kindOf(folder)) !== "folder") return [];
  return walk(world, folder, (path) => pattern.test(path));
}

async function walk(world: World, folder: string, wanted: (path: string) => boolean): Promise<string[]> {
  const files: string[] = [];
  for (const { name, folder: isFolder } of await world.list(folder)) {
    const path = join(folder, name).replace(/\\/g, "/");
    if (isFolder && !SKIPPED.has(name)) files.push(...(await walk(world, path, wanted)));
    else if (!isFolder && wanted(path)) files.push(path);
  }
  return files;
}

/** A pattern of file names as a regular expression: `*` within a name, `**` across folders, `?` one character. */
function globPattern(glob: string): RegExp {
  const body = glob
    .replace(/^\.\//, "")
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*{2,}\/?|\*|\?/g, (sign) => (sign.startsWith("**") ? ".*" : sign === "*" ? "[^/]*" : "[^/]"));
  return new RegExp(`^${body}$`);
}

/** Name of a file without folders and ending, safe for a new file's name. */
export function stem(file: string): string {
  const name = file === "-" ? "message" : basename(file).replace(/\.[^.]*$/, "");
  return name.replace(/[^A-Za-z0-9._-]/g, "_") || "message";
}
