import { commands, window, workspace } from "vscode";
import { pageScheme } from "../../server/src/lsp/protocol.js";
import { toUri } from "./selector.js";

/** Shows a page of ours, rendered; as text where no Markdown preview exists. Other addresses are refused. */
export async function openPage(value: unknown): Promise<void> {
  const uri = toUri(value);
  if (uri?.scheme !== pageScheme) return;
  try {
    await commands.executeCommand("markdown.showPreview", uri);
  } catch {
    await window.showTextDocument(await workspace.openTextDocument(uri));
  }
}
