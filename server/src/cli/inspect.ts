import { type DocumentInspection, inspectDocument, type Locale } from "../service.js";
import { expand, type ReadOptions, readInput } from "./input.js";
import { inspectText } from "./inspectText.js";
import { reason } from "./lint.js";
import { oneLine } from "./terminal.js";
import type { World } from "./world.js";

export interface InspectCommand extends ReadOptions {
  readonly files: readonly string[];
  readonly format: "text" | "json";
  readonly locale: Locale;
}

/** One file of `inspect --format json`. */
export interface InspectedFile extends DocumentInspection {
  readonly file: string;
  readonly language: string;
}

/** Prints the sessions of files as data or for a person. Exit code 2 where a file cannot be read, else 0. */
export async function runInspect(world: World, command: InspectCommand): Promise<number> {
  const { files, missing } = await expand(world, command.files);
  for (const name of missing) world.error(`${oneLine(name)}: no such file, and no transcripts in it`);
  let unreadable = missing.length > 0;
  const inspected: InspectedFile[] = [];
  const texts: string[] = [];
  for (const file of files) {
    try {
      const { document } = await readInput(world, file, command);
      if (command.format === "text") texts.push(inspectText(file, document, command.locale));
      else inspected.push({ file, language: document.language, ...inspectDocument(document) });
    } catch (error) {
      unreadable = true;
      world.error(`${oneLine(file)}: cannot be read (${reason(error)})`);
    }
  }
  world.out(command.format === "text" ? texts.join("\n") : `${JSON.stringify(inspected, null, 2)}\n`);
  return unreadable ? 2 : 0;
}
