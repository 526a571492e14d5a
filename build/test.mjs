// npm test: everything, on a fresh clone, with nothing but Node and npm: installs, builds, checks, tests, and tries the
// extension in real editors. Ends with one line `N passed, N failed`.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled, requireNode, root, run, tool } from "./lib.mjs";

requireNode(20);

const results = [];

/** Counts a step that has no count of its own as one test. */
async function step(name, work) {
  console.log(`\n# ${name}`);
  const began = Date.now();
  const { passed, failed } = await work().catch((error) => {
    console.error(error.message);
    return { passed: 0, failed: 1 };
  });
  results.push({ name, passed, failed, seconds: (Date.now() - began) / 1000 });
}

/** One test that passes with exit code 0. */
const one = ({ code }) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 });

/** vitest, counted by its report; a file that does not load counts as a failure too. */
async function vitest() {
  const report = join(root, "test/e2e/.work/vitest.json");
  rmSync(report, { force: true });
  const flags = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { code } = await tool("vitest/vitest.mjs", flags, { env: { ...process.env, CI: "true" } });
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
  const broken = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;
  const failed = numFailedTests + broken;
  return { passed: numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed };
}

/** The end-to-end tests, counted by their last line. */
async function endToEnd() {
  const { code, output } = await run(process.execPath, ["test/e2e/run.mjs"], { capture: true });
  const last = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  if (!last) return { passed: 0, failed: 1 };
  const failed = Number(last[2]);
  return { passed: Number(last[1]), failed: code !== 0 && failed === 0 ? 1 : failed };
}

await step("install", async () => {
  await ensureInstalled(".");
  return { passed: 0, failed: 0 };
});
await step("build", async () => one(await run(process.execPath, ["build/bundle.mjs"])));
await step("check", async () => one(await run(process.execPath, ["build/check.mjs"])));
await step("package", async () => one(await run(process.execPath, ["build/package.mjs"])));
await step("tests", vitest);
await step("end to end", endToEnd);

console.log("");
for (const { name, passed, failed, seconds } of results) {
  console.log(
    `${failed > 0 ? "FAILED" : "ok    "} ${name} (${seconds.toFixed(0)} s): ${passed} passed, ${failed} failed`,
  );
}
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`);
process.exitCode = sum("failed") > 0 ? 1 : 0;
