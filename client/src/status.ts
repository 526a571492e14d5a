import { type Disposable, LanguageStatusSeverity, l10n, languages, type TextEditor, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type DocumentParams, notifications, requests, type StatusResult } from "../../server/src/lsp/protocol.js";
import { documentSelector, isOurs, isTranscript } from "./selector.js";

const SEVERITY = {
  ok: LanguageStatusSeverity.Information,
  warning: LanguageStatusSeverity.Warning,
  error: LanguageStatusSeverity.Error,
} as const;

/** The language status item of the active document: dialect, how many sessions, the outcome. A click sets the dialect. */
export function createStatus(client: BaseLanguageClient): Disposable {
  const item = languages.createLanguageStatusItem("smtpTranscripts.status", documentSelector as never);
  item.name = "SMTP Transcripts";
  let asked = 0;

  const show = async (editor: TextEditor | undefined) => {
    if (!editor || !isOurs(editor.document)) return;
    const turn = ++asked;
    const params: DocumentParams = { uri: editor.document.uri.toString() };
    const status = await client.sendRequest<StatusResult | null>(requests.status, params).catch(() => null);
    if (turn !== asked) return;
    item.text = status ? summary(status) : "SMTP";
    item.detail = status?.outcome ?? "";
    item.severity = SEVERITY[status?.severity ?? "ok"];
    item.command = isTranscript(editor.document)
      ? { title: l10n.t("Set Dialect"), command: "smtpTranscripts.setDialect", arguments: [params.uri] }
      : undefined;
  };

  client.onNotification(notifications.statusChanged, ({ uri }: DocumentParams) => {
    if (window.activeTextEditor?.document.uri.toString() === uri) void show(window.activeTextEditor);
  });
  const listeners = [
    window.onDidChangeActiveTextEditor(show),
    client.onDidChangeState(() => void show(window.activeTextEditor)),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("smtpTranscripts")) void show(window.activeTextEditor);
    }),
  ];
  return { dispose: () => [item, ...listeners].forEach((one) => void one.dispose()) };
}

function summary(status: StatusResult): string {
  if (status.sessions === 1) return l10n.t("{0}, 1 session", status.dialect.title);
  if (status.sessions > 1) return l10n.t("{0}, {1} sessions", status.dialect.title, status.sessions);
  return status.deliveries > 0
    ? l10n.t("{0}, deliveries: {1}", status.dialect.title, status.deliveries)
    : status.dialect.title;
}
