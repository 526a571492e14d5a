// What keeps people out who use keys or a screen reader, found by axe-core.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { here } from "./paths.mjs";

/** Read when it is first needed: on a fresh clone it is installed after this file is loaded. */
const axeSource = () => readFileSync(createRequire(join(here, "x.js")).resolve("axe-core/axe.min.js"), "utf8");

/**
 * Serious and critical violations of a page, as texts: rule, what it says, the elements.
 * @param frame a web view
 */
export async function serious(frame) {
  await frame.evaluate(axeSource());
  const { violations } = await frame.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help}: ${nodes
          .map(({ html }) => html.slice(0, 200))
          .slice(0, 3)
          .join(" ")}`,
    );
}

/** The same of a web view without scripts, in which axe cannot run: of a copy of what it shows. */
export async function seriousInCopy(frame) {
  const html = await frame.content();
  const page = await frame.page().context().newPage();
  try {
    await page.setContent(html);
    return await serious(page);
  } finally {
    await page.close();
  }
}
