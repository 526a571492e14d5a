import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { startServer } from "../lsp/server.js";
import { createNodeHost } from "./host.js";

// Speaks over what the command line names: --node-ipc (our extension), --stdio, --socket or --pipe (other editors).
startServer(createConnection(ProposedFeatures.all), createNodeHost(__dirname));
