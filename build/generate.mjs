// Writes the files that are made from others (pages, lists in package.json). With --check it writes nothing and fails
// where a file is stale.
//   node build/generate.mjs [--check]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./lib.mjs";

/**
 * Every generator: a module that exports `generate(): Promise<Map<path, text>> | Map<path, text>`, paths relative to the
 * project. Add yours here.
 */
const generators = ["./grammars.mjs", "./codes.mjs", "./rules.mjs", "./notices.mjs"];

const check = process.argv.includes("--check");
let stale = 0;
for (const path of generators) {
  const { generate } = await import(path);
  for (const [file, text] of await generate()) {
    const full = join(root, file);
    if (existsSync(full) && readFileSync(full, "utf8") === text) continue;
    stale++;
    if (check) {
      console.error(`${file} is stale: run npm run generate`);
    } else {
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, text);
      console.log(`wrote ${file}`);
    }
  }
}
if (check && stale > 0) process.exitCode = 1;
