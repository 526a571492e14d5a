import { env, l10n, Selection, type Uri, ViewColumn, type Webview, type WebviewPanel, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { madeText } from "./texts.js";

/** What the picture asks for. */
type Message = { readonly go: number } | { readonly export: "svg" | "mermaid" };

/**
 * Shows the ladder of client and server beside the transcript. A click or Enter on a step goes to its line; the cursor in
 * the text marks the step. Nothing is loaded from outside, and no text of the transcript can become markup or script.
 */
export async function showDiagram(client: BaseLanguageClient, resource: unknown): Promise<void> {
  const made = await madeText(client, "diagram", resource);
  if (!made) return;
  const panel = window.createWebviewPanel("smtpTranscripts.diagram", l10n.t("SMTP diagram"), ViewColumn.Beside, {
    enableScripts: true,
    localResourceRoots: [],
  });
  const draw = (body: string): void => {
    panel.webview.html = page(panel.webview, body);
  };
  draw(made.text);
  const follow = window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
    if (textEditor.document.uri.toString() !== made.uri.toString()) return;
    void panel.webview.postMessage({ line: selections[0]?.active.line ?? 0 });
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const change = workspace.onDidChangeTextDocument(({ document }) => {
    if (document.uri.toString() !== made.uri.toString()) return;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const again = await madeText(client, "diagram", made.uri);
      if (again) draw(again.text);
    }, 500);
  });
  panel.webview.onDidReceiveMessage((message: Message) => answer(client, made.uri, message));
  panel.onDidDispose(() => {
    clearTimeout(timer);
    follow.dispose();
    change.dispose();
  });
  revealLater(panel);
}

function revealLater(panel: WebviewPanel): void {
  if (!panel.visible) panel.reveal(ViewColumn.Beside, true);
}

async function answer(client: BaseLanguageClient, uri: Uri, message: Message): Promise<void> {
  if ("go" in message) {
    if (!Number.isInteger(message.go) || message.go < 0) return;
    const document = await workspace.openTextDocument(uri);
    const { range } = document.lineAt(Math.min(message.go, document.lineCount - 1));
    const editor = await window.showTextDocument(document, { viewColumn: ViewColumn.One, preserveFocus: false });
    editor.selection = new Selection(range.start, range.start);
    editor.revealRange(range);
    return;
  }
  const made = await madeText(client, message.export === "svg" ? "svg" : "mermaid", uri);
  if (!made) return;
  await env.clipboard.writeText(made.text);
  window.setStatusBarMessage(l10n.t("Copied to the clipboard."), 4000);
}

function page(webview: Webview, body: string): string {
  const nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
  const policy = `default-src 'none'; style-src ${webview.cspSource} 'unsafe-inline'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<style>
body { color: var(--vscode-editor-foreground); background: var(--vscode-editor-background); font-family: var(--vscode-font-family); }
h2 { font-size: 1.1em; }
.picture { overflow-x: auto; }
svg { width: 100%; min-width: 400px; max-width: 860px; height: auto; }
g[data-line], tr[data-line] { cursor: pointer; }
.here text { font-weight: bold; } tr.here { outline: 1px solid var(--vscode-focusBorder); }
table { border-collapse: collapse; margin-top: 1em; } th, td { text-align: start; padding: 2px 8px; border-bottom: 1px solid var(--vscode-panel-border); }
tr.bad td { color: var(--vscode-errorForeground); } button { margin-inline-end: 1em; }
</style></head>
<body><p><button data-export="svg">${l10n.t("Copy as SVG")}</button><button data-export="mermaid">${l10n.t("Copy as Mermaid")}</button></p>
${body}
<script nonce="${nonce}">
const host = acquireVsCodeApi();
const go = (element) => { const step = element.closest("[data-line]"); if (step) host.postMessage({ go: Number(step.dataset.line) }); };
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-export]");
  if (button) host.postMessage({ export: button.dataset.export }); else go(event.target);
});
document.addEventListener("keydown", (event) => { if (event.key === "Enter") go(event.target); });
window.addEventListener("message", ({ data }) => {
  for (const old of document.querySelectorAll(".here")) old.classList.remove("here");
  for (const step of document.querySelectorAll('[data-line="' + Number(data.line) + '"]')) step.classList.add("here");
});
</script></body></html>`;
}
