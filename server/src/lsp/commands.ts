import type { TextEdit, WorkspaceEdit } from "vscode-languageserver";
import { say } from "../features/words.js";
import { anyRuleById } from "../rules/all.js";
import { withAside, withRuleSeverity } from "../rules/configure.js";
import { correctedText, dialectById } from "../service.js";
import { SourceText } from "../text/source.js";
import { configFileName } from "./configuration.js";
import type { ServerContext } from "./context.js";
import { pageOf } from "./page.js";
import { clientRequests, type OpenTextParams, serverCommands } from "./protocol.js";
import type { Publisher } from "./publisher.js";

type Run = (server: ServerContext, publisher: Publisher, list: readonly unknown[]) => Promise<unknown>;

/** Every command of the server, by name. Arguments come from outside: each is checked. */
const COMMANDS: Readonly<Record<string, Run>> = {
  [serverCommands.putAside]: putAside,
  [serverCommands.turnOffRule]: turnOffRule,
  [serverCommands.openCorrectedCopy]: openCorrectedCopy,
  [serverCommands.openPage]: openPage,
  [serverCommands.setDialect]: setDialect,
};

/** Runs a command; unknown ones and wrong arguments do nothing and give null. */
export async function runCommand(
  server: ServerContext,
  publisher: Publisher,
  command: string,
  list: readonly unknown[],
): Promise<unknown> {
  const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  return run ? ((await run(server, publisher, list)) ?? null) : null;
}

async function putAside(server: ServerContext, publisher: Publisher, [uri, rule, fingerprint]: readonly unknown[]) {
  if (typeof uri !== "string" || !isRule(rule) || typeof fingerprint !== "string") return;
  await changeConfigFile(server, publisher, uri, (text) => withAside(text, { rule, fingerprint }));
}

async function turnOffRule(server: ServerContext, publisher: Publisher, [uri, rule]: readonly unknown[]) {
  if (typeof uri !== "string" || !isRule(rule)) return;
  await changeConfigFile(server, publisher, uri, (text) => withRuleSeverity(text, rule, "off"));
}

function isRule(value: unknown): value is string {
  return typeof value === "string" && anyRuleById(value) !== undefined;
}

/** Changes the configuration file of a document through the editor, so that it can be undone; makes it where there is none. */
async function changeConfigFile(
  server: ServerContext,
  publisher: Publisher,
  uri: string,
  change: (text: string) => string | undefined,
): Promise<void> {
  const { settings } = await server.configuration.of(uri);
  const file = await server.configuration.fileFor(uri);
  if (!file) {
    server.connection.window.showWarningMessage(say(settings.locale, "aside.noFolder"));
    return;
  }
  const text = change(file.text ?? "");
  if (text === undefined) {
    server.connection.window.showWarningMessage(say(settings.locale, "aside.badFile", { file: configFileName }));
    return;
  }
  const edit = replaceFile(file.uri, file.text, text);
  // As a refactoring, so that an editor saves the file as it does for those (LSP 3.18, WorkspaceEditMetadata).
  const applied = await server.connection.workspace.applyEdit({ edit, metadata: { isRefactoring: true } });
  if (!applied.applied) return;
  server.configuration.fileIs(file.uri, text);
  publisher.refreshAll();
}

/** An edit that makes a file hold `text`; `before` is what it holds, undefined where it does not exist. */
function replaceFile(uri: string, before: string | undefined, text: string): WorkspaceEdit {
  const start = { line: 0, character: 0 };
  const source = new SourceText(before ?? "");
  const edits: TextEdit[] = [{ range: { start, end: source.positionAt(source.text.length) }, newText: text }];
  const document = { textDocument: { uri, version: null }, edits };
  if (before !== undefined) return { documentChanges: [document] };
  return { documentChanges: [{ kind: "create", uri, options: { ignoreIfExists: true } }, document] };
}

/** Opens a copy with fixes applied; the recorded transcript stays as it is. */
async function openCorrectedCopy(server: ServerContext, _publisher: Publisher, [uri, rule]: readonly unknown[]) {
  if (typeof uri !== "string") return;
  const { rules, dialect } = await server.configuration.of(uri);
  const document = server.store.parsed(uri, dialect);
  if (!document) return;
  const text = correctedText(document, rules, typeof rule === "string" ? rule : null);
  const parameters: OpenTextParams = { language: document.language, text };
  await server.connection.sendRequest(clientRequests.openText, parameters);
}

/** The text of a page, for clients that show it themselves. */
async function openPage(server: ServerContext, _publisher: Publisher, [uri]: readonly unknown[]) {
  if (typeof uri !== "string") return;
  const shown = await server.connection.window.showDocument({ uri, external: false });
  return shown.success ? null : pageOf(server, uri);
}

async function setDialect(server: ServerContext, publisher: Publisher, [uri, dialect]: readonly unknown[]) {
  if (typeof uri !== "string" || !server.store.has(uri)) return;
  const known = typeof dialect === "string" ? dialectById(dialect) : undefined;
  server.store.choose(uri, known ? known.id : null);
  publisher.reread(uri);
  server.refreshViews();
}
