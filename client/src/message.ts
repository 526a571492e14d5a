import { l10n, Uri, ViewColumn, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { openPage } from "./pages.js";
import { askText, madeText } from "./texts.js";

/**
 * Shows a message beside its text. The page has no scripts and its own policy: nothing is loaded from outside, links lead
 * nowhere. It follows the text.
 */
export async function previewMessage(client: BaseLanguageClient, resource: unknown, line: unknown): Promise<void> {
  const made = await madeText(client, "preview", resource, line);
  if (!made) return;
  const panel = window.createWebviewPanel("smtpTranscripts.preview", l10n.t("Message preview"), ViewColumn.Beside, {
    enableScripts: false,
    enableForms: false,
    enableCommandUris: false,
    localResourceRoots: [],
  });
  panel.webview.html = made.text;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const change = workspace.onDidChangeTextDocument(({ document }) => {
    if (document.uri.toString() !== made.uri.toString()) return;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const again = await askText(client, "preview", made.uri, made.line);
      if (again) panel.webview.html = again.text;
    }, 500);
  });
  panel.onDidDispose(() => {
    clearTimeout(timer);
    change.dispose();
  });
}

/** Shows route, authentication and parts of the message at a line as a page. */
export async function showSummary(client: BaseLanguageClient, resource: unknown, line: unknown): Promise<void> {
  const made = await madeText(client, "summaryPage", resource, line);
  if (made) await openPage(made.text);
}

/** Saves the part at a line (or at its place in the tree) decoded, under a name that the person chooses. */
export async function savePart(
  client: BaseLanguageClient,
  resource: unknown,
  line: unknown,
  path: unknown,
): Promise<void> {
  const made = await madeText(client, "partBytes", resource, line, { path });
  if (!made) return;
  const end = made.text.indexOf("\n");
  const name = made.text.slice(0, end);
  const bytes = Uint8Array.from(atob(made.text.slice(end + 1)), (letter) => letter.charCodeAt(0));
  const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.joinPath(made.uri, "..");
  const target = await window.showSaveDialog({ defaultUri: Uri.joinPath(folder, name) });
  if (target) await workspace.fs.writeFile(target, bytes);
}
