import { run } from "../../server/src/cli/run.js";
import type { World } from "../../server/src/cli/world.js";

/** What a run of the command line printed and wrote. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
  readonly written: ReadonlyMap<string, string>;
}

type Content = string | Uint8Array;

/** Runs the command line in a world of the given files; "-" is standard input. */
export async function runCli(words: readonly string[], files: Readonly<Record<string, Content>> = {}): Promise<Ran> {
  const out: Uint8Array[] = [];
  const errors: string[] = [];
  const written = new Map<string, string>();
  const bytes = (content: Content): Uint8Array =>
    typeof content === "string" ? new TextEncoder().encode(content) : content;
  const names = Object.keys(files);
  const inside = (folder: string) => (folder === "." ? names : names.filter((name) => name.startsWith(`${folder}/`)));
  const world: World = {
    out: (text) => void out.push(bytes(text)),
    error: (line) => void errors.push(line),
    colours: false,
    readFile: async (path) => {
      const content = files[path];
      if (content === undefined) throw Object.assign(new Error("no such file"), { code: "ENOENT" });
      return bytes(content);
    },
    readStandardInput: async () => bytes(files["-"] ?? ""),
    kindOf: async (path) => (path in files ? "file" : inside(path).length > 0 ? "folder" : undefined),
    list: async (folder) => {
      const prefix = folder === "." ? "" : `${folder}/`;
      const found = new Map<string, boolean>();
      for (const name of inside(folder)) {
        const [first = "", ...rest] = name.slice(prefix.length).split("/");
        found.set(first, rest.length > 0);
      }
      return [...found].map(([name, isFolder]) => ({ name, folder: isFolder }));
    },
    writeNew: async (path, content) => {
      if (path in files || written.has(path)) throw Object.assign(new Error("exists"), { code: "EEXIST" });
      written.set(path, Buffer.from(content).toString("latin1"));
    },
    makeFolder: async () => {},
  };
  const code = await run(world, words);
  return { code, out: Buffer.concat(out).toString("utf8"), error: errors.join("\n"), written };
}
