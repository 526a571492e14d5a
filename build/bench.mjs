// Measures the engine and the server as ratios within one run: `npm run bench`. Nothing here fails on a slow machine.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = new URL("../", import.meta.url);
const out = join(mkdtempSync(join(tmpdir(), "bench-")), "engine.mjs");
await build({
  stdin: {
    contents: `
      export { parseTranscript } from "./server/src/transcript.ts";
      export { runRules } from "./server/src/rules/run.ts";
      export { rules } from "./server/src/rules/index.ts";
      export { STANDARD } from "./server/src/rules/configure.ts";
      export { convertToRfc } from "./server/src/features/convert.ts";
      export { dialects } from "./server/src/dialects/index.ts";
      export { outline } from "./server/src/features/documentSymbols.ts";
      export { foldTranscript } from "./server/src/features/folding.ts";
      export { rename } from "./server/src/features/rename.ts";
      export { allMentions } from "./server/src/features/mentions.ts";
      export { parseDocument, lintDocument } from "./server/src/service.ts";
      export { messageRules } from "./server/src/rules/message/index.ts";
      export { runMessageRules } from "./server/src/rules/message/run.ts";
      export { SourceText } from "./server/src/text/source.ts";`,
    resolveDir: root.pathname,
    loader: "ts",
  },
  bundle: true,
  platform: "node",
  format: "esm",
  outfile: out,
  logLevel: "error",
});
const engine = await import(pathToFileURL(out).href);

/** Best of some runs in milliseconds: the least disturbed one. */
function best(run, times = 12) {
  return bestOf(() => undefined, run, times);
}

/** The least of the times that some runs took of themselves. */
function least(measure, times = 5) {
  return Math.min(...Array.from({ length: times }, measure));
}

