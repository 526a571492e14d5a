import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocuments,
} from "vscode-languageserver";
import { features } from "../features/index.js";
import type { Host } from "../host.js";
import { version } from "../version.js";
import { abilitiesOf, capabilitiesOf } from "./capabilities.js";
import { Configuration, configFileName } from "./configuration.js";
import type { ServerContext } from "./context.js";
import { registerFeatures } from "./dispatch.js";
import { createDocument, updateDocument } from "./document.js";
import { registerExtras } from "./extras.js";
import { describeFailure, guardedNotification } from "./guard.js";
import { clientRequests, type DocumentParams, type InitializationOptions } from "./protocol.js";
import { Publisher } from "./publisher.js";
import { viewRefresher } from "./refresh.js";
import { DocumentStore } from "./store.js";

/**
 * Serves LSP on a connection until it closes: stdio, IPC or a web worker, the mains differ only in the connection and the
 * host. All knowledge is in the features; this is glue.
 */
export function startServer(connection: Connection, host: Host): void {
  const log = (line: string): void => connection.console.error(line);
  connection.onInitialize((parameters) => initialize(connection, host, parameters, log));
  connection.listen();
}

function initialize(connection: Connection, host: Host, parameters: InitializeParams, log: (line: string) => void) {
  const { capabilities } = parameters;
  const options = optionsOf(parameters.initializationOptions);
  const client = abilitiesOf(capabilities, options);
  const documents = new TextDocuments({ create: createDocument, update: updateDocument });
  const store = new DocumentStore(documents);
  const roots = (parameters.workspaceFolders ?? []).map((folder) => folder.uri);
  const configuration = new Configuration(connection, host, {
    canAsk: capabilities.workspace?.configuration === true,
    locale: options.locale ?? parameters.locale,
    roots,
    readFromClient: client.commands.size > 0 ? (uri) => askConfigText(connection, uri) : undefined,
  });
  const context: ServerContext = {
    connection,
    host,
    store,
    configuration,
    client,
    refreshViews: viewRefresher(connection, capabilities),
    log,
  };
  const pulls = capabilities.textDocument?.diagnostic !== undefined;
  const publisher = new Publisher(context, {
    pulls,
    refreshes: capabilities.workspace?.diagnostics?.refreshSupport === true,
    related: capabilities.textDocument?.publishDiagnostics?.relatedInformation !== false,
  });
  registerFeatures(context, features);
  registerExtras(context, publisher);
  documents.onDidOpen(({ document }) => publisher.opened(document.uri));
  documents.onDidSave(({ document }) => publisher.saved(document.uri));
  documents.onDidChangeContent(({ document }) => publisher.changed(document.uri));
  documents.onDidClose(({ document }) => {
    store.forget(document.uri);
    configuration.forget(document.uri);
    publisher.closed(document.uri);
  });
  documents.listen(connection);
  watchSettings(context, publisher, capabilities);
  const result: InitializeResult = {
    capabilities: capabilitiesOf(features, client, pulls),
    serverInfo: { name: "smtp-transcripts", version },
  };
  return result;
}

/** Our own client reads files of its workspace that this host cannot: in a browser, on a remote file system. */
function askConfigText(connection: Connection, uri: string): Promise<string | null> {
  const parameters: DocumentParams = { uri };
  return connection.sendRequest<string | null>(clientRequests.configText, parameters);
}

/** Follows changes of the settings and of configuration files, and shows the findings anew. */
function watchSettings(
  context: ServerContext,
  publisher: Publisher,
  capabilities: InitializeParams["capabilities"],
): void {
  const { connection, configuration, log } = context;
  connection.onDidChangeConfiguration(
    guardedNotification("workspace/didChangeConfiguration", log, (change: { settings: unknown }) => {
      configuration.changed(change.settings);
      publisher.refreshAll();
      context.refreshViews();
    }),
  );
  connection.onDidChangeWatchedFiles(
    guardedNotification("workspace/didChangeWatchedFiles", log, () => {
      configuration.filesChanged();
      publisher.refreshAll();
    }),
  );
  connection.onInitialized(async () => {
    try {
      if (capabilities.workspace?.didChangeConfiguration?.dynamicRegistration) {
        await connection.client.register(DidChangeConfigurationNotification.type, { section: "smtpTranscripts" });
      }
      if (capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration) {
        const watchers = [{ globPattern: `**/${configFileName}` }];
        await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
      }
    } catch (error) {
      log(describeFailure("client/registerCapability", error));
    }
  });
}

function optionsOf(value: unknown): InitializationOptions {
  if (typeof value !== "object" || value === null) return {};
  const { commands, locale, customTokenTypes } = value as Record<string, unknown>;
  return {
    commands: Array.isArray(commands) ? commands.filter((command) => typeof command === "string") : [],
    locale: typeof locale === "string" ? locale : undefined,
    customTokenTypes: customTokenTypes === true,
  };
}
