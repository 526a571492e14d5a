import {
  type ClientCapabilities,
  CodeLensRefreshRequest,
  type Connection,
  FoldingRangeRefreshRequest,
  InlayHintRefreshRequest,
  SemanticTokensRefreshRequest,
} from "vscode-languageserver";

/**
 * Asks the client to fetch again what it shows besides findings: colours, lenses, hints and folds. Called where settings or
 * the dialect changed and the text did not, which an editor cannot know. Only what the client says it can refresh is asked.
 */
export function viewRefresher(connection: Connection, { workspace }: ClientCapabilities): () => void {
  const wanted = [
    workspace?.semanticTokens?.refreshSupport && SemanticTokensRefreshRequest.method,
    workspace?.codeLens?.refreshSupport && CodeLensRefreshRequest.method,
    workspace?.inlayHint?.refreshSupport && InlayHintRefreshRequest.method,
    workspace?.foldingRange?.refreshSupport && FoldingRangeRefreshRequest.method,
  ].filter((method) => typeof method === "string");
  return () => {
    for (const method of wanted) connection.sendRequest(method).catch(() => {});
  };
}
