import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { TestClient } from "../kit/client.js";

/** The command line bundled as it is shipped, from the sources at hand. */
let folder: string;
let program: string;
let child: ChildProcess | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "smtp-transcripts-"));
  program = join(folder, "cli.cjs");
  await build({
    entryPoints: ["server/src/cli/main.ts"],
    outfile: program,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    mainFields: ["module", "main"],
  });
}, 60_000);

afterAll(() => {
  child?.kill();
  rmSync(folder, { recursive: true, force: true });
});

const TEXT =
  "S: 220 mx ESMTP\nC: EHLO c.example\nS: 250 mx\nC: MAIL FROM: <a@example.org>\nS: 250 ok\nC: QUIT\nS: 221 bye\n";

it("serves an editor over standard input and output, and ends when it is told to", async () => {
  child = spawn(process.execPath, [program, "lsp", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error("no pipes");
  const connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
  const client = new TestClient(connection, {});
  const ended = new Promise<number | null>((resolve) => child?.on("exit", resolve));
  await client.start();
  await client.open("file:///w/a.smtp", TEXT);
  await client.until(() => (client.pushed.get("file:///w/a.smtp")?.length ?? 0) > 0);
  expect(client.pushed.get("file:///w/a.smtp")?.[0]?.code).toBe("space-after-colon");
  expect(await client.hover("file:///w/a.smtp", 3, 4)).toContain("MAIL");
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  expect(await ended).toBe(0);
}, 30_000);

it("lints what comes through a pipe, with the exit code of the findings", async () => {
  const lint = spawn(process.execPath, [program, "lint", "--format", "json", "-"]);
  const output: Buffer[] = [];
  lint.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  const ended = new Promise<number | null>((resolve) => lint.on("close", resolve));
  lint.stdin.end(TEXT);
  expect(await ended).toBe(0);
  expect(JSON.parse(Buffer.concat(output).toString("utf8"))[0].diagnostics[0].rule).toBe("space-after-colon");
}, 30_000);
