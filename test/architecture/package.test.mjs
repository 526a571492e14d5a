import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { describe, expect, it } from "vitest";
import { bundles } from "../../build/bundle.mjs";
import { customTypes } from "../../server/src/features/tokenTypes.ts";
import { clientCommands, serverCommands } from "../../server/src/lsp/protocol.ts";
import { version } from "../../server/src/version.ts";
import { root, sources } from "./imports.mjs";

const read = (path) => readFileSync(join(root, path), "utf8");
const manifest = JSON.parse(read("package.json"));
const { contributes } = manifest;

describe("settings", () => {
  it("in package.json are the ones that the program reads", () => {
    const declared = Object.keys(contributes.configuration.properties).map((key) =>
      key.replace(/^smtpTranscripts\./, ""),
    );
    const settings = read("server/src/lsp/settings.ts");
    const client = sources("client/src").map(read).join("\n");
    const readByServer = [...settings.matchAll(/\b(bag|hints)\.(\w+)/g)].map(([, bag, key]) =>
      bag === "hints" ? `inlayHints.${key}` : key,
    );
    const readByClient = [...client.matchAll(/\.get\("([\w.]+)"/g)].map(([, key]) => key);
    const known = new Set([...readByServer.filter((key) => key !== "inlayHints"), ...readByClient]);
    expect([...known].sort()).toEqual([...declared].sort());
  });
});

describe("commands", () => {
  const declared = contributes.commands.map(({ command }) => command);

  it("of the client and of the server never have the same id", () => {
    const server = Object.values(serverCommands);
    const client = [...declared, ...Object.values(clientCommands)];
    expect(client.filter((id) => server.includes(id))).toEqual([]);
    expect(server.every((id) => id.startsWith("smtpTranscripts.server."))).toBe(true);
  });

  it("that package.json declares are registered, and those in menus are declared", () => {
    const client = sources("client/src").map(read).join("\n");
    const registered = new Set(
      [...client.matchAll(/"(smtpTranscripts\.\w+)"/g)].map(([, id]) => id).concat(Object.values(clientCommands)),
    );
    expect(declared.filter((id) => !registered.has(id))).toEqual([]);
    const inMenus = Object.values(contributes.menus)
      .flat()
      .map(({ command }) => command);
    expect(inMenus.filter((id) => !declared.includes(id))).toEqual([]);
  });
});

describe("texts of the manifest", () => {
  const named = [...JSON.stringify(manifest).matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);

  it("exist in English, and none is left over", () => {
    expect(Object.keys(JSON.parse(read("package.nls.json"))).sort()).toEqual([...new Set(named)].sort());
  });

  it("exist in Arabic", () => {
    const arabic = JSON.parse(read("package.nls.ar.json"));
    expect(named.filter((key) => !arabic[key])).toEqual([]);
  });
});

it("package.json and the program agree on the version and the token types", () => {
  expect(version).toBe(manifest.version);
  expect(contributes.semanticTokenTypes.map(({ id }) => id)).toEqual([...customTypes]);
  for (const { scopes } of contributes.semanticTokenScopes) expect(Object.keys(scopes)).toEqual([...customTypes]);
});

describe("bundles", () => {
  const named = (outfile) => bundles.find((bundle) => bundle.outfile === outfile);
  const built = (outfile) => esbuild.build({ ...named(outfile), write: false, sourcemap: false });

  it.each(["dist/client.browser.js", "dist/server.browser.js"])("%s holds nothing of Node", async (outfile) => {
    const { outputFiles, metafile } = await built(outfile);
    const outside = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
    expect(outside.filter((path) => path !== "vscode")).toEqual([]);
    expect(outputFiles[0].text).not.toMatch(/require\("(?:node:|fs|path|child_process|net|os)\b/);
  });

  it("the client does not carry the server", async () => {
    const { metafile } = await built("dist/client.browser.js");
    const ours = Object.keys(metafile.inputs).filter((path) => path.startsWith("server/"));
    expect(ours.filter((path) => !/^server\/src\/(?:lsp\/protocol|text\/)/.test(path))).toEqual([]);
  });
});

describe("what is shipped", () => {
  it.each(["package-lock.json", "test/e2e/package-lock.json", "test/e2e/code-server/package-lock.json"])(
    "%s names no addresses, so that every registry can serve it",
    (lock) => expect(read(lock)).not.toContain('"resolved"'),
  );

  it("has no package to install", () => {
    expect(manifest.dependencies).toBeUndefined();
  });

  it("is on the allow-list", () => {
    const vsix = join(root, "dist/smtp-transcripts.vsix");
    if (!existsSync(vsix)) execFileSync(process.execPath, ["build/package.mjs"], { cwd: root });
    const files = namesInZip(readFileSync(vsix)).filter((name) => name.startsWith("extension/"));
    const allowed = [
      /^(?:package(?:\.nls(?:\.[\w-]+)?)?\.json|readme\.md|changelog\.md|LICENSE\.txt|THIRD-PARTY-NOTICES\.md)$/,
      /^dist\/(?:client\.(?:node\.cjs|browser\.js)|server\.(?:node\.cjs|browser\.js)|cli\.cjs|smtptranscripts\.schema\.json)$/,
      /^(?:syntaxes|l10n)\/[\w.-]+\.json$/,
      /^client\/media\/[\w.-]+\.css$/,
      /^docs\/(?:images\/[\w.-]+\.png|walkthrough\/[\w.-]+\.md)$/,
    ];
    const paths = files.map((name) => name.slice("extension/".length));
    expect(paths).toContain("dist/server.node.cjs");
    expect(paths.filter((path) => !allowed.some((pattern) => pattern.test(path)))).toEqual([]);
  }, 120_000);

  it("exists for everything that the manifest names", () => {
    const paths = [
      manifest.icon,
      ...contributes["markdown.previewStyles"],
      ...contributes.grammars.map(({ path }) => path),
      ...contributes.languages.map(({ configuration }) => configuration),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.markdown ?? media.image)),
    ];
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

/** The names in a ZIP file's central directory (APPNOTE 4.3.12). */
function namesInZip(bytes) {
  const names = [];
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    names.push(bytes.toString("utf8", at + 46, at + 46 + name));
    at += 46 + name + extra + comment;
  }
  return names;
}
