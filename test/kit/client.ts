import { Duplex } from "node:stream";
import {
  type CodeAction,
  type Command,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import type { Host } from "../../server/src/host.js";
import { startServer } from "../../server/src/lsp/server.js";

/** Two ends of a stream: what is written to one is read from the other. */
function streamPair(): [Duplex, Duplex] {
  const make = (): Duplex =>
    new Duplex({
      read() {},
      write(chunk, _encoding, done) {
        (this as Duplex & { other: Duplex }).other.push(chunk);
        done();
      },
    });
  const [a, b] = [make(), make()] as [Duplex & { other?: Duplex }, Duplex & { other?: Duplex }];
  a.other = b;
  b.other = a;
  return [a, b];
}

/** A host without files, or with those given by URI. */
export function memoryHost(files: Readonly<Record<string, string>> = {}): Host {
  const read = (uri: string) => (Object.hasOwn(files, uri) ? files[uri] : undefined);
  return {
    readBytes: async (uri) => {
      const text = read(uri);
      return text === undefined ? undefined : new TextEncoder().encode(text);
    },
    readText: async (uri) => read(uri),
    readAsset: async () => undefined,
  };
}

export interface ClientOptions {
  readonly host?: Host;
  /** The client asks for diagnostics instead of waiting for them. */
  readonly pulls?: boolean;
  /** Value of the section `smtpTranscripts`; the client answers `workspace/configuration` with it. */
  readonly settings?: Record<string, unknown>;
  readonly commands?: readonly string[];
  readonly locale?: string;
  readonly roots?: readonly string[];
  /** Files of the workspace that the client reads for the server, text by URI. */
  readonly files?: Readonly<Record<string, string>>;
}

const REFRESHED = ["semanticTokens", "codeLens", "inlayHint", "foldingRange"];

/** A small LSP client for tests: what an editor does, with what it saw. */
export class TestClient {
  readonly connection: ProtocolConnection;
  readonly pushed = new Map<string, Diagnostic[]>();
  readonly edits: WorkspaceEdit[] = [];
  readonly logged: string[] = [];
  refreshes = 0;
  /** What the server asked to fetch again besides diagnostics. */
  readonly refreshed = new Set<string>();
  settings: Record<string, unknown>;
  initialized: InitializeResult | undefined;
  readonly #options: ClientOptions;

  constructor(connection: ProtocolConnection, options: ClientOptions) {
    this.connection = connection;
    this.#options = options;
    this.settings = options.settings ?? {};
    connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      this.pushed.set(params.uri, params.diagnostics);
    });
    connection.onNotification("window/logMessage", (params: { message: string }) => {
      this.logged.push(params.message);
    });
    connection.onRequest("workspace/configuration", (params: { items: unknown[] }) =>
      params.items.map(() => this.settings),
    );
    connection.onRequest("workspace/diagnostic/refresh", () => {
      this.refreshes++;
      return null;
    });
    for (const view of REFRESHED) {
      connection.onRequest(`workspace/${view}/refresh`, () => {
        this.refreshed.add(view);
        return null;
      });
    }
    connection.onRequest("client/registerCapability", () => null);
    connection.onRequest("smtpTranscripts/configText", ({ uri }: { uri: string }) => options.files?.[uri] ?? null);
    connection.onRequest("workspace/applyEdit", (params: { edit: WorkspaceEdit }) => {
      this.edits.push(params.edit);
      return { applied: true };
    });
    connection.listen();
  }

  async start(): Promise<InitializeResult> {
    const { pulls, commands, locale, roots } = this.#options;
    this.initialized = await this.connection.sendRequest<InitializeResult>("initialize", {
      processId: null,
      rootUri: null,
      workspaceFolders: (roots ?? []).map((uri) => ({ uri, name: uri })),
      capabilities: {
        workspace: {
          configuration: true,
          didChangeConfiguration: { dynamicRegistration: true },
          diagnostics: { refreshSupport: true },
          ...Object.fromEntries(REFRESHED.map((view) => [view, { refreshSupport: true }])),
          applyEdit: true,
        },
        textDocument: {
          hover: { contentFormat: ["markdown", "plaintext"] },
          publishDiagnostics: { relatedInformation: true },
          ...(pulls ? { diagnostic: { dynamicRegistration: false } } : {}),
        },
      },
      initializationOptions: { commands: commands ?? [], locale },
    });
    await this.connection.sendNotification("initialized", {});
    return this.initialized;
  }

  async open(uri: string, text: string, languageId = "smtp-transcript"): Promise<void> {
    await this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  async change(
    uri: string,
    version: number,
    contentChanges: readonly { range?: Range; text: string }[],
  ): Promise<void> {
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  request<R>(method: string, parameters?: unknown): Promise<R> {
    return parameters === undefined
      ? this.connection.sendRequest<R>(method)
      : this.connection.sendRequest<R>(method, parameters as object);
  }

  /** Pulls the diagnostics of a document. */
  async pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.request("textDocument/diagnostic", { textDocument: { uri }, previousResultId });
  }

  /** Pulls the diagnostics of a document, all of them. */
  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const report = await this.pull(uri);
    return report.kind === "full" ? report.items : [];
  }

  /** Waits until something holds, at most some seconds. */
  async until(holds: () => boolean): Promise<void> {
    for (let k = 0; k < 200 && !holds(); k++) await new Promise((resolve) => setTimeout(resolve, 25));
    if (!holds()) throw new Error("what was waited for did not happen");
  }

  actions(
    uri: string,
    range: Range,
    diagnostics: Diagnostic[] = [],
    only?: string[],
  ): Promise<(CodeAction | Command)[]> {
    return this.request("textDocument/codeAction", { textDocument: { uri }, range, context: { diagnostics, only } });
  }

  async hover(uri: string, line: number, character: number): Promise<string | null> {
    const position = { line, character };
    const answer = await this.request<{ contents: { value: string } } | null>("textDocument/hover", {
      textDocument: { uri },
      position,
    });
    return answer?.contents.value ?? null;
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest("shutdown");
    this.connection.dispose();
  }
}

/** A client joined to a server of this process by streams, as over a socket. */
export async function startClient(options: ClientOptions = {}): Promise<TestClient> {
  const [here, there] = streamPair();
  const server = createConnection(new StreamMessageReader(there), new StreamMessageWriter(there));
  startServer(server, options.host ?? memoryHost());
  const client = createProtocolConnection(new StreamMessageReader(here), new StreamMessageWriter(here), undefined);
  const test = new TestClient(client, options);
  await test.start();
  return test;
}
