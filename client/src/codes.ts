import { l10n, type QuickPickItem, window } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type LookUpEntry, type LookUpParams, pageScheme, requests } from "../../server/src/lsp/protocol.js";
import { openPage } from "./pages.js";

interface CodeItem extends QuickPickItem {
  readonly entry: LookUpEntry;
}

/** Finds a reply code by number, words or a pasted line, and shows its page. */
export async function lookUpCode(client: BaseLanguageClient): Promise<void> {
  const entry = await pickCode(
    client,
    l10n.t("Look up a reply code"),
    l10n.t("A code, some words, or a pasted reply line"),
  );
  if (entry) await openPage(entry.page);
}

/**
 * Shows two reply codes side by side.
 * @param first code to compare, such as 451; asked for where it is missing
 */
export async function compareReplyCode(client: BaseLanguageClient, first?: unknown, second?: unknown): Promise<void> {
  const from =
    codeOf(first) ?? (await pickCode(client, l10n.t("Compare: first code"), l10n.t("For example 354")))?.code;
  if (!from) return;
  const to =
    codeOf(second) ?? (await pickCode(client, l10n.t("Compare {0} with …", from), l10n.t("For example 451")))?.code;
  if (to) await openPage(`${pageScheme}:/compare/${from}-${to}.md`);
}

function codeOf(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && /^\d{3}$/.test(text) ? text : undefined;
}

/** A quick pick whose rows come from the server as the user types. */
function pickCode(client: BaseLanguageClient, title: string, placeholder: string): Promise<LookUpEntry | undefined> {
  const pick = window.createQuickPick<CodeItem>();
  pick.title = title;
  pick.placeholder = placeholder;
  let pending: Promise<LookUpEntry[]> | undefined;
  const search = async (query: string) => {
    const params: LookUpParams = { query };
    const answer = client.sendRequest<LookUpEntry[]>(requests.lookUp, params).catch(() => []);
    pending = answer;
    const entries = await answer;
    if (pending !== answer) return;
    pending = undefined;
    pick.items = entries.map(itemOf);
  };
  return new Promise((done) => {
    let chosen: LookUpEntry | undefined;
    pick.onDidChangeValue(search);
    pick.onDidAccept(async () => {
      // Enter may come before the answer to what was typed; the rows still shown then belong to an older query.
      chosen = pending ? (await pending)[0] : (pick.selectedItems[0] ?? pick.activeItems[0])?.entry;
      pick.hide();
    });
    // Only now, so that a second pick does not open while this one is closing.
    pick.onDidHide(() => {
      pick.dispose();
      done(chosen);
    });
    void search("");
    pick.show();
  });
}

/** Rows are shown whatever was typed: the server has searched already, also by words that no label holds. */
function itemOf(entry: LookUpEntry): CodeItem {
  return { entry, label: `${entry.code} ${entry.title}`, detail: entry.detail, alwaysShow: true };
}
