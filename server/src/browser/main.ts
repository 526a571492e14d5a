import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import type { Host } from "../host.js";
import { startServer } from "../lsp/server.js";

/** A worker sees no files: bytes come from the editor by request, and everything shipped is inside the bundle. */
const host: Host = {
  readBytes: async () => undefined,
  readText: async () => undefined,
  readAsset: async () => undefined,
};

const scope = self as unknown as DedicatedWorkerGlobalScope;
startServer(createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope)), host);
