// Keeps the big JSON of the reference as strings in the bundles: a string costs nothing at start-up, and
// server/src/reference/lazy.ts parses it when somebody looks something up.
import { readFile } from "node:fs/promises";

/** The esbuild plugin. */
export const lazyJson = {
  name: "lazy-json",
  setup(build) {
    build.onLoad({ filter: /[\\/]reference[\\/](?:data|locales)[\\/].*\.json$/ }, async ({ path }) => ({
      contents: JSON.stringify(JSON.parse(await readFile(path, "utf8"))),
      loader: "text",
    }));
  },
};
