// Reads the sources' import statements, for the rules about who may import whom.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../..");

const IMPORT =
  /^(?:import|export)\b[^;"']{0,2000}?\bfrom\s+["']([^"']+)["']|^import\s+["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/gm;

/** Source files below a folder, relative to the project. */
export function sources(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs)$/.test(entry.name) && !entry.parentPath.includes("node_modules"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}

/** What a file imports: { target, typeOnly }; targets of ours are paths relative to the project, others package names. */
export function importsOf(file) {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(IMPORT)].map((match) => {
    const name = match[1] ?? match[2] ?? match[3];
    return {
      target: name.startsWith(".") ? resolveOwn(file, name) : name,
      typeOnly: /^(?:import|export)\s+type\b/.test(match[0]),
    };
  });
}

function resolveOwn(file, name) {
  const path = relative(root, resolve(root, dirname(file), name)).replaceAll("\\", "/");
  const source = path.replace(/\.js$/, ".ts");
  return existsSync(join(root, source)) ? source : path;
}
