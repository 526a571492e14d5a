import type { ParsedDocument } from "../features/types.js";
import { type ByteFacts, scanBytes } from "../text/bytes.js";
import type { SourceText } from "../text/source.js";
import type { ServerContext } from "./context.js";
import { clientRequests, type DocumentParams } from "./protocol.js";

/**
 * What the stored bytes of documents show and an editor's text does not (design: bytes). They are read when a document is
 * opened or saved, and hold for exactly the text that was stored: after an edit there are none until it is saved.
 */
export class ByteFactsReader {
  readonly #server: ServerContext;
  readonly #due = new Set<string>();
  readonly #reading = new Map<string, Promise<void>>();
  readonly #facts = new WeakMap<SourceText, ByteFacts>();

  constructor(server: ServerContext) {
    this.#server = server;
  }

  /** A document was opened or saved: its bytes are read when its findings are next asked for. */
  stored(uri: string): void {
    this.#due.add(uri);
  }

  forget(uri: string): void {
    this.#due.delete(uri);
  }

  /** The facts that hold for a document; undefined where nobody can read its bytes or they are another text. */
  async of(document: ParsedDocument): Promise<ByteFacts | undefined> {
    const { uri, source } = document;
    if (this.#due.delete(uri)) this.#reading.set(uri, this.#read(uri, source));
    await this.#reading.get(uri);
    return this.#facts.get(source);
  }

  async #read(uri: string, source: SourceText): Promise<void> {
    const bytes = await this.#server.host.readBytes(uri);
    const facts = bytes ? factsIfSame(bytes, source.text) : await this.#ask(uri, source);
    if (facts) this.#facts.set(source, facts);
    this.#reading.delete(uri);
  }

  /** Our own client scans files that this host cannot read: in a browser, on a remote file system. */
  async #ask(uri: string, source: SourceText): Promise<ByteFacts | undefined> {
    if (this.#server.client.commands.size === 0 || uri.startsWith("untitled:")) return undefined;
    try {
      const parameters: DocumentParams = { uri };
      const facts = await this.#server.connection.sendRequest<ByteFacts | null>(clientRequests.bytes, parameters);
      return facts && fits(facts, source) ? facts : undefined;
    } catch {
      return undefined;
    }
  }
}

/** Facts of bytes, if they are the text once decoded and with line ends made uniform; undefined where they are not. */
export function factsIfSame(bytes: Uint8Array, text: string): ByteFacts | undefined {
  const stored = uniform(new TextDecoder("utf-8").decode(bytes));
  return stored === uniform(text) ? scanBytes(bytes) : undefined;
}

function uniform(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

/** Without the bytes: as many lines, and as many octets, as the text would have. */
function fits(facts: ByteFacts, source: SourceText): boolean {
  const { crlf, lf, cr } = facts.lineEnds;
  if (crlf + lf + cr !== source.lineCount - 1) return false;
  if (facts.counts["not-utf8"] > 0) return true;
  const octets = new TextEncoder().encode(uniform(source.text)).length + crlf;
  return facts.size === octets || facts.size === octets + 3;
}
