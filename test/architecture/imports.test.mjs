import { describe, expect, it } from "vitest";
import { importsOf, sources } from "./imports.mjs";

/**
 * Who may import whom inside the project: a stage and the stages it stands on. Files directly in server/src are stages of
 * their own. Whatever is not listed is forbidden.
 */
const MAY_IMPORT = {
  text: [],
  reference: [],
  dialects: ["text"],
  protocol: ["text", "reference"],
  session: ["text", "dialects", "protocol", "reference"],
  message: ["text", "reference"],
  blocks: ["text", "dialects", "protocol", "session"],
  "transcript.ts": ["text", "dialects", "session", "blocks"],
  rules: ["text", "reference", "dialects", "protocol", "session", "message", "blocks", "transcript.ts"],
  features: ["text", "reference", "dialects", "protocol", "session", "message", "blocks", "transcript.ts", "rules"],
  "service.ts": [
    "text",
    "reference",
    "dialects",
    "protocol",
    "session",
    "message",
    "transcript.ts",
    "rules",
    "features",
  ],
  "host.ts": [],
  "version.ts": [],
  lsp: ["text", "rules", "features", "service.ts", "host.ts", "version.ts"],
  cli: [
    "text",
    "reference",
    "dialects",
    "session",
    "rules",
    "features",
    "service.ts",
    "host.ts",
    "version.ts",
    "lsp",
    "node",
  ],
  node: ["lsp", "host.ts"],
  browser: ["lsp", "host.ts"],
  client: ["lsp", "text"],
};

/** Packages that a stage may use; stages that are not listed use none. */
const PACKAGES = {
  message: ["tldts", "@noble/hashes/legacy.js", "@noble/hashes/sha2.js"],
  features: ["vscode-languageserver-types", "tldts"],
  lsp: ["vscode-languageserver"],
  cli: ["node:fs/promises", "node:path", "node:util", "vscode-languageserver/node"],
  node: ["node:fs/promises", "node:path", "node:url", "vscode-languageserver/node"],
  browser: ["vscode-languageserver/browser"],
  client: ["vscode", "vscode-languageclient", "vscode-languageclient/node", "vscode-languageclient/browser"],
};

const files = [...sources("server/src"), ...sources("client/src")];

function stageOf(path) {
  if (path.startsWith("client/")) return "client";
  return path.startsWith("server/src/") ? path.split("/")[2] : undefined;
}

describe("imports", () => {
  it("only point to the stages that a stage stands on", () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter(({ target }) => stageOf(target) !== undefined && stageOf(target) !== stageOf(file))
        .filter(({ target }) => !MAY_IMPORT[stageOf(file)]?.includes(stageOf(target)))
        .map(({ target }) => `${file} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it("name only the packages that a stage may use", () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter(({ target }) => stageOf(target) === undefined)
        .filter(({ target }) => !PACKAGES[stageOf(file)]?.includes(target))
        .map(({ target }) => `${file} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it("lead to files that exist", () => {
    const known = new Set(files);
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter(({ target }) => /^(server|client)\/.*\.(ts|js)$/.test(target) && !known.has(target))
        .map(({ target }) => `${file} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it("form no cycle", () => {
    expect(cycles()).toEqual([]);
  });
});

/** Every cycle among files, once, as a path; imports of types alone cost nothing when running and are left out. */
function cycles() {
  const state = new Map();
  const found = [];
  const visit = (file, path) => {
    if (state.get(file) === "done") return;
    if (state.get(file) === "open") {
      found.push([...path.slice(path.indexOf(file)), file].join(" → "));
      return;
    }
    state.set(file, "open");
    for (const { target, typeOnly } of importsOf(file)) {
      if (!typeOnly && stageOf(target) !== undefined && target.endsWith(".ts")) visit(target, [...path, file]);
    }
    state.set(file, "done");
  };
  for (const file of files) visit(file, []);
  return found;
}
