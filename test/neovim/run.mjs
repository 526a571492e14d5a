// Drives a headless Neovim (0.7 or later) against the built server over stdio, as a person would use it: diagnostics,
// hover, a quick fix, symbols. `npm run build` first. Fails where Neovim is not installed: a run that tests nothing would
// look like success.
import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const server = join(here, "../../dist/cli.cjs");

/** The same session as three tools print it; line numbers count from 0. */
const SESSIONS = {
  "C: and S: lines": {
    text: "S: 220 mx.example.com ESMTP\nC: EHLO client.example.org\nS: 250 mx.example.com\nC: MAIL FROM: <alice@example.org>\nS: 250 ok\nC: RCPT TO:<bob@example.com>\nS: 451 4.7.1 Greylisted, try again in 300 seconds\nC: QUIT\nS: 221 bye\n",
    reply: 6,
    fixed: "C: MAIL FROM:<alice@example.org>",
  },
  swaks: {
    text: "=== Trying mx.example.com:25...\n=== Connected to mx.example.com.\n<-  220 mx.example.com ESMTP\n -> EHLO client.example.org\n<-  250 mx.example.com\n -> MAIL FROM: <alice@example.org>\n<-  250 ok\n -> RCPT TO:<bob@example.com>\n<** 451 4.7.1 Greylisted, try again in 300 seconds\n -> QUIT\n<-  221 bye\n=== Connection closed with remote host.\n",
    reply: 8,
    fixed: " -> MAIL FROM:<alice@example.org>",
  },
  PHPMailer: {
    text: "2026-11-23 16:20:00\tSERVER -> CLIENT: 220 mx.example.com ESMTP\n2026-11-23 16:20:00\tCLIENT -> SERVER: EHLO client.example.org\n2026-11-23 16:20:00\tSERVER -> CLIENT: 250 mx.example.com\n2026-11-23 16:20:00\tCLIENT -> SERVER: MAIL FROM: <alice@example.org>\n2026-11-23 16:20:00\tSERVER -> CLIENT: 250 ok\n2026-11-23 16:20:00\tCLIENT -> SERVER: RCPT TO:<bob@example.com>\n2026-11-23 16:20:00\tSERVER -> CLIENT: 451 4.7.1 Greylisted, try again in 300 seconds\n2026-11-23 16:20:00\tCLIENT -> SERVER: QUIT\n2026-11-23 16:20:00\tSERVER -> CLIENT: 221 bye\n",
    reply: 6,
    column: 40,
    fixed: "2026-11-23 16:20:00\tCLIENT -> SERVER: MAIL FROM:<alice@example.org>",
  },
};

function fail(sentence) {
  console.error(sentence);
  process.exit(2);
}

const version = spawnSync("nvim", ["--version"], { encoding: "utf8" });
if (version.error)
  fail("Neovim is not installed, so nothing was tested. Install it (for example: apt-get install neovim).");
if (!existsSync(server)) fail("dist/cli.cjs is not there, so nothing was tested. Run npm run build first.");
console.log(version.stdout.split("\n")[0]);

let failed = 0;
for (const [name, { text, reply, column = 4, fixed }] of Object.entries(SESSIONS)) {
  const folder = mkdtempSync(join(tmpdir(), "smtp-nvim-"));
  try {
    const file = join(folder, "session.smtp");
    writeFileSync(file, text);
    const run = spawnSync("nvim", ["--headless", "--clean", "-n", "-c", `luafile ${join(here, "session.lua")}`], {
      encoding: "utf8",
      timeout: 90_000,
      env: {
        ...process.env,
        SERVER: server,
        NODE: process.execPath,
        FILE: file,
        REPLY: String(reply),
        COLUMN: String(column),
      },
    });
    const json = run.stdout.split("\n").find((line) => line.startsWith("{"));
    assert.ok(json, `Neovim printed no result: ${run.stderr}`);
    const seen = JSON.parse(json);
    assert.equal(seen.error, undefined);
    assert.ok(
      seen.diagnostics.some(({ code }) => code === "space-after-colon"),
      JSON.stringify(seen.diagnostics),
    );
    assert.match(seen.hover, /`451 4\.7\.1`/);
    assert.match(seen.hover, /5 minutes/);
    assert.ok(
      seen.symbols.some((symbol) => symbol.includes("<alice@example.org>")),
      seen.symbols.join(),
    );
    assert.equal(seen.line, fixed);
    assert.equal(seen.gone, true);
    console.log(`ok: ${name} (${seen.diagnostics.length} findings; fix "${seen.fix}"; ${seen.symbols.length} symbols)`);
  } catch (error) {
    failed++;
    console.error(`not ok: ${name}: ${error instanceof Error ? error.message : error}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
process.exit(failed === 0 ? 0 : 1);
