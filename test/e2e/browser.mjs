// Finds a browser and starts it: $CHROME, an installed Chromium, else the one that comes from npm.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { here, work } from "./paths.mjs";

const INSTALLED = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Starts the browser; throws one clear sentence where there is none.
 * @param counter port on loopback where every host under tracker.test is found
 */
export async function launchBrowser(counter) {
  const { chromium } = await import("playwright-core");
  const { executablePath, env } = await findBrowser();
  const args = [...ARGUMENTS, `--host-resolver-rules=MAP *.tracker.test 127.0.0.1:${counter}`];
  return chromium.launch({ executablePath, headless: true, args, env: { ...process.env, ...env } });
}

async function findBrowser() {
  const chosen = process.env.CHROME;
  if (chosen && !existsSync(chosen)) throw new Error(`CHROME names ${chosen}, which does not exist.`);
  const executablePath = chosen ?? INSTALLED.find(existsSync);
  if (executablePath) return { executablePath, env: {} };
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("No browser found: set CHROME to the path of a Chromium or Chrome.");
  }
  return unpackFromNpm();
}

/** Unpacks the browser of @sparticuz/chromium, once, with the libraries and fonts that a bare machine lacks. */
async function unpackFromNpm() {
  const require = createRequire(join(here, "x.js"));
  const packed = join(dirname(require.resolve("@sparticuz/chromium")), "..", "bin");
  const folder = join(work, "browser");
  const done = join(folder, ".done");
  if (!existsSync(done)) {
    mkdirSync(folder, { recursive: true });
    await inflateInto(folder, packed);
    writeFileSync(done, "");
  }
  const libraries = [join(folder, "al2023", "lib"), process.env.LD_LIBRARY_PATH].filter(Boolean).join(":");
  const env = needsLibraries() ? { LD_LIBRARY_PATH: libraries } : {};
  return { executablePath: join(folder, "chromium"), env: { ...env, ...fonts(folder, require) } };
}

async function inflateInto(folder, packed) {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder; // the package unpacks into os.tmpdir()
  try {
    const { inflate } = await import(pathToFileURL(join(packed, "..", "build", "index.js")).href);
    for (const name of readdirSync(packed)) await inflate(join(packed, name));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

function needsLibraries() {
  const folders = ["/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib", "/lib/x86_64-linux-gnu"];
  return !folders.some((folder) => existsSync(join(folder, "libnss3.so")));
}

/** A font set of our own, so that text looks the same everywhere and Arabic has letters. */
function fonts(folder, require) {
  const file = join(folder, "fonts.conf");
  const ttf = join(dirname(require.resolve("dejavu-fonts-ttf/package.json")), "ttf");
  const families = {
    "DejaVu Sans Mono": ["monospace", "Courier New", "Consolas", "Menlo"],
    "DejaVu Sans": ["sans", "sans-serif", "system-ui", "Arial", "Helvetica", "Ubuntu", "Segoe UI"],
    "DejaVu Serif": ["serif", "Times New Roman"],
  };
  const alias = Object.entries(families).flatMap(([family, names]) =>
    names.map(
      (name) => `<alias binding="same"><family>${name}</family><prefer><family>${family}</family></prefer></alias>`,
    ),
  );
  const fallback =
    '<match target="pattern"><edit name="family" mode="append_last"><string>DejaVu Sans</string></edit></match>';
  const head = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">';
  writeFileSync(
    file,
    `${head}<fontconfig><dir>${ttf}</dir><cachedir>${join(folder, "font-cache")}</cachedir>${alias.join("")}${fallback}</fontconfig>\n`,
  );
  return { FONTCONFIG_FILE: file };
}
