// Makes the pages of docs/rules/ from the rules.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { root } from "./lib.mjs";

/** A page for every rule, and the index by topic with what was left out and why: path → markdown. */
export async function generate() {
  const folder = await mkdtemp(join(tmpdir(), "rules-"));
  try {
    const outfile = join(folder, "rules.mjs");
    await esbuild.build({
      stdin: {
        contents: `
          export { allRules } from "./server/src/rules/all.ts";
          export { ruleIndex, rulePage } from "./server/src/rules/pages.ts";
          export { default as leftOut } from "./server/src/rules/left-out.json";`,
        resolveDir: root,
        loader: "ts",
      },
      bundle: true,
      format: "esm",
      platform: "node",
      outfile,
      logLevel: "warning",
    });
    const { allRules, leftOut, ruleIndex, rulePage } = await import(pathToFileURL(outfile).href);
    const pages = allRules.map((rule) => [`docs/rules/${rule.id}.md`, rulePage(rule)]);
    const reasons = Object.entries(leftOut).map(([id, reason]) => `- \`${id}\`: ${reason}`);
    const index = `${ruleIndex(allRules).trimEnd()}\n\n## Left out on purpose\n\nWhat other analysers report and this one does not:\n\n${reasons.join("\n")}\n`;
    return new Map([...pages, ["docs/rules/README.md", index]]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
