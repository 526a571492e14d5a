// What a person sees in the editor, and simple things they do with keys, as functions on an `Editor`.

const LATE = 60_000;

/** The active group of editors. */
const ACTIVE = ".editor-group-container.active";

/** Blanks as typed: Monaco shows no-break spaces. */
const typed = (text) => text.replaceAll("\u00a0", " ");

/** Lines that the active editor shows, from top to bottom; folded ones are not there. */
export async function shownLines({ page }) {
  const lines = await page
    .locator(`${ACTIVE} .monaco-editor .view-lines`)
    .first()
    .evaluate((box) =>
      [...box.querySelectorAll(".view-line")]
        .map((line) => [line.getBoundingClientRect().top, line.textContent])
        .sort(([a], [b]) => a - b)
        .map(([, text]) => text),
    );
  return lines.map(typed);
}

/** Makes what gives the rows of a tree or list: their texts in order. */
export const rowsOf = (selector) => async (editor) =>
  (await editor.page.locator(selector).allInnerTexts()).map((text) => text.replaceAll(/\s+/g, " ").trim());

/** Waits until a test of what the person sees holds; its value. Fails with what was seen last. */
export async function until(editor, see, holds, what) {
  const end = Date.now() + LATE;
  let seen;
  while (Date.now() < end) {
    seen = await see(editor).catch((error) => String(error));
    if (holds(seen)) return seen;
    await editor.page.waitForTimeout(100);
  }
  throw new Error(`${what}; seen: ${JSON.stringify(seen).slice(0, 1500)}`);
}

/** Waits until the active editor shows a line that holds a text or matches; all lines. */
export function untilShown(editor, text) {
  return until(
    editor,
    shownLines,
    (lines) => lines.some?.((line) => (text instanceof RegExp ? text.test(line) : line.includes(text))),
    `no line holds ${text}`,
  );
}

/** Puts the cursor at a line and a column, both from 1. */
export async function goTo(editor, line, column = 1) {
  const { page } = editor;
  const input = page.locator(".quick-input-widget input[type=text]");
  await page.locator(`${ACTIVE} .monaco-editor`).first().waitFor({ timeout: LATE });
  await page.keyboard.press("Control+g");
  await input.fill(`:${line}:${column}`, { timeout: LATE });
  await page.keyboard.press("Enter");
  await input.waitFor({ state: "hidden", timeout: LATE });
  await untilAt(editor, line, column);
}

/** What the status bar says of the cursor, such as "Ln 6, Col 14 (3 selected)". */
export async function whereabouts({ page }) {
  return typed(await page.locator("#status\\.editor\\.selection").innerText({ timeout: 2000 })).trim();
}

/** Waits until the cursor is at a line and, where given, a column. */
export function untilAt(editor, line, column) {
  const wanted = column === undefined ? `Ln ${line},` : `Ln ${line}, Col ${column}`;
  return until(editor, whereabouts, (seen) => `${seen} `.startsWith(`${wanted}`), `the cursor is not at ${wanted}`);
}

/** Names of all tabs, in order. */
export async function tabs({ page }) {
  return page.locator(".tab").evaluateAll((all) => all.map((tab) => tab.dataset.resourceName));
}

/** What the clipboard holds once it is not what it was. */
export async function copied(editor, run) {
  const { page } = editor;
  await page.evaluate(() => navigator.clipboard.writeText("nothing yet"));
  await run();
  const read = () => page.evaluate(() => navigator.clipboard.readText());
  return until(editor, read, (text) => text !== "nothing yet", "nothing was copied");
}

/** The text of the active editor, whatever part of it is shown; selects all of it. */
export function wholeText(editor) {
  return copied(editor, async () => {
    await editor.page.keyboard.press("Control+a");
    await editor.page.keyboard.press("Control+c");
  });
}

/** Closes everything without saving, the panel too. */
export async function closeAll(editor) {
  const { page } = editor;
  await page.keyboard.press("Escape");
  const panel = page.locator(".part.panel");
  if (await panel.isVisible()) {
    await page.keyboard.press("Control+j");
    await panel.waitFor({ state: "hidden" });
  }
  for (let tries = 0; (await page.locator(".tab").count()) > 0; tries++) {
    if (tries > 40) throw new Error("editors stay open");
    const before = await page.locator(".tab").count();
    const unsaved = (await page.locator(".tab.dirty").count()) > 0;
    await editor.command(unsaved ? "View: Revert and Close Editor" : "View: Close All Editors");
    const fewer = async () => page.locator(".tab").count();
    await until(editor, fewer, (count) => count < before, "the editor does not close");
  }
}