/** The same for a step that needs something fresh each time, whose making is not counted. */
function bestOf(make, run, times = 12) {
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < times; k++) {
    const fresh = make();
    const start = performance.now();
    run(fresh);
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

/** The base of all ratios: one pass over the text with charCodeAt. */
function loop(text) {
  let sum = 0;
  for (let k = 0; k < text.length; k++) sum += text.charCodeAt(k);
  return sum;
}

const session = (mistake) => [
  "S: 220 mx.example.com ESMTP",
  "C: EHLO client.example.org",
  "S: 250-mx.example.com",
  "S: 250-SIZE 10485760",
  "S: 250-ENHANCEDSTATUSCODES",
  "S: 250 8BITMIME",
  mistake ? "C: MAIL FROM: <alice@example.org>" : "C: MAIL FROM:<alice@example.org>",
  "S: 250 2.1.0 Ok",
  "C: RCPT TO:<bob@example.com>",
  "S: 250 2.1.5 Ok",
  "C: DATA",
  "S: 354 End data with <CR><LF>.<CR><LF>",
  "C: From: Alice <alice@example.org>",
  "C: Subject: Hello",
  "C:",
  ...Array.from(
    { length: 80 },
    (_, k) => `C: This is line ${k} of a message that says little and says it at some length.`,
  ),
  "C: .",
  "S: 250 2.0.0 Ok: queued as 4F2A1B",
  "C: QUIT",
  "S: 221 2.0.0 Bye",
];

/** A transcript of about so many lines; every hundredth session line is a mistake, as in the aim of the project. */
function transcript(lines) {
  const result = [];
  while (result.length < lines) result.push(...session(true));
  return `${result.slice(0, lines).join("\n")}\n`;
}

/** A document that nobody has asked anything yet, already read. */
function freshly(text) {
  const source = new engine.SourceText(text);
  const document = engine.parseDocument({ uri: "file:///a.smtp", version: 1, language: "smtp-transcript", source });
  document.transcript.sessions.length;
  return document;
}

/** Time to make the edits that rename the sender of every message, in a document that is read but for the first question. */
function renaming(document) {
  const position = document.source.positionAt(document.source.text.indexOf("alice@"));
  const start = performance.now();
  engine.rename.run({ document, cancelled: () => false }, { position, newName: "carol@example.net" });
  return performance.now() - start;
}

/** Time to find every address and id of a document: the first search for references. */
function mentions(document) {
  const start = performance.now();
  engine.allMentions(document);
  return performance.now() - start;
}

const row = (name, value, unit) => console.log(`${name.padEnd(64)} ${value.toFixed(2).padStart(9)} ${unit}`);

const big = transcript(100_000);
const base = best(() => loop(big));
const parsed = engine.parseTranscript(big);
const parse = best(() => engine.parseTranscript(big));
// Findings are kept with what they are about: each run judges a transcript that nobody has judged.
const rules = bestOf(
  () => engine.parseTranscript(big),
  (unjudged) => engine.runRules(unjudged, engine.rules, engine.STANDARD),
);
console.log(`100,000 lines, ${(big.length / 1e6).toFixed(1)} M characters; charCodeAt loop ${base.toFixed(1)} ms = 1`);
row("parse", parse / base, "x");
row("all rules (1 % mistakes)", rules / base, "x");
row("parse and all rules", (parse + rules) / base, "x");
row("rules / parse", rules / parse, "x");
row("outline / parse", best(() => engine.outline(parsed, "en")) / parse, "x");
row("folding / parse", best(() => engine.foldTranscript(parsed)) / parse, "x");
row("rename / parse", least(() => renaming(freshly(big))) / parse, "x");
let count = 0;
const different = big.replace(/4F2A1B/g, () => `4F2A1B${(count++).toString(16)}`);
row("references with a queue id each session / parse", least(() => mentions(freshly(different))) / parse, "x");

console.log(
  "\nreading each dialect (recordings repeated to 1 M characters), time a character as ratio to the same sessions as C:/S: lines",
);
const corpus = new URL("test/corpus/", root);
const speeds = [];
for (const dialect of engine.dialects) {
  let text = "";
  try {
    for (const name of readdirSync(new URL(`${dialect.id}/`, corpus)))
      text += readFileSync(new URL(`${dialect.id}/${name}`, corpus), "latin1");
  } catch {
    continue;
  }
  if (text === "") continue;
  text = text.repeat(Math.ceil(1_000_000 / text.length));
  const plain = engine.convertToRfc(engine.parseTranscript(text, dialect.id));
  if (plain === "") continue;
  const own = best(() => engine.parseTranscript(text, dialect.id), 3);
  const same = best(() => engine.parseTranscript(plain, "client-server"), 3);
  speeds.push([dialect.id, own / text.length / (same / plain.length), own / best(() => loop(text), 3)]);
}
for (const [id, ratio, toLoop] of speeds.sort((a, b) => b[1] - a[1])) {
  row(`  ${id} (${toLoop.toFixed(0)} times the loop)`, ratio, "x");
}

const message = `From: a@example.org\nSubject: big\nContent-Type: text/plain\n\n${"A line of text that is repeated until the message is large.\n".repeat(160_000)}`;
const messageBase = best(() => loop(message), 3);
const readMessage = best(() => {
  const document = engine.parseDocument({
    uri: "x",
    version: 1,
    language: "eml-message",
    source: new engine.SourceText(message),
  });
  return document.message;
}, 3);
console.log(`\na message of ${(message.length / 1e6).toFixed(0)} M characters`);
row("structure / loop", readMessage / messageBase, "x");
benchLargeMessages();

console.log("\nlanguage server over stdio");
await benchServer();

/** Messages of 50 M characters: structure and findings, first without and then with the index of lines. */
function benchLargeMessages() {
  const size = 50_000_000;
  const fill = (piece) => piece.repeat(Math.ceil(size / piece.length));
  const base64 = `${"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAx".slice(0, 76)}\r\n`;
  const text = "A line of text that is repeated until the message is large.\r\n";
  const multipart = 'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n';
  const part = (lines) =>
    `--b\r\nContent-Type: application/pdf; name="a.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64.repeat(lines)}`;
  const bodies = {
    "one base64 part": `${multipart}${part(Math.ceil(size / base64.length))}--b--\r\n`,
    "500 base64 parts": `${multipart}${part(1350).repeat(500)}--b--\r\n`,
    "13,000 base64 parts": `${multipart}${part(50).repeat(13_000)}--b--\r\n`,
    "text in a multipart": `${multipart}--b\r\nContent-Type: text/plain\r\n\r\n${fill(text)}--b--\r\n`,
    "text with a line of 10 M": `\r\n${fill(text).slice(0, 40_000_000)}${"x".repeat(10_000_000)}\r\n`,
  };
  for (const [name, body] of Object.entries(bodies)) {
    // Joined once, so that the loop and the reader walk the same flat text.
    const message = Buffer.from(`From: a@example.org\r\nSubject: large\r\n${body}`).toString("latin1");
    const once = best(() => loop(message), 3);
    const read = (source) => {
      const document = engine.parseDocument({ uri: "x", version: 1, language: "eml-message", source });
      return engine.runMessageRules(document.message, source, engine.messageRules);
    };
    const source = new engine.SourceText(message);
    row(`${name}: structure and findings / loop`, best(() => read(source), 3) / once, "x");
    row(`${name}: with the index of lines / loop`, best(() => read(new engine.SourceText(message)), 3) / once, "x");
  }
}

/** A client of the server over stdio, just enough to time it. */
function connect(script) {
  const child = spawn(process.execPath, [script, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const waiting = new Map();
  let buffer = Buffer.alloc(0);
  let next = 1;
  child.stdout.on("data", (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const head = buffer.indexOf("\r\n\r\n");
      if (head === -1) return;
      const length = Number(/Content-Length: (\d+)/.exec(buffer.subarray(0, head).toString())[1]);
      if (buffer.length < head + 4 + length) return;
      const reply = JSON.parse(buffer.subarray(head + 4, head + 4 + length).toString());
      buffer = buffer.subarray(head + 4 + length);
      if (reply.method && reply.id !== undefined)
        send({ id: reply.id, result: reply.method === "workspace/configuration" ? [null] : null });
      else waiting.get(reply.id)?.(reply);
    }
  });
  const send = (content) => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...content }));
    child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    child.stdin.write(body);
  };
  const request = (method, params) =>
    new Promise((resolve) => {
      const id = next++;
      waiting.set(id, resolve);
      send({ id, method, params });
    });
  return { request, notify: (method, params) => send({ method, params }), stop: () => child.kill() };
}

