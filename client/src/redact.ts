import { l10n, type QuickPickItem, window } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { showText } from "./texts.js";

interface KindItem extends QuickPickItem {
  /** The server's name of what is replaced. */
  readonly name: string;
}

/** Asks what to replace besides passwords, which always go, and opens the result beside the document. */
export async function redactInNewEditor(client: BaseLanguageClient, resource: unknown): Promise<void> {
  const items = kinds();
  const picked = await window.showQuickPick(items, {
    title: l10n.t("What to replace; passwords always are"),
    canPickMany: true,
  });
  if (!picked) return;
  const keep = items.filter((item) => !picked.includes(item)).map(({ name }) => name);
  await showText(client, "redact", resource, undefined, { keep });
}

function kinds(): KindItem[] {
  return [
    { name: "addresses", label: l10n.t("Addresses and names") },
    { name: "hosts", label: l10n.t("Hosts and domains") },
    { name: "ips", label: l10n.t("IP addresses") },
    { name: "ids", label: l10n.t("Queue ids and Message-IDs") },
    { name: "subjects", label: l10n.t("Subjects") },
    { name: "bodies", label: l10n.t("Texts of messages") },
  ].map((item) => ({ ...item, picked: true }));
}
