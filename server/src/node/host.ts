import { readFile, stat } from "node:fs/promises";
import { join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import type { Host } from "../host.js";

/** Larger files are not read for their bytes; VS Code does not hand them to extensions either. */
const MAX_BYTES = 64 * 1024 * 1024;

/** The host on Node: `file:` documents are read from disk, assets from the folder of the bundle. */
export function createNodeHost(assetFolder: string): Host {
  return {
    readBytes: (uri) => readFileOf(uri),
    readText: async (uri) => decode(await readFileOf(uri)),
    readAsset: async (name) => {
      const path = normalize(name);
      if (path.startsWith("..")) return undefined;
      return decode(await readPath(join(assetFolder, path)));
    },
  };
}

async function readFileOf(uri: string): Promise<Uint8Array | undefined> {
  if (!uri.startsWith("file:")) return undefined;
  try {
    return await readPath(fileURLToPath(uri));
  } catch {
    return undefined;
  }
}

async function readPath(path: string): Promise<Uint8Array | undefined> {
  try {
    const { size } = await stat(path);
    return size > MAX_BYTES ? undefined : await readFile(path);
  } catch {
    return undefined;
  }
}

function decode(bytes: Uint8Array | undefined): string | undefined {
  return bytes && new TextDecoder("utf-8").decode(bytes);
}
