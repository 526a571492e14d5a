import { commands, env, l10n, Selection, type TextEditor, Uri, ViewColumn, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { requests, type ServiceParams, type ServiceResult } from "../../server/src/lsp/protocol.js";
import { patiently } from "./patience.js";
import { toUri } from "./selector.js";

/** The document and line that a command is about: its arguments (from a lens), or the active editor and its cursor. */
interface Target {
  readonly uri: Uri;
  readonly line: number;
}

function targetOf(resource: unknown, line: unknown): Target | undefined {
  const editor: TextEditor | undefined = window.activeTextEditor;
  const uri = toUri(resource) ?? editor?.document.uri;
  if (!uri) return undefined;
  const here = editor && editor.document.uri.toString() === uri.toString() ? editor.selection.active.line : 0;
  return { uri, line: typeof line === "number" ? line : here };
}

/** Asks the server for a text made from a document; tells the person where there is none. */
export async function madeText(
  client: BaseLanguageClient,
  name: string,
  resource: unknown,
  line?: unknown,
  options: Readonly<Record<string, unknown>> = {},
): Promise<(ServiceResult & Target) | undefined> {
  const target = targetOf(resource, line);
  if (!target) {
    void window.showInformationMessage(l10n.t("Open a transcript first."));
    return undefined;
  }
  const made = await askText(client, name, target.uri, target.line, options);
  if (made === null) {
    void window.showInformationMessage(l10n.t("There is nothing of that kind in this document."));
    return undefined;
  }
  return made && { ...made, ...target };
}

/**
 * Asks the server for a text without a word to the person.
 * @returns the text; null where the document holds nothing of the kind, undefined where the person took the wish back
 */
export async function askText(
  client: BaseLanguageClient,
  name: string,
  uri: Uri,
  line: number,
  options: Readonly<Record<string, unknown>> = {},
): Promise<ServiceResult | null | undefined> {
  const parameters: ServiceParams = { uri: uri.toString(), name, options: { ...options, line } };
  const made = await patiently((token) =>
    client.sendRequest<ServiceResult | null>(requests.service, parameters, token),
  );
  return made?.text === "" ? null : made;
}

/** Puts a text made from the document on the clipboard. */
export async function copyText(
  client: BaseLanguageClient,
  name: string,
  resource: unknown,
  line: unknown,
): Promise<void> {
  const made = await madeText(client, name, resource, line);
  if (!made) return;
  await env.clipboard.writeText(made.text);
  window.setStatusBarMessage(l10n.t("Copied to the clipboard."), 4000);
}

/** Opens a text made from the document in an unsaved editor beside it. */
export async function showText(
  client: BaseLanguageClient,
  name: string,
  resource: unknown,
  line: unknown,
  options?: Readonly<Record<string, unknown>>,
): Promise<void> {
  const made = await madeText(client, name, resource, line, options);
  if (!made) return;
  const document = await workspace.openTextDocument({
    language: made.language === "mermaid" ? "plaintext" : made.language,
    content: made.text,
  });
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: false });
}

/** Saves the message at the cursor as `.eml`, with exactly the octets that the client sent. */
export async function extractMessage(client: BaseLanguageClient, resource: unknown, line: unknown): Promise<void> {
  const made = await madeText(client, "messageBytes", resource, line);
  if (!made) return;
  const folder = made.uri.scheme === "untitled" ? workspace.workspaceFolders?.[0]?.uri : Uri.joinPath(made.uri, "..");
  const suggested = folder && Uri.joinPath(folder, "message.eml");
  const target = await window.showSaveDialog({ defaultUri: suggested, filters: { [l10n.t("Mail message")]: ["eml"] } });
  if (!target) return;
  await workspace.fs.writeFile(
    target,
    Uint8Array.from(atob(made.text), (letter) => letter.charCodeAt(0)),
  );
  await window.showTextDocument(target, { viewColumn: ViewColumn.Beside });
}

/** Moves the cursor to the next or previous reply that refused something; goes on from the other end. */
export async function goToFailure(client: BaseLanguageClient, step: 1 | -1): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor) return;
  const made = await madeText(client, "failures", editor.document.uri);
  if (!made) return;
  const lines = JSON.parse(made.text) as number[];
  const here = editor.selection.active.line;
  const next =
    step === 1
      ? (lines.find((line) => line > here) ?? lines[0])
      : (lines.findLast((line) => line < here) ?? lines[lines.length - 1]);
  if (next === undefined) return;
  const { range } = editor.document.lineAt(next);
  editor.selection = new Selection(range.start, range.start);
  editor.revealRange(range);
}

/** Folds what is not the dialogue: EHLO lists, message bodies and what the tool printed around the session. */
export async function foldNoise(client: BaseLanguageClient): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor) return;
  const made = await madeText(client, "folds", editor.document.uri);
  if (!made) return;
  await commands.executeCommand("editor.fold", { levels: 1, selectionLines: JSON.parse(made.text) as number[] });
}
