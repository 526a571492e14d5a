// What keeps people out who use keys or a screen reader, found by axe-core.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { here } from "./paths.mjs";

const source = readFileSync(createRequire(join(here, "x.js")).resolve("axe-core/axe.min.js"), "utf8");

/**
 * Serious and critical violations of a page, as texts: rule, what it says, the elements.
 * @param frame of a web view
 */
export async function serious(frame) {
  await frame.evaluate(source);
  const { violations } = await frame.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help}: ${nodes
          .slice(0, 3)
          .map(({ html }) => html.slice(0, 200))
          .join(" ")}`,
    );
}
