import { type CodeAction, commands, type Disposable, Range, type TextDocument, type TextEdit, workspace } from "vscode";
import { isTranscript } from "./selector.js";

/** Runs the spelling fixes before a transcript is saved, where the user switched `smtpTranscripts.fixOnSave` on. */
export function registerFixOnSave(): Disposable {
  return workspace.onWillSaveTextDocument((event) => {
    const { document } = event;
    const wanted = workspace.getConfiguration("smtpTranscripts", document).get("fixOnSave", false);
    if (wanted && isTranscript(document)) event.waitUntil(fixes(document));
  });
}

async function fixes(document: TextDocument): Promise<TextEdit[]> {
  const all = new Range(0, 0, document.lineCount, 0);
  const actions = await commands.executeCommand<CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    all,
    "source.fixAll.smtp",
    1,
  );
  return (actions ?? []).flatMap((action) => action.edit?.get(document.uri) ?? []);
}
