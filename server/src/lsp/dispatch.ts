import { LSPErrorCodes, ResponseError, type SemanticTokens } from "vscode-languageserver";
import type { Feature, FeatureContext, ParsedDocument } from "../features/types.js";
import type { ServerContext } from "./context.js";
import { guarded } from "./guard.js";
import { FULL_TOKENS_CHARACTERS, FULL_TOKENS_LINES, TokenHistory } from "./semanticTokens.js";

const FULL_TOKENS = "textDocument/semanticTokens/full";
const TOKENS_DELTA = "textDocument/semanticTokens/full/delta";

/** Methods about all documents at once: their parameters name none. */
const WORKSPACE_METHODS: ReadonlySet<string> = new Set(["workspace/symbol"]);

interface AnyParameters {
  readonly textDocument?: { readonly uri?: string };
  /** Items to resolve and code lenses carry their document here. */
  readonly data?: { readonly uri?: string };
  readonly previousResultId?: string;
}

/** Registers one guarded handler a request; features that share a request are asked in order and their answers joined. */
export function registerFeatures(server: ServerContext, features: readonly Feature[]): void {
  const byMethod = new Map<string, Feature[]>();
  for (const feature of features) {
    byMethod.set(feature.method, [...(byMethod.get(feature.method) ?? []), feature]);
  }
  const tokens = new TokenHistory();
  for (const [method, list] of byMethod) {
    const handler = guarded<AnyParameters, unknown>(method, null, server.log, async (parameters, cancellation) => {
      const context = await contextFor(server, method, parameters, () => cancellation.isCancellationRequested);
      if (!context) return null;
      const refused = method === FULL_TOKENS ? tooLarge(context.document) : undefined;
      if (refused) return refused;
      const answer = ask(list, context, parameters);
      return method === FULL_TOKENS && answer
        ? tokens.remember(context.document.uri, answer as SemanticTokens)
        : answer;
    });
    server.connection.onRequest(method, handler);
  }
  const full = byMethod.get(FULL_TOKENS);
  if (full) registerDelta(server, full, tokens);
}

function registerDelta(server: ServerContext, full: readonly Feature[], tokens: TokenHistory): void {
  const handler = guarded<AnyParameters, unknown>(TOKENS_DELTA, null, server.log, async (parameters, cancellation) => {
    const context = await contextFor(server, TOKENS_DELTA, parameters, () => cancellation.isCancellationRequested);
    if (!context) return null;
    const refused = tooLarge(context.document);
    if (refused) return refused;
    const answer = ask(full, context, parameters) as SemanticTokens | null;
    return answer && tokens.delta(context.document.uri, parameters.previousResultId ?? "", answer);
  });
  server.connection.onRequest(TOKENS_DELTA, handler);
}

/** Null would end range requests too, so a file above VS Code's limits is refused (LSP 3.18, ServerCancelled). */
function tooLarge(document: ParsedDocument): ResponseError<void> | undefined {
  const { lineCount, text } = document.source;
  if (lineCount <= FULL_TOKENS_LINES && text.length <= FULL_TOKENS_CHARACTERS) return undefined;
  return new ResponseError(LSPErrorCodes.ServerCancelled, "too large for tokens of the whole document");
}

async function contextFor(
  server: ServerContext,
  method: string,
  parameters: AnyParameters,
  cancelled: () => boolean,
): Promise<FeatureContext | undefined> {
  const { store, configuration, client } = server;
  const anywhere = WORKSPACE_METHODS.has(method) ? store.uris()[0] : undefined;
  const uri = parameters.textDocument?.uri ?? parameters.data?.uri ?? anywhere;
  if (uri === undefined || !store.has(uri)) return undefined;
  const { settings, rules, dialect } = await configuration.of(uri);
  if (cancelled()) return undefined;
  const document = store.parsed(uri, dialect);
  if (!document) return undefined;
  return {
    document,
    settings: { ...settings, ...rules },
    client,
    get open() {
      return store.all(dialect);
    },
    cancelled,
  };
}

/** Asks each feature that serves the document's language; lists are joined, of other answers the first counts. */
function ask(features: readonly Feature[], context: FeatureContext, parameters: unknown): unknown {
  let joined: unknown = null;
  for (const feature of features) {
    if (!feature.languages.includes(context.document.language)) continue;
    const answer = feature.run(context, parameters);
    if (answer === null || answer === undefined) continue;
    if (joined === null) joined = answer;
    else if (Array.isArray(joined) && Array.isArray(answer)) joined = [...joined, ...answer];
  }
  return joined;
}
