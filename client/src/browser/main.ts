import { type ExtensionContext, Uri } from "vscode";
import { type BaseLanguageClient, LanguageClient } from "vscode-languageclient/browser";
import { start } from "../client.js";

let client: BaseLanguageClient | undefined;

/** Called by VS Code for the web. */
export async function activate(context: ExtensionContext): Promise<void> {
  const script = Uri.joinPath(context.extensionUri, "dist/server.browser.js").toString(true);
  client = await start(
    context,
    (id, name, options) => new LanguageClient(id, name, async () => new Worker(script), options),
  );
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
