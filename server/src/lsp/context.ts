import type { Connection } from "vscode-languageserver";
import type { ClientAbilities } from "../features/types.js";
import type { Host } from "../host.js";
import type { Configuration } from "./configuration.js";
import type { DocumentStore } from "./store.js";

/** Everything the parts of the server share. Made at `initialize`. */
export interface ServerContext {
  readonly connection: Connection;
  readonly host: Host;
  readonly store: DocumentStore;
  readonly configuration: Configuration;
  readonly client: ClientAbilities;
  /** Has the client fetch colours, lenses, hints and folds again. */
  refreshViews(): void;
  log(line: string): void;
}
