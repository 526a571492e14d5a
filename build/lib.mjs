// What the build scripts share: running programs and installing packages. Plain Node, no packages.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/**
 * Runs a program and waits for it; its output goes where ours goes, or is returned too with `capture`.
 * With `quiet` what it prints is only returned.
 * @returns its exit code and, with `capture`, what it printed
 */
export function run(command, args, { cwd = root, env = process.env, capture = false, quiet = false } = {}) {
  return new Promise((done) => {
    const shell = process.platform === "win32" && /^(npm|npx|code)$/.test(command);
    const child = spawn(command, args, {
      cwd,
      env,
      shell,
      stdio: ["ignore", capture ? "pipe" : "inherit", capture ? "pipe" : "inherit"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk) => {
        output += chunk;
        if (!quiet) process.stdout.write(chunk);
      });
    }
    child.on("error", (error) => done({ code: 127, output: String(error) }));
    child.on("close", (code) => done({ code: code ?? 1, output }));
  });
}

/** Runs a program of node_modules by its script, with the Node that runs us. */
export function tool(script, args, options) {
  return run(process.execPath, [join(root, "node_modules", script), ...args], options);
}

/**
 * Installs the packages of a folder by its lock file, unless they are there already.
 * @param folder relative to the project
 * @param args more arguments for npm
 * @param command "ci", or "install" for a folder whose lock file belongs to a package
 */
export async function ensureInstalled(folder, args = [], command = "ci") {
  const cwd = join(root, folder);
  const stamp = join(cwd, "node_modules", ".installed-for");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lockHash(cwd)) return;
  console.log(`Installing packages in ${folder} …`);
  const env = { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1" };
  const flags = ["--no-audit", "--no-fund", "--loglevel=error", ...args];
  for (let attempt = 1; ; attempt++) {
    const { code } = await run("npm", [command, ...flags], { cwd, env });
    if (code === 0) break;
    if (attempt === 3) throw new Error(`npm ${command} failed in ${folder} (exit ${code}).`);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, lockHash(cwd));
}

function lockHash(folder) {
  const lock = ["package-lock.json", "npm-shrinkwrap.json"].map((name) => join(folder, name)).find(existsSync);
  return createHash("sha256")
    .update(lock ? readFileSync(lock) : "")
    .digest("hex");
}

/** Ends with one clear sentence where Node is too old. */
export function requireNode(major) {
  const have = Number(process.versions.node.split(".")[0]);
  if (have >= major) return;
  console.error(`Node.js ${major} or newer is needed; this is ${process.versions.node}.`);
  process.exit(2);
}
