// npm run check: format and lint, types, unused code, stale generated files. Runs all of them and fails if one fails.
import { run, tool } from "./lib.mjs";

const steps = [
  ["format and lint (biome)", () => tool("@biomejs/biome/bin/biome", ["check", "--error-on-warnings", "."])],
  ["types (tsc)", () => tool("typescript/bin/tsc", ["-p", "."])],
  ["types of the core, without Node and DOM (tsc)", () => tool("typescript/bin/tsc", ["-p", "tsconfig.core.json"])],
  ["unused code (knip)", () => tool("knip/bin/knip.js", [])],
  ["generated files", () => run(process.execPath, ["build/generate.mjs", "--check"])],
];

let failed = 0;
for (const [name, step] of steps) {
  const { code } = await step();
  console.log(`${code === 0 ? "ok    " : "FAILED"} ${name}`);
  if (code !== 0) failed++;
}
process.exitCode = failed > 0 ? 1 : 0;
