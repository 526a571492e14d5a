import { join } from "node:path";
import { convertToRfc, dialectList, extractMessages, redactDocument, redactEverything } from "../service.js";
import { encode, type ReadOptions, readInput, stem } from "./input.js";
import { harmless, oneLine } from "./terminal.js";
import { reasonOf, tell } from "./words.js";
import type { World } from "./world.js";

/** `dialects`: what can be read, with the program and version each was seen with. */
export function runDialects(world: World, format: "text" | "json"): number {
  const list = dialectList();
  if (format === "json") {
    world.out(`${JSON.stringify(list, null, 2)}\n`);
    return 0;
  }
  const width = Math.max(...list.map(({ id }) => id.length));
  for (const { id, title, seenWith } of list) world.out(`${id.padEnd(width)}  ${title} (${seenWith})\n`);
  return 0;
}

/** `convert --to rfc`: a transcript as `C: `/`S: ` lines on standard output. */
export async function runConvert(world: World, file: string, options: ReadOptions): Promise<number> {
  return withInput(world, file, options, async ({ document }) => {
    const { sessions } = document.transcript;
    if (sessions.length === 0) {
      world.error(tell(options.locale, "convert.nothing", { file: oneLine(file) }));
      return 1;
    }
    world.out(convertToRfc(document.transcript));
    return 0;
  });
}

/** `extract`: the messages of a transcript as new `.eml` files, with the octets that the client sent. */
export async function runExtract(world: World, file: string, out: string, options: ReadOptions): Promise<number> {
  return withInput(world, file, options, async ({ document, encoding }) => {
    const messages = extractMessages(document.transcript);
    if (messages.length === 0) {
      world.error(tell(options.locale, "extract.nothing", { file: oneLine(file) }));
      return 1;
    }
    await world.makeFolder(out);
    for (const [index, message] of messages.entries()) {
      const path = join(out, `${stem(file)}-${index + 1}.eml`);
      try {
        await world.writeNew(path, message.octets(encoding === "latin1" ? "latin1" : "utf-8"));
      } catch (error) {
        const reason = reasonOf(options.locale, error);
        world.error(tell(options.locale, "file.unwritable", { file: oneLine(path), reason }));
        return 2;
      }
      world.out(`${harmless(path)}\n`);
      if (!message.complete) world.error(tell(options.locale, "extract.cut", { file: oneLine(path) }));
    }
    return 0;
  });
}

type Reading = Awaited<ReturnType<typeof readInput>>;

/** Reads one file and works on it; 2 where it cannot be read. */
export async function withInput(
  world: World,
  file: string,
  options: ReadOptions,
  work: (input: Reading) => Promise<number>,
): Promise<number> {
  let input: Reading;
  try {
    input = await readInput(world, file, options);
  } catch (error) {
    const reason = reasonOf(options.locale, error);
    world.error(tell(options.locale, "file.unreadable", { file: oneLine(file), reason }));
    return 2;
  }
  return work(input);
}

/** What `--keep` may name: kinds of data that stay readable. Credentials never stay. */
export const KINDS = ["addresses", "hosts", "ips", "ids", "subjects", "bodies"] as const;

/** `redact`: a transcript or a message with stand-ins for secrets, addresses, hosts, ids, subjects and bodies, on standard output. */
export async function runRedact(
  world: World,
  file: string,
  options: ReadOptions & { readonly keep: readonly (typeof KINDS)[number][] },
): Promise<number> {
  return withInput(world, file, options, async ({ document, encoding }) => {
    const kept = Object.fromEntries(options.keep.map((kind) => [kind, false]));
    const text = redactDocument(document, { ...redactEverything, ...kept });
    world.out(encode(text, encoding));
    return 0;
  });
}
