import type { Connection } from "vscode-languageserver";
import type { Host } from "../host.js";
import { anyRuleById } from "../rules/all.js";
import { type ConfigFile, parseConfig, type RuleSettings, withConfig } from "../rules/configure.js";
import { describeFailure } from "./guard.js";
import { readSettings, type Settings, section } from "./settings.js";

/** Name of the file with settings for a folder of transcripts, found upward from a transcript. */
export const configFileName = ".smtptranscripts.json";

/** How many folders upward a configuration file is looked for. */
const MAX_FOLDERS = 40;

/** The settings of a document: the editor's, and the nearest configuration file laid over them. */
export interface DocumentSettings {
  readonly settings: Settings;
  readonly rules: RuleSettings;
  /** Dialect from the configuration file or the settings. */
  readonly dialect: string | undefined;
}

interface Setup {
  /** The client answers `workspace/configuration`. */
  readonly canAsk: boolean;
  readonly locale: string | undefined;
  readonly roots: readonly string[];
  /** Asks the client for the text of a configuration file, for hosts that cannot read it; null where there is none. */
  readonly readFromClient?: ((uri: string) => Promise<string | null>) | undefined;
}

/** Settings, read anew after each change and kept in between. */
export class Configuration {
  readonly #connection: Connection;
  readonly #host: Host;
  readonly #setup: Setup;
  /** Settings as the client last pushed them, for clients that cannot be asked. */
  #pushed: unknown;
  #known = new Map<string, Promise<DocumentSettings>>();
  #files = new Map<string, Promise<ConfigFile | undefined>>();
  #generation = 0;

  constructor(connection: Connection, host: Host, setup: Setup) {
    this.#connection = connection;
    this.#host = host;
    this.#setup = setup;
  }

  /** Grows with each change; part of the id of a diagnostic report. */
  get generation(): number {
    return this.#generation;
  }

  /** The settings for a document. */
  of(uri: string): Promise<DocumentSettings> {
    let known = this.#known.get(uri);
    if (!known) {
      known = this.#read(uri);
      this.#known.set(uri, known);
    }
    return known;
  }

  /** `workspace/didChangeConfiguration`: what was pushed counts only for clients that cannot be asked. */
  changed(pushed: unknown): void {
    this.#pushed = pushed;
    this.#generation++;
    this.#known = new Map();
  }

  /** A configuration file was made, changed or deleted. */
  filesChanged(): void {
    this.#files = new Map();
    this.#generation++;
    this.#known = new Map();
  }

  /** A configuration file holds this text now, though it may not be saved yet. */
  fileIs(uri: string, text: string): void {
    this.filesChanged();
    this.#files.set(uri, Promise.resolve(parseConfig(text, (id) => anyRuleById(id) !== undefined).config));
  }

  forget(uri: string): void {
    this.#known.delete(uri);
  }

  /** The configuration file that holds for a document, or where a new one would go; undefined for documents without a folder. */
  async fileFor(uri: string): Promise<{ readonly uri: string; readonly text: string | undefined } | undefined> {
    const folders = foldersUpward(uri, this.#setup.roots);
    for (const folder of folders) {
      const file = `${folder}/${configFileName}`;
      const text = await this.#readText(file);
      if (text !== undefined) return { uri: file, text };
    }
    const root = this.#setup.roots.find((one) => uri.startsWith(`${withoutSlash(one)}/`)) ?? folders[0];
    return root === undefined ? undefined : { uri: `${withoutSlash(root)}/${configFileName}`, text: undefined };
  }

  async #read(uri: string): Promise<DocumentSettings> {
    const settings = readSettings(await this.#ask(uri), this.#setup.locale);
    const { profile, messageProfile } = settings;
    const base: RuleSettings = { profile, messageProfile, rules: settings.rules, aside: [] };
    const file = await this.#configFile(uri);
    return {
      settings,
      rules: file ? withConfig(base, file) : base,
      dialect: file?.dialect ?? settings.dialect,
    };
  }

  async #ask(uri: string): Promise<unknown> {
    if (!this.#setup.canAsk) {
      const all = this.#pushed;
      return typeof all === "object" && all !== null ? (all as Record<string, unknown>)[section] : undefined;
    }
    try {
      return await this.#connection.workspace.getConfiguration({ scopeUri: uri, section });
    } catch (error) {
      this.#connection.console.error(describeFailure("workspace/configuration", error));
      return undefined;
    }
  }

  async #configFile(uri: string): Promise<ConfigFile | undefined> {
    for (const folder of foldersUpward(uri, this.#setup.roots)) {
      const file = `${folder}/${configFileName}`;
      let known = this.#files.get(file);
      if (!known) {
        known = this.#readText(file).then((text) =>
          text === undefined ? undefined : parseConfig(text, (id) => anyRuleById(id) !== undefined).config,
        );
        this.#files.set(file, known);
      }
      const config = await known;
      if (config) return config;
    }
    return undefined;
  }

  async #readText(uri: string): Promise<string | undefined> {
    try {
      return (await this.#host.readText(uri)) ?? (await this.#setup.readFromClient?.(uri)) ?? undefined;
    } catch {
      return undefined;
    }
  }
}

/**
 * Folders of a document from its own upward: to the workspace root that holds it; for a `file:` document outside of all
 * roots to the top. Others outside of the roots have none: their folders cannot be read.
 */
export function foldersUpward(uri: string, roots: readonly string[]): string[] {
  const root = roots.map(withoutSlash).find((one) => uri.startsWith(`${one}/`));
  if (root === undefined && !uri.startsWith("file:///")) return [];
  const top = root ?? "file://";
  const folders: string[] = [];
  let folder = uri;
  while (folders.length < MAX_FOLDERS && folder !== top) {
    const above = folder.slice(0, folder.lastIndexOf("/"));
    if (above.length < top.length || above === "file://") break;
    folder = above;
    folders.push(folder);
  }
  return folders;
}

function withoutSlash(uri: string): string {
  return uri.endsWith("/") ? uri.slice(0, -1) : uri;
}
