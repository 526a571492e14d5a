import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";

/** What the command line may ask of the machine; a test gives its own. */
export interface World {
  /** Prints to standard output, as text or exact octets. */
  out(text: string | Uint8Array): void;
  /** Prints a line to standard error. */
  error(line: string): void;
  /** True where standard output is a terminal that shows colours. */
  readonly colours: boolean;
  readFile(path: string): Promise<Uint8Array>;
  readStandardInput(): Promise<Uint8Array>;
  /** What stands at a path; undefined where nothing does. */
  kindOf(path: string): Promise<"file" | "folder" | undefined>;
  /** Names in a folder, sorted. */
  list(path: string): Promise<readonly { readonly name: string; readonly folder: boolean }[]>;
  /** Writes a new file; fails where one exists. */
  writeNew(path: string, content: Uint8Array): Promise<void>;
  makeFolder(path: string): Promise<void>;
}

/** The world of a process. */
export function processWorld(): World {
  const { stdout, stderr, stdin, env } = process;
  return {
    out: (text) => void stdout.write(text),
    error: (line) => void stderr.write(`${line}\n`),
    colours: stdout.isTTY === true && env.NO_COLOR === undefined && env.TERM !== "dumb",
    readFile: async (path) => readFile(path),
    readStandardInput: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
    kindOf: async (path) => {
      try {
        const found = await stat(path);
        return found.isDirectory() ? "folder" : "file";
      } catch {
        return undefined;
      }
    },
    list: async (path) => {
      const entries = await readdir(path, { withFileTypes: true });
      return entries
        .map((entry) => ({ name: entry.name, folder: entry.isDirectory() }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    writeNew: (path, content) => writeFile(path, content, { flag: "wx" }),
    makeFolder: async (path) => void (await mkdir(path, { recursive: true })),
  };
}
