import {
  type Disposable,
  env,
  l10n,
  Selection,
  type Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { diagramHtml } from "./diagram-page.js";
import { askText, madeText } from "./texts.js";

/** What the page asks for. */
type Message = { readonly go: number } | { readonly export: "svg" | "mermaid" } | { readonly ready: true };

/** The time without edits after which a diagram is drawn again, in milliseconds. */
const PAUSE = 500;

/** The open diagrams by the address of their transcript. */
const panels = new Map<string, WebviewPanel>();

/**
 * Shows the ladder of client and server beside the transcript. A click or Enter on a step goes to its line; the cursor in
 * the text marks the step. Nothing is loaded from outside, and no text of the transcript can become markup or script.
 */
export async function showDiagram(client: BaseLanguageClient, resource: unknown, line: unknown): Promise<void> {
  const made = await madeText(client, "diagram", resource, line);
  if (!made) return;
  const key = made.uri.toString();
  const open = panels.get(key);
  if (open) {
    open.reveal(undefined, true);
    return;
  }
  const panel = window.createWebviewPanel(
    "smtpTranscripts.diagram",
    l10n.t("SMTP diagram"),
    { viewColumn: ViewColumn.Beside, preserveFocus: false },
    { enableScripts: true, localResourceRoots: [] },
  );
  panels.set(key, panel);
  let cursor = made.line;
  const draw = (body: string): void => {
    panel.webview.html = diagramHtml(panel.webview, body);
  };
  const mark = (): void => void panel.webview.postMessage({ line: cursor });
  const listeners: Disposable[] = [
    window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
      if (textEditor.document.uri.toString() !== key) return;
      cursor = selections[0]?.active.line ?? 0;
      mark();
    }),
    onPause(key, async () => {
      const again = await askText(client, "diagram", made.uri, cursor);
      if (again) draw(again.text);
    }),
    panel.webview.onDidReceiveMessage(async (message: Message) => {
      if ("ready" in message) mark();
      else if ("go" in message) await goTo(made.uri, message.go);
      else await copyPicture(client, made.uri, cursor, message.export);
    }),
  ];
  panel.onDidDispose(() => {
    panels.delete(key);
    for (const listener of listeners) listener.dispose();
  });
  draw(made.text);
}

/** Runs something when a document was edited and then left alone for a moment. */
function onPause(key: string, run: () => void): Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listener = workspace.onDidChangeTextDocument(({ document }) => {
    if (document.uri.toString() !== key) return;
    clearTimeout(timer);
    timer = setTimeout(run, PAUSE);
  });
  return {
    dispose: () => {
      clearTimeout(timer);
      listener.dispose();
    },
  };
}

/** Puts the cursor on a line, in the editor that shows the transcript already. */
async function goTo(uri: Uri, line: number): Promise<void> {
  if (!Number.isInteger(line) || line < 0) return;
  const document = await workspace.openTextDocument(uri);
  const { range } = document.lineAt(Math.min(line, document.lineCount - 1));
  const shown = window.visibleTextEditors.find((editor) => editor.document === document);
  const editor = await window.showTextDocument(document, { viewColumn: shown?.viewColumn ?? ViewColumn.One });
  editor.selection = new Selection(range.start, range.start);
  editor.revealRange(range);
}

/** Copies the session at a line as a picture or as Mermaid. */
async function copyPicture(client: BaseLanguageClient, uri: Uri, line: number, form: "svg" | "mermaid"): Promise<void> {
  const made = await madeText(client, form === "svg" ? "svg" : "mermaid", uri, line);
  if (!made) return;
  await env.clipboard.writeText(made.text);
  window.setStatusBarMessage(l10n.t("Copied to the clipboard."), 4000);
}
