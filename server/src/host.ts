/** What the core may ask of the world it runs in. Nothing here throws: what cannot be read is `undefined`. */
export interface Host {
  /** The stored bytes of a document, exactly; undefined where this host cannot read it (no `file:` address, a browser). */
  readBytes(uri: string): Promise<Uint8Array | undefined>;
  /** A text file as UTF-8, such as `.smtptranscripts.json`. */
  readText(uri: string): Promise<string | undefined>;
  /** A text file that the extension ships, by its path below `dist/`. */
  readAsset(name: string): Promise<string | undefined>;
}