async function timed(run) {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

async function benchServer() {
  const script = new URL("dist/server.node.cjs", root).pathname;
  const starts = [];
  for (let k = 0; k < 5; k++) {
    const start = performance.now();
    const server = connect(script);
    await server.request("initialize", { processId: null, rootUri: null, capabilities: {} });
    starts.push(performance.now() - start);
    server.stop();
  }
  const node = [];
  for (let k = 0; k < 5; k++)
    node.push(await timed(() => new Promise((done) => spawn(process.execPath, ["-e", "0"]).on("exit", done))));
  row("start to initialize answer / an empty node process", percentile(starts, 0) / percentile(node, 0), "x");

  const server = connect(script);
  await server.request("initialize", {
    processId: null,
    rootUri: null,
    capabilities: { textDocument: { diagnostic: {}, hover: { contentFormat: ["markdown"] } } },
  });
  server.notify("initialized", {});
  const empty = { uri: "untitled:empty.smtp" };
  server.notify("textDocument/didOpen", {
    textDocument: { ...empty, languageId: "smtp-transcript", version: 1, text: "" },
  });
  const idle = [];
  for (let k = 0; k < 50; k++)
    idle.push(
      await timed(() =>
        server.request("textDocument/hover", { textDocument: empty, position: { line: 0, character: 0 } }),
      ),
    );
  row("hover in an empty document, p50 (the base below)", percentile(idle, 0.5), "ms");
  for (const lines of [1_000, 10_000, 100_000]) await benchDocument(server, lines, percentile(idle, 0.5));
  server.stop();
}

async function benchDocument(server, lines, idle) {
  const textDocument = { uri: `untitled:${lines}.smtp` };
  server.notify("textDocument/didOpen", {
    textDocument: { ...textDocument, languageId: "smtp-transcript", version: 1, text: transcript(lines) },
  });
  const first = await timed(() => server.request("textDocument/diagnostic", { textDocument }));
  row(`${lines} lines: open to first findings`, first, "ms");
  const edits = [];
  const middle = Math.floor(lines / 2 / 99) * 99 + 50;
  for (let k = 0; k < 5; k++) {
    const position = { line: middle, character: 10 };
    server.notify("textDocument/didChange", {
      textDocument: { ...textDocument, version: 2 + k },
      contentChanges: [{ range: { start: position, end: position }, text: "x" }],
    });
    edits.push(await timed(() => server.request("textDocument/diagnostic", { textDocument })));
  }
  row(`${lines} lines: edit in the middle to fresh findings, median`, percentile(edits, 0.5), "ms");
  const hovers = [];
  for (let k = 0; k < 50; k++) {
    const position = { line: Math.min(lines - 2, (k * 997) % lines), character: 5 };
    hovers.push(await timed(() => server.request("textDocument/hover", { textDocument, position })));
  }
  row(`${lines} lines: hover p50 / empty`, percentile(hovers, 0.5) / idle, "x");
  row(`${lines} lines: hover p99 / empty`, percentile(hovers, 0.99) / idle, "x");
  const range = { start: { line: middle, character: 0 }, end: { line: middle + 60, character: 0 } };
  row(
    `${lines} lines: tokens for a screen / empty`,
    percentile(await many(() => server.request("textDocument/semanticTokens/range", { textDocument, range })), 0.5) /
      idle,
    "x",
  );
  row(
    `${lines} lines: hints for a screen / empty`,
    percentile(await many(() => server.request("textDocument/inlayHint", { textDocument, range })), 0.5) / idle,
    "x",
  );
}

async function many(run, times = 20) {
  const values = [];
  for (let k = 0; k < times; k++) values.push(await timed(run));
  return values;
}
