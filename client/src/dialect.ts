import { commands, l10n, languages, type QuickPickItem, window } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  type DialectEntry,
  type DocumentParams,
  requests,
  type StatusResult,
  serverCommands,
} from "../../server/src/lsp/protocol.js";
import { documentSelector, toUri } from "./selector.js";

interface DialectItem extends QuickPickItem {
  readonly id: string | null;
}

/** Asks in which dialect a transcript is to be read, or for detection again, and tells the server. */
export async function setDialect(client: BaseLanguageClient, resource: unknown): Promise<void> {
  const uri = (toUri(resource) ?? window.activeTextEditor?.document.uri)?.toString();
  if (!uri) return;
  const params: DocumentParams = { uri };
  const [dialects, status] = await Promise.all([
    client.sendRequest<DialectEntry[]>(requests.dialects),
    client.sendRequest<StatusResult | null>(requests.status, params),
  ]);
  const picked = await window.showQuickPick(itemsOf(dialects, status), {
    title: l10n.t("Dialect of this transcript"),
    placeHolder: l10n.t("The tool that printed it"),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!picked) return;
  await commands.executeCommand(serverCommands.setDialect, uri, picked.id);
  outlineAnew();
}

/**
 * Has the editor ask for outlines again: LSP knows no request for that, but a provider that comes or goes makes the editor
 * ask. It must stay for a moment, since the editor keeps the outline of the providers it knows.
 */
function outlineAnew(): void {
  const none = languages.registerDocumentSymbolProvider(documentSelector as never, {
    provideDocumentSymbols: () => [],
  });
  setTimeout(() => none.dispose(), 1000);
}

function itemsOf(dialects: readonly DialectEntry[], status: StatusResult | null): DialectItem[] {
  const current = status?.dialect.id;
  const detect: DialectItem = {
    id: null,
    label: `$(sparkle) ${l10n.t("Detect by content")}`,
    description: status && !status.chosen ? status.dialect.title : "",
  };
  const sorted = [...dialects].sort((a, b) => a.title.localeCompare(b.title));
  const known = sorted.map((dialect) => ({
    id: dialect.id,
    label: dialect.id === current ? `$(check) ${dialect.title}` : dialect.title,
    description: dialect.id,
    detail: dialect.seenWith,
  }));
  return [detect, ...known];
}
