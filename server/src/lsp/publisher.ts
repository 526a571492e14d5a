import {
  type Diagnostic,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from "vscode-languageserver";
import { directed, type Locale, lintDocument, moreFindings } from "../service.js";
import { ByteFactsReader } from "./byteFacts.js";
import type { ServerContext } from "./context.js";
import { encodeProblems } from "./diagnostics.js";
import { describeFailure, guarded } from "./guard.js";
import { notifications } from "./protocol.js";

/** Quiet time after an edit before findings are pushed, in milliseconds. */
const PUSH_DELAY = 200;

interface Ways {
  /** The client pulls diagnostics; then nothing is ever pushed. */
  readonly pulls: boolean;
  /** The client can be told to pull again. */
  readonly refreshes: boolean;
  readonly related: boolean;
}

const EMPTY_REPORT: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };

/** Gives findings to the client: pulled where the client can, else pushed, never both. */
export class Publisher {
  readonly #server: ServerContext;
  readonly #ways: Ways;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #encoded = new Map<string, { readonly id: string; readonly items: Diagnostic[] }>();
  readonly #bytes: ByteFactsReader;
  #saves = 0;

  constructor(server: ServerContext, ways: Ways) {
    this.#server = server;
    this.#ways = ways;
    this.#bytes = new ByteFactsReader(server);
    if (ways.pulls) this.#listen();
  }

  #listen(): void {
    const handler = guarded<DocumentDiagnosticParams, DocumentDiagnosticReport>(
      "textDocument/diagnostic",
      EMPTY_REPORT,
      this.#server.log,
      async ({ textDocument, previousResultId }) => {
        const found = await this.#diagnostics(textDocument.uri);
        if (found.id === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: found.id };
        return { kind: DocumentDiagnosticReportKind.Full, resultId: found.id, items: found.items };
      },
    );
    this.#server.connection.onRequest<DocumentDiagnosticReport, unknown>("textDocument/diagnostic", handler);
  }

  /** A document was opened or changed. */
  changed(uri: string): void {
    clearTimeout(this.#timers.get(uri));
    this.#timers.set(
      uri,
      setTimeout(() => void this.#settle(uri), PUSH_DELAY),
    );
  }

  /** A document was opened: what its bytes show is new. */
  opened(uri: string): void {
    this.#bytes.stored(uri);
    this.changed(uri);
  }

  /** A document was saved: its bytes are its text again. */
  saved(uri: string): void {
    this.#saves++;
    this.#bytes.stored(uri);
    this.#encoded.delete(uri);
    this.changed(uri);
    this.#pullAgain();
  }

  /** A document was closed: what was pushed for it goes. */
  closed(uri: string): void {
    clearTimeout(this.#timers.get(uri));
    this.#timers.delete(uri);
    this.#encoded.delete(uri);
    this.#bytes.forget(uri);
    if (!this.#ways.pulls) void this.#server.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  /** Settings changed: all findings are given anew. */
  refreshAll(): void {
    this.#encoded.clear();
    if (this.#ways.pulls) {
      this.#pullAgain();
      for (const uri of this.#server.store.uris()) this.#tellStatus(uri);
      return;
    }
    for (const uri of this.#server.store.uris()) this.changed(uri);
  }

  /** A document is to be read anew, in another dialect. */
  reread(uri: string): void {
    this.#encoded.delete(uri);
    this.refreshAll();
  }

  #pullAgain(): void {
    if (!this.#ways.pulls || !this.#ways.refreshes) return;
    this.#server.connection.languages.diagnostics.refresh().catch(() => {});
  }

  async #settle(uri: string): Promise<void> {
    this.#timers.delete(uri);
    if (!this.#server.store.has(uri)) return;
    try {
      if (!this.#ways.pulls) {
        const { items, version } = await this.#diagnostics(uri);
        if (this.#server.store.has(uri)) {
          await this.#server.connection.sendDiagnostics({ uri, version, diagnostics: items });
        }
      }
      this.#tellStatus(uri);
    } catch (error) {
      this.#server.log(describeFailure("textDocument/publishDiagnostics", error));
    }
  }

  /** Only our own client knows this notification. */
  #tellStatus(uri: string): void {
    if (this.#server.client.commands.size === 0) return;
    void this.#server.connection.sendNotification(notifications.statusChanged, { uri });
  }

  /** Findings of a document with the id of this state; encoded once a version and settings. */
  async #diagnostics(uri: string): Promise<{ id: string; version: number | undefined; items: Diagnostic[] }> {
    const { store, configuration } = this.#server;
    const { settings, rules, dialect } = await configuration.of(uri);
    const document = store.parsed(uri, dialect);
    if (!document || !settings.validate) return { id: "none", version: document?.version, items: [] };
    const id = `${document.version}.${configuration.generation}.${this.#saves}.${store.chosen(uri) ?? ""}`;
    const known = this.#encoded.get(uri);
    if (known?.id === id) return { id, version: document.version, items: known.items };
    const facts = document.language === "smtp-transcript" ? await this.#bytes.of(document) : undefined;
    // The text may have changed while the client read the file: the document of an older version is void then.
    if (store.parsed(uri, dialect) !== document) return this.#diagnostics(uri);
    const problems = lintDocument(document, { settings: rules, locale: settings.locale, facts });
    const items = encodeProblems(uri, document.source, problems, this.#ways.related, (count) =>
      moreFindings(count, settings.locale),
    ).map((item) => withDirection(item, settings.locale));
    this.#encoded.set(uri, { id, items });
    return { id, version: document.version, items };
  }
}

/** Editors lay out lists of findings from left to right whatever the language: each text brings its own direction. */
function withDirection(item: Diagnostic, locale: Locale): Diagnostic {
  const relatedInformation = item.relatedInformation?.map((one) => ({
    ...one,
    message: directed(one.message, locale),
  }));
  const message = typeof item.message === "string" ? directed(item.message, locale) : item.message;
  return { ...item, message, ...(relatedInformation && { relatedInformation }) };
}
