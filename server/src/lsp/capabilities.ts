import { type ClientCapabilities, type ServerCapabilities, TextDocumentSyncKind } from "vscode-languageserver";
import type { ClientAbilities, Feature } from "../features/types.js";
import { type InitializationOptions, pageScheme, serverCommands } from "./protocol.js";

/** The server capability that announces each request (LSP 3.18); a request that is missing here is not announced by itself. */
const PROVIDERS: Readonly<Record<string, string>> = {
  "textDocument/hover": "hoverProvider",
  "textDocument/completion": "completionProvider",
  "textDocument/signatureHelp": "signatureHelpProvider",
  "textDocument/definition": "definitionProvider",
  "textDocument/references": "referencesProvider",
  "textDocument/documentHighlight": "documentHighlightProvider",
  "textDocument/documentSymbol": "documentSymbolProvider",
  "workspace/symbol": "workspaceSymbolProvider",
  "textDocument/codeAction": "codeActionProvider",
  "textDocument/codeLens": "codeLensProvider",
  "textDocument/documentLink": "documentLinkProvider",
  "textDocument/formatting": "documentFormattingProvider",
  "textDocument/rangeFormatting": "documentRangeFormattingProvider",
  "textDocument/rename": "renameProvider",
  "textDocument/foldingRange": "foldingRangeProvider",
  "textDocument/selectionRange": "selectionRangeProvider",
  "textDocument/inlayHint": "inlayHintProvider",
  "textDocument/linkedEditingRange": "linkedEditingRangeProvider",
};

/** What the client can do, as far as features care. */
export function abilitiesOf(capabilities: ClientCapabilities, options: InitializationOptions): ClientAbilities {
  const commands = new Set(options.commands ?? []);
  return {
    commands,
    markdownHover: capabilities.textDocument?.hover?.contentFormat?.includes("markdown") ?? false,
    textDocumentContent: capabilities.workspace?.textDocumentContent !== undefined,
    customTokenTypes: options.customTokenTypes === true,
  };
}

/** Derives the server's capabilities from the list of features. */
export function capabilitiesOf(
  features: readonly Feature[],
  client: ClientAbilities,
  pullsDiagnostics: boolean,
): ServerCapabilities {
  const derived: Record<string, unknown> = {};
  const methods = new Set(features.map((feature) => feature.method));
  for (const feature of features) {
    const provider = PROVIDERS[feature.method];
    if (!provider) continue;
    const options = feature.options?.(client) ?? {};
    derived[provider] = mergedOptions(derived[provider] as Options | undefined, options);
  }
  if (methods.has("textDocument/prepareRename")) derived.renameProvider = { prepareProvider: true };
  const tokens = semanticTokens(features, client, methods);
  if (tokens) derived.semanticTokensProvider = tokens;
  return {
    positionEncoding: "utf-16",
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    executeCommandProvider: { commands: Object.values(serverCommands) },
    workspace: { textDocumentContent: { schemes: [pageScheme] } },
    ...(pullsDiagnostics
      ? { diagnosticProvider: { identifier: "smtp", interFileDependencies: false, workspaceDiagnostics: false } }
      : {}),
    ...derived,
  };
}

type Options = Readonly<Record<string, unknown>>;

/** Options of two features that serve one request: trigger characters of both, of other options the later one. */
function mergedOptions(before: Options | undefined, added: Options): Options {
  const merged = { ...before, ...added };
  if (!Array.isArray(before?.triggerCharacters) || !Array.isArray(added.triggerCharacters)) return merged;
  return { ...merged, triggerCharacters: [...new Set([...before.triggerCharacters, ...added.triggerCharacters])] };
}

function semanticTokens(features: readonly Feature[], client: ClientAbilities, methods: ReadonlySet<string>) {
  const feature = features.find((one) => one.method === "textDocument/semanticTokens/full");
  const options = feature?.options?.(client);
  if (!options) return undefined;
  return { ...options, full: { delta: true }, range: methods.has("textDocument/semanticTokens/range") };
}
