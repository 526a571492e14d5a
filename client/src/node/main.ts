import type { ExtensionContext } from "vscode";
import { type BaseLanguageClient, LanguageClient, TransportKind } from "vscode-languageclient/node";
import { start } from "../client.js";

let client: BaseLanguageClient | undefined;

/** Called by VS Code on the desktop and in remote windows. */
export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath("dist/server.node.cjs");
  const server = { module, transport: TransportKind.ipc };
  client = await start(
    context,
    (id, name, options) => new LanguageClient(id, name, { run: server, debug: server }, options),
  );
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
