import type { ParsedDocument } from "../features/types.js";
import { parseDocument } from "../service.js";
import { languageOf, type OpenDocument } from "./document.js";

/** Gives the open documents by URI. */
export interface Documents {
  get(uri: string): OpenDocument | undefined;
  all(): OpenDocument[];
}

/**
 * The open documents, each read once per version. The dialect can be chosen for a document by a person; that choice lives
 * as long as the document is open.
 */
export class DocumentStore {
  readonly #documents: Documents;
  readonly #parsed = new Map<
    string,
    {
      readonly open: OpenDocument;
      readonly dialect: string | undefined;
      readonly parsed: ParsedDocument;
      /** The last version whose transcript was read before this one. */
      readonly base: ParsedDocument | undefined;
    }
  >();
  readonly #chosen = new Map<string, string>();

  constructor(documents: Documents) {
    this.#documents = documents;
  }

  has(uri: string): boolean {
    return this.#documents.get(uri) !== undefined;
  }

  /** The document as features see it; undefined where it is not open. `dialect` is the one from the settings. */
  parsed(uri: string, dialect: string | undefined): ParsedDocument | undefined {
    const open = this.#documents.get(uri);
    if (!open) return undefined;
    const wanted = this.#chosen.get(uri) ?? dialect;
    const known = this.#parsed.get(uri);
    if (known && known.open === open && known.dialect === wanted) return known.parsed;
    const { version, source, languageId } = open;
    const base = known?.parsed.wasRead ? known.parsed : known?.base;
    const language = languageOf(uri, languageId);
    const parsed = parseDocument({ uri, version, source, language, dialect: wanted }, base);
    this.#parsed.set(uri, { open, dialect: wanted, parsed, base });
    return parsed;
  }

  /** All open documents. */
  all(dialect: string | undefined): ParsedDocument[] {
    return this.#documents.all().flatMap((open) => this.parsed(open.uri, dialect) ?? []);
  }

  uris(): string[] {
    return this.#documents.all().map((open) => open.uri);
  }

  /** Reads a document in a dialect from now on; null goes back to the settings and detection. */
  choose(uri: string, dialect: string | null): void {
    if (dialect === null) this.#chosen.delete(uri);
    else this.#chosen.set(uri, dialect);
  }

  chosen(uri: string): string | undefined {
    return this.#chosen.get(uri);
  }

  forget(uri: string): void {
    this.#parsed.delete(uri);
    this.#chosen.delete(uri);
  }
}
