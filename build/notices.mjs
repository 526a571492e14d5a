// Makes THIRD-PARTY-NOTICES.md: the licences of the packages whose code esbuild puts into dist/.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { bundles } from "./bundle.mjs";
import { root } from "./lib.mjs";

const HEAD = `# Third-party notices

The bundles in \`dist/\` hold code of the packages below, each under its own licence. Made from the bundles by
\`npm run generate\`.

tldts carries the Public Suffix List (https://publicsuffix.org/list/), which is under the Mozilla Public License 2.0
(https://www.mozilla.org/MPL/2.0/).
`;

/** Paths of all files that go into the bundles, relative to the project. */
async function bundledFiles() {
  const built = await Promise.all(
    bundles.map((bundle) => esbuild.build({ ...bundle, write: false, sourcemap: false, metafile: true })),
  );
  const outputs = built.flatMap(({ metafile }) => Object.values(metafile.outputs));
  return outputs.flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => path.replaceAll("\\", "/")),
  );
}

/** The folder of the package that a file belongs to, the innermost where packages hold packages. */
function packageFolder(path) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
}

/** Name, version, licence and the words of the licence file of one package. */
function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
  const file = readdirSync(join(root, folder)).find((entry) => /^(?:licen[cs]e|copying)(?:\.\w+)?$/i.test(entry));
  if (!file || !license) throw new Error(`${folder} has no licence file, or does not name its licence.`);
  const words = readFileSync(join(root, folder, file), "utf8")
    .replaceAll("\r\n", "\n")
    .trim();
  const others = readdirSync(join(root, folder)).filter((entry) => /^notice(?:\.\w+)?$/i.test(entry));
  const more = others.map((entry) =>
    readFileSync(join(root, folder, entry), "utf8")
      .replaceAll("\r\n", "\n")
      .trim(),
  );
  const fenced = [words, ...more].map((text) => `\`\`\`\`text\n${text}\n\`\`\`\`\n`).join("\n");
  return { name, text: `## ${name} ${version}\n\n${license}\n\n${fenced}` };
}

/** The generator: path → text. */
export async function generate() {
  const folders = [...new Set((await bundledFiles()).map(packageFolder).filter(Boolean))];
  const notices = folders.map(notice).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return new Map([["THIRD-PARTY-NOTICES.md", [HEAD, ...notices.map(({ text }) => text)].join("\n")]]);
}
