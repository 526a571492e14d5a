import { commands, type ExtensionContext, env, type LogOutputChannel, Uri, window, workspace } from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import {
  clientCommands,
  clientRequests,
  type DocumentParams,
  type InitializationOptions,
} from "../../server/src/lsp/protocol.js";
import { scanBytes } from "../../server/src/text/bytes.js";
import { openText, registerCommands } from "./commands.js";
import { registerEditNotice } from "./edit-notice.js";
import { registerFixOnSave } from "./fix-on-save.js";
import { documentSelector } from "./selector.js";
import { createStatus } from "./status.js";

/** Id of the language client, under which the protocol trace is configured. */
const CLIENT_ID = "smtpTranscripts";

/** File with settings for a folder of transcripts. */
const CONFIG_FILE = ".smtptranscripts.json";

/** Larger files are not scanned for their bytes. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Makes the language client of one kind of host: a Node process or a worker. */
export type CreateClient = (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient;

/** Starts everything: the server, its commands, the status item. Shared by the Node and the browser host. */
export async function start(context: ExtensionContext, createClient: CreateClient): Promise<BaseLanguageClient> {
  const channel = window.createOutputChannel("SMTP Transcripts", { log: true });
  const client = createClient(CLIENT_ID, "SMTP Transcripts", options(channel));
  context.subscriptions.push(channel, createStatus(client), registerFixOnSave(), ...registerCommands(client, channel));
  client.onRequest(clientRequests.bytes, bytesOf);
  client.onRequest(clientRequests.configText, configText);
  client.onRequest(clientRequests.openText, openText);
  await client.start();
  context.subscriptions.push(registerEditNotice(client, (uri) => bytesOf({ uri })));
  await commands.executeCommand("setContext", "smtpTranscripts.active", true);
  return client;
}

function options(channel: LogOutputChannel): LanguageClientOptions {
  const initializationOptions: InitializationOptions = {
    commands: Object.values(clientCommands),
    locale: env.language,
    customTokenTypes: true,
  };
  return {
    documentSelector,
    initializationOptions,
    outputChannel: channel,
    traceOutputChannel: withoutParameters(channel),
    synchronize: {
      configurationSection: CLIENT_ID,
      fileEvents: workspace.createFileSystemWatcher(`**/${CONFIG_FILE}`),
    },
    diagnosticPullOptions: { onChange: true, onTabs: true },
    markdown: { isTrusted: { enabledCommands: [clientCommands.compare] }, supportHtml: false },
  };
}

/**
 * The channel of the protocol trace: it keeps the first line of each entry (time, direction, name of the message) and drops
 * the parameters, which would print the document with every password in it.
 */
function withoutParameters(channel: LogOutputChannel): LogOutputChannel {
  const trace = (message: string) => {
    if (workspace.getConfiguration(CLIENT_ID).get("trace.server") === "off") return;
    if (!message.startsWith("{")) channel.trace(message.split("\n", 1)[0] as string);
  };
  return Object.create(channel, { trace: { value: trace } }) as LogOutputChannel;
}

/** The text of a configuration file, and of no other file, in a folder of the workspace. */
async function configText({ uri }: DocumentParams): Promise<string | null> {
  try {
    const address = Uri.parse(uri, true);
    if (!address.path.endsWith(`/${CONFIG_FILE}`) || !workspace.getWorkspaceFolder(address)) return null;
    return new TextDecoder().decode(await workspace.fs.readFile(address));
  } catch {
    return null;
  }
}

/** What the bytes of a stored file show and its text cannot; only facts leave, never the file. */
async function bytesOf({ uri }: DocumentParams) {
  try {
    const address = Uri.parse(uri, true);
    const { size } = await workspace.fs.stat(address);
    return size > MAX_BYTES ? null : scanBytes(await workspace.fs.readFile(address));
  } catch {
    return null;
  }
}
