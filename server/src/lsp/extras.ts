import {
  type CancellationToken,
  type ExecuteCommandParams,
  type TextDocumentContentParams,
  TextDocumentContentRequest,
} from "vscode-languageserver";
import { dialectList, lookUp, makeText, statusOf } from "../service.js";
import { runCommand } from "./commands.js";
import type { ServerContext } from "./context.js";
import { guarded } from "./guard.js";
import { pageOf } from "./page.js";
import {
  type DocumentParams,
  type LookUpParams,
  type PageParams,
  type PageResult,
  requests,
  type ServiceParams,
  type ServiceResult,
} from "./protocol.js";
import type { Publisher } from "./publisher.js";

/** Registers what is no feature of a document: commands, pages, and the requests of our own client. */
export function registerExtras(server: ServerContext, publisher: Publisher): void {
  const { connection } = server;
  const on = <P, R>(method: string, empty: R, handler: (parameters: P) => R | Promise<R>): void => {
    const answer = guarded<P, unknown>(method, empty, server.log, (parameters) => handler(parameters));
    // A request without parameters reaches its handler with the token alone.
    connection.onRequest(method, (first: unknown, second?: CancellationToken) =>
      second ? answer(first as P, second) : answer({} as P, first as CancellationToken),
    );
  };
  on<ExecuteCommandParams, unknown>("workspace/executeCommand", null, ({ command, arguments: list }) =>
    runCommand(server, publisher, command, list ?? []),
  );
  on<TextDocumentContentParams, PageResult>(TextDocumentContentRequest.method, { text: "" }, async ({ uri }) => ({
    text: (await pageOf(server, uri)) ?? "",
  }));
  on<PageParams, PageResult | null>(requests.page, null, async ({ uri }) => {
    const text = await pageOf(server, uri);
    return text === null ? null : { text };
  });
  on<DocumentParams, unknown>(requests.status, null, ({ uri }) => status(server, uri));
  on<LookUpParams, unknown>(requests.lookUp, [], async ({ query }) =>
    lookUp(String(query), (await server.configuration.of(server.store.uris()[0] ?? "")).settings.locale),
  );
  on<unknown, unknown>(requests.dialects, [], () => dialectList());
  on<ServiceParams, ServiceResult | null>(requests.service, null, (parameters) => textFor(server, parameters));
}

async function status(server: ServerContext, uri: string) {
  const { settings, rules, dialect } = await server.configuration.of(uri);
  const document = server.store.parsed(uri, dialect);
  if (!document) return null;
  const chosen = (server.store.chosen(uri) ?? dialect) !== undefined;
  return statusOf(document, { settings: rules, locale: settings.locale }, chosen);
}

async function textFor(server: ServerContext, { uri, name, options }: ServiceParams): Promise<ServiceResult | null> {
  const { settings, dialect } = await server.configuration.of(uri);
  const document = server.store.parsed(uri, dialect);
  return document ? makeText(document, name, options ?? {}, settings.locale) : null;
}
