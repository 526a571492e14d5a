// Bundles the extension, the language server and the command line into dist/.
//   node build/bundle.mjs [--production] [--watch]
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { lazyJson } from "./lazy-json.mjs";
import { root } from "./lib.mjs";

const production = process.argv.includes("--production");
const watch = process.argv.includes("--watch");

const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: production,
  sourcemap: production ? false : "linked",
  legalComments: "none",
  logLevel: "warning",
  charset: "utf8",
  metafile: true,
  plugins: [lazyJson],
};
const node = { ...shared, platform: "node", target: "node20", format: "cjs", mainFields: ["module", "main"] };
const browser = { ...shared, platform: "browser", target: "es2022", mainFields: ["browser", "module", "main"] };

/** Every bundle: where it starts, where it goes. Clients get `vscode` from the editor. */
export const bundles = [
  { ...node, entryPoints: ["client/src/node/main.ts"], outfile: "dist/client.node.cjs", external: ["vscode"] },
  {
    ...browser,
    format: "cjs",
    entryPoints: ["client/src/browser/main.ts"],
    outfile: "dist/client.browser.js",
    external: ["vscode"],
  },
  { ...node, entryPoints: ["server/src/node/main.ts"], outfile: "dist/server.node.cjs" },
  { ...browser, format: "iife", entryPoints: ["server/src/browser/main.ts"], outfile: "dist/server.browser.js" },
  { ...node, entryPoints: ["server/src/cli/main.ts"], outfile: "dist/cli.cjs", banner: { js: "#!/usr/bin/env node" } },
];

function copyAssets() {
  mkdirSync(join(root, "dist"), { recursive: true });
  copyFileSync(
    join(root, "server/src/rules/smtptranscripts.schema.json"),
    join(root, "dist/smtptranscripts.schema.json"),
  );
}

async function build() {
  if (!watch) rmSync(join(root, "dist"), { recursive: true, force: true });
  copyAssets();
  const wanted = bundles.filter((bundle) => existsSync(join(root, bundle.entryPoints[0])));
  if (watch) {
    for (const bundle of wanted) await (await esbuild.context(bundle)).watch();
    return;
  }
  await Promise.all(wanted.map((bundle) => esbuild.build(bundle)));
  if (existsSync(join(root, "dist/cli.cjs"))) chmodSync(join(root, "dist/cli.cjs"), 0o755);
}

if (process.argv[1]?.endsWith("bundle.mjs")) {
  build().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
