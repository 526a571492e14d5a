// Makes the pages of docs/codes/ from the reference.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { root } from "./lib.mjs";

/** Right-to-left pages say so: a viewer of markdown does not look at the language. */
const rtl = (text) => `<div dir="rtl">\n\n${text}\n</div>\n`;

/** All pages in English and Arabic: path → markdown. */
export async function generate() {
  const folder = await mkdtemp(join(tmpdir(), "codes-"));
  try {
    const outfile = join(folder, "pages.mjs");
    await esbuild.build({
      entryPoints: [join(root, "server/src/reference/pages.ts")],
      bundle: true,
      format: "esm",
      platform: "node",
      outfile,
      logLevel: "warning",
    });
    const { codePages } = await import(pathToFileURL(outfile).href);
    const english = [...codePages("en")].map(([name, text]) => [`docs/codes/${name}`, text]);
    const arabic = [...codePages("ar")].map(([name, text]) => [`docs/codes/ar/${name}`, rtl(text)]);
    return new Map([...english, ...arabic]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
