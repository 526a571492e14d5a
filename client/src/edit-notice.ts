import { commands, type Disposable, l10n, type TextDocument, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { requests, type Seal, type ServiceParams, type ServiceResult } from "../../server/src/lsp/protocol.js";
import type { ByteFacts } from "../../server/src/text/bytes.js";
import { brokenSeals, costsNothing, costsOf, type EditCosts } from "./edit-reasons.js";
import { isOurs, isTranscript } from "./selector.js";

/** How long after a keystroke the message is looked at, in milliseconds. */
const PAUSE = 600;

/** A message that is watched: what held when it was opened, until the person was told. */
interface Watched {
  readonly seals: Promise<readonly Seal[]>;
  readonly facts: Promise<ByteFacts | null>;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/**
 * Tells once a message, after the first edit that does so, that it breaks a signature which held when the message was
 * opened, or that saving would change more than was typed. Only for messages; nothing is asked before an edit but what
 * holds at the start.
 * @param bytesOf gives facts of the stored file, null where it cannot be read.
 */
export function registerEditNotice(
  client: BaseLanguageClient,
  bytesOf: (uri: string) => Promise<ByteFacts | null>,
): Disposable {
  const watched = new Map<string, Watched>();

  const watch = (document: TextDocument): void => {
    if (!isMessage(document) || document.isDirty || document.isUntitled || !wanted(document)) return;
    const uri = document.uri.toString();
    watched.set(uri, { seals: sealsOf(client, uri), facts: bytesOf(uri), timer: undefined });
  };
  const forget = ({ uri }: TextDocument): void => {
    clearTimeout(watched.get(uri.toString())?.timer);
    watched.delete(uri.toString());
  };
  const look = async (document: TextDocument, held: Watched): Promise<void> => {
    const uri = document.uri.toString();
    // The file changed on disk and was read again: another message to begin with. Only now, since the editor tells of an
    // edit before it tells that there is something to save.
    if (!document.isDirty) return watch(document);
    const before = await held.seals;
    const after = before.length === 0 ? before : await sealsOf(client, uri);
    const costs = costsOf(brokenSeals(before, after), await held.facts, document.getText());
    if (costsNothing(costs) || watched.get(uri) !== held || !document.isDirty) return;
    forget(document);
    await tell(document, costs);
  };

  for (const document of workspace.textDocuments) watch(document);
  const listeners = [
    workspace.onDidOpenTextDocument(watch),
    workspace.onDidCloseTextDocument(forget),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const held = watched.get(document.uri.toString());
      if (held === undefined || contentChanges.length === 0) return;
      clearTimeout(held.timer);
      held.timer = setTimeout(() => void look(document, held), PAUSE);
    }),
  ];
  return { dispose: () => listeners.forEach((one) => void one.dispose()) };
}

function isMessage(document: TextDocument): boolean {
  return isOurs(document) && !isTranscript(document);
}

function wanted(document: TextDocument): boolean {
  return workspace.getConfiguration("smtpTranscripts", document).get("editNotice", true);
}

/** The signatures that hold for the document as the server has it now. */
async function sealsOf(client: BaseLanguageClient, uri: string): Promise<readonly Seal[]> {
  const parameters: ServiceParams = { uri, name: "seals" };
  const made = await client.sendRequest<ServiceResult | null>(requests.service, parameters).catch(() => null);
  return made ? (JSON.parse(made.text) as Seal[]) : [];
}

async function tell(document: TextDocument, costs: EditCosts): Promise<void> {
  const undo = l10n.t("Undo");
  const never = l10n.t("Do Not Show Again");
  const chosen = await window.showInformationMessage(sentences(costs).join(" "), undo, never);
  if (chosen === never) await workspace.getConfiguration("smtpTranscripts").update("editNotice", false, true);
  if (chosen !== undo) return;
  await window.showTextDocument(document);
  await commands.executeCommand("undo");
}

function sentences({ dkim, signedPart, lineEnds, octets }: EditCosts): string[] {
  const said: string[] = [];
  if (dkim.length > 0) said.push(l10n.t("This edit breaks the DKIM signature of {0}.", dkim.join(", ")));
  if (signedPart) said.push(l10n.t("This edit breaks the signature of a signed part."));
  if (lineEnds) said.push(l10n.t("The file mixes line ends; saving makes all of them alike."));
  if (octets) said.push(l10n.t("The file holds octets that are no UTF-8; saving replaces them for good."));
  return said;
}
