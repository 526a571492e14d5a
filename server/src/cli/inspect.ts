import { type DocumentInspection, inspectDocument } from "../service.js";
import { expand, type ReadOptions, readInput } from "./input.js";
import { inspectText } from "./inspectText.js";
import { oneLine } from "./terminal.js";
import { reasonOf, tell } from "./words.js";
import type { World } from "./world.js";

export interface InspectCommand extends ReadOptions {
  readonly files: readonly string[];
  readonly format: "text" | "json";
}

/** One file of `inspect --format json`. */
export interface InspectedFile extends DocumentInspection {
  readonly file: string;
  readonly language: string;
}

/** Prints the sessions of files as data or for a person. Exit code 2 where a file cannot be read, else 0. */
export async function runInspect(world: World, command: InspectCommand): Promise<number> {
  const { files, missing } = await expand(world, command.files);
  for (const name of missing) world.error(tell(command.locale, "file.missing", { file: oneLine(name) }));
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
      const reason = reasonOf(command.locale, error);
      world.error(tell(command.locale, "file.unreadable", { file: oneLine(file), reason }));
    }
  }
  world.out(command.format === "text" ? texts.join("\n") : `${JSON.stringify(inspected, null, 2)}\n`);
  return unreadable ? 2 : 0;
}
