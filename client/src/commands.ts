import {
  commands,
  type Disposable,
  env,
  type LogOutputChannel,
  l10n,
  type Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { clientCommands } from "../../server/src/lsp/protocol.js";
import { compareReplyCode, lookUpCode } from "./codes.js";
import { showDiagram } from "./diagram.js";
import { setDialect } from "./dialect.js";
import { previewMessage, savePart, showSummary } from "./message.js";
import { openPage } from "./pages.js";
import { redactInNewEditor } from "./redact.js";
import { toUri } from "./selector.js";
import { copyText, extractMessage, foldNoise, goToFailure, showText } from "./texts.js";

/** Texts above this size are not copied into a new editor. */
const MAX_TEXT = 50 * 1024 * 1024;

/** Registers every command of the client. */
export function registerCommands(client: BaseLanguageClient, channel: LogOutputChannel): Disposable[] {
  const table: Record<string, (...args: unknown[]) => unknown> = {
    "smtpTranscripts.openAsTranscript": openAsTranscript,
    "smtpTranscripts.openClipboard": openClipboard,
    "smtpTranscripts.lookUpCode": () => lookUpCode(client),
    "smtpTranscripts.setDialect": (uri) => setDialect(client, uri),
    "smtpTranscripts.restartServer": () => restart(client),
    "smtpTranscripts.showLog": () => channel.show(),
    [clientCommands.copyRedacted]: (uri, line) => copyText(client, "redact", uri, line),
    "smtpTranscripts.redactInNewEditor": (uri) => redactInNewEditor(client, uri),
    "smtpTranscripts.convert": (uri) => showText(client, "convert", uri, undefined),
    "smtpTranscripts.extractMessage": (uri, line) => extractMessage(client, uri, line),
    [clientCommands.openMessage]: (uri, line) => showText(client, "message", uri, line),
    "smtpTranscripts.copyAsSwaks": (uri, line) => copyText(client, "swaks", uri, line),
    "smtpTranscripts.copyAsCurl": (uri, line) => copyText(client, "curl", uri, line),
    "smtpTranscripts.copyAsOpenssl": (uri, line) => copyText(client, "openssl", uri, line),
    "smtpTranscripts.copyReport": (uri) => copyText(client, "report", uri, undefined),
    [clientCommands.previewMessage]: (uri, line) => previewMessage(client, uri, line),
    "smtpTranscripts.showSummary": (uri, line) => showSummary(client, uri, line),
    [clientCommands.openPart]: (uri, line, path) => showText(client, "part", uri, line, { path }),
    [clientCommands.savePart]: (uri, line, path) => savePart(client, uri, line, path),
    [clientCommands.showDiagram]: (uri, line) => showDiagram(client, uri, line),
    "smtpTranscripts.foldNoise": () => foldNoise(client),
    "smtpTranscripts.nextFailure": () => goToFailure(client, 1),
    "smtpTranscripts.previousFailure": () => goToFailure(client, -1),
    [clientCommands.openPage]: (uri) => openPage(uri),
    [clientCommands.openText]: openText,
    [clientCommands.compare]: (code, uri) => compareReplyCode(client, code, uri),
  };
  return Object.entries(table).map(([id, run]) => commands.registerCommand(id, run));
}

/** Opens the selection, the active document, or a file of the explorer as an unsaved transcript. */
async function openAsTranscript(resource: unknown): Promise<void> {
  const text = await textToOpen(toUri(resource));
  if (text === undefined) {
    void window.showInformationMessage(l10n.t("Open a file or select some text first."));
    return;
  }
  await openTranscript(text);
}

async function textToOpen(resource: Uri | undefined): Promise<string | undefined> {
  const editor = window.activeTextEditor;
  const isActive = editor && (!resource || editor.document.uri.toString() === resource.toString());
  if (!isActive) return resource && readText(resource);
  return editor.selection.isEmpty ? editor.document.getText() : editor.document.getText(editor.selection);
}

async function readText(resource: Uri): Promise<string | undefined> {
  const { size } = await workspace.fs.stat(resource);
  if (size > MAX_TEXT) {
    void window.showWarningMessage(l10n.t("The file is larger than 50 MB. Open it and select the part that matters."));
    return undefined;
  }
  return (await workspace.openTextDocument(resource)).getText();
}

async function openClipboard(): Promise<void> {
  const text = await env.clipboard.readText();
  if (text.trim() === "") {
    void window.showInformationMessage(l10n.t("The clipboard holds no text."));
    return;
  }
  await openTranscript(text);
}

async function openTranscript(content: string): Promise<void> {
  const document = await workspace.openTextDocument({ language: "smtp-transcript", content });
  await window.showTextDocument(document, { preview: false });
}

/** Opens a text that the server made beside the active editor. */
export async function openText(value: unknown): Promise<void> {
  const { language, text } = (value ?? {}) as { language?: unknown; text?: unknown };
  if (typeof text !== "string") return;
  const wanted = typeof language === "string" ? language : "plaintext";
  const document = await workspace.openTextDocument({ language: wanted, content: text });
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: false });
}

async function restart(client: BaseLanguageClient): Promise<void> {
  await client.stop();
  await client.start();
}
