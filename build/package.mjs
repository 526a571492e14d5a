// Makes dist/smtp-transcripts.vsix. What goes in is the allow-list .vscodeignore; the packager runs in a folder that holds
// only candidates, since it would walk through every file of the end-to-end tests' editors otherwise.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, run, tool } from "./lib.mjs";

const stage = join(root, "dist/stage");
const vsix = join(root, "dist/smtp-transcripts.vsix");
const CANDIDATES = [
  "README.md",
  "CHANGELOG.md",
  "LICENSE",
  "THIRD-PARTY-NOTICES.md",
  ".vscodeignore",
  "docs",
  "l10n",
  "syntaxes",
];

function fillStage() {
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(join(stage, "dist"), { recursive: true });
  for (const name of [...CANDIDATES, ...readdirSync(root).filter((file) => file.startsWith("package.nls."))]) {
    if (existsSync(join(root, name))) cpSync(join(root, name), join(stage, name), { recursive: true });
  }
  for (const name of readdirSync(join(root, "dist"))) {
    if (/\.(?:cjs|js|json)$/.test(name)) cpSync(join(root, "dist", name), join(stage, "dist", name));
  }
  const {
    scripts: _scripts,
    devDependencies: _dev,
    allowScripts: _allow,
    ...manifest
  } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  writeFileSync(join(stage, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Bundles for production and packages; the bundles stay in dist/. */
async function main() {
  const bundled = await run(process.execPath, [join(root, "build/bundle.mjs"), "--production"]);
  if (bundled.code !== 0) return bundled.code;
  fillStage();
  const { code } = await tool("@vscode/vsce/vsce", ["package", "--no-dependencies", "--out", vsix], { cwd: stage });
  rmSync(stage, { recursive: true, force: true });
  return code;
}

process.exitCode = await main();
