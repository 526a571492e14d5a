// Messages: the tree of parts, decoded parts, boundaries, bounces, the preview.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { seriousInCopy } from "../accessibility.mjs";
import { closeAll, goTo, rowsOf, shownLines, tabs, until, untilAt, untilShown, wholeText } from "../reading.mjs";
import { suggested } from "./writing.mjs";

const OPENED = "Subject: Plans";

const outline = [
  "outlines header and parts of a message, nested ones too",
  async (editor) => {
    const { page } = editor;
    await editor.open("parts.eml", OPENED);
    await page.keyboard.press("Control+Shift+o");
    const picks = rowsOf(".quick-input-list .monaco-list-row");
    const rows = await until(editor, picks, (all) => all.some((row) => /message\/rfc822/.test(row)), "no parts");
    const text = rows.join("\n");
    for (const part of [/multipart\/mixed/, /text\/html/, /logo\.png/, /notes\.txt/]) assert.match(text, part);
    await page.keyboard.press("Escape");
  },
];

const folds = [
  "folds encoded bodies",
  async (editor) => {
    await editor.open("parts.eml", OPENED);
    const base64 = /^[A-Za-z0-9+/]{30,}={0,2}$/;
    const before = (await shownLines(editor)).filter((line) => base64.test(line)).length;
    await editor.command("Fold All Regions");
    const folded = (lines) => lines.filter((line) => base64.test(line)).length === before - 1;
    await until(editor, shownLines, folded, "base64 is still shown");
    await editor.command("Unfold All");
  },
];

const openPart = [
  "opens a part decoded from its lens",
  async (editor) => {
    await editor.open("parts.eml", OPENED);
    await clickLens(editor, /notes\.txt/, "Open decoded");
    await until(editor, tabs, (names) => names.length === 2, "no editor is opened");
    assert.deepEqual(await untilShown(editor, "Grüße"), ["Grüße", "second line", ""]);
    await closeAll(editor);
  },
];

/** Clicks a lens on the line of lenses that matches. */
async function clickLens({ page }, line, title) {
  const lens = page.locator(".codelens-decoration", { hasText: line }).locator("a", { hasText: title }).first();
  await lens.click();
}

const savePart = [
  "saves a part decoded, under its name",
  async (editor) => {
    const { page } = editor;
    await editor.open("parts.eml", OPENED);
    await goTo(editor, 17);
    await editor.command("SMTP: Save Part Decoded");
    const input = page.locator(".quick-input-widget input[type=text]");
    await until(
      editor,
      () => input.inputValue(),
      (path) => path.endsWith("/logo.png"),
      "no name is proposed",
    );
    await page.keyboard.press("Enter");
    await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "logo.png" }).first().waitFor();
    if (!editor.folder) return;
    const saved = readFileSync(join(editor.folder, "logo.png"));
    assert.equal(saved.subarray(1, 4).toString(), "PNG");
    assert.equal(saved.subarray(-8, -4).toString(), "IEND");
  },
];

const preview = [
  "previews text and pictures of a message, readable for a screen reader too",
  async (editor) => {
    await editor.open("parts.eml", OPENED);
    await editor.command("SMTP: Preview Message");
    const frame = await editor.frameWith(/See the plan/);
    const picture = frame.getByRole("img", { name: "logo" });
    await until(
      editor,
      () => picture.evaluate((image) => image.naturalWidth),
      (width) => width === 8,
      "no picture",
    );
    assert.match(await frame.locator("body").innerText(), /Subject: Plans[\s\S]*notes\.txt/);
    assert.deepEqual(await seriousInCopy(frame), []);
    await editor.shot("preview-picture");
    await closeAll(editor);
  },
];

const boundary = [
  "goes from a delimiter to its boundary, and renames all of them",
  async (editor) => {
    const { page } = editor;
    await editor.open("parts.eml", OPENED);
    await goTo(editor, 15, 4);
    await page.keyboard.press("F12");
    await untilAt(editor, 9);
    await goTo(editor, 15, 4);
    await page.keyboard.press("F2");
    await page.locator(".rename-box input").fill("frontier");
    await page.keyboard.press("Enter");
    await untilShown(editor, 'boundary="frontier"');
    const lines = (await wholeText(editor)).split(/\r?\n/);
    assert.equal(lines.filter((line) => line === "--frontier").length, 4, lines.join("\n"));
    assert.ok(lines.includes("--frontier--"), lines.join("\n"));
    assert.ok(!lines.some((line) => line.includes("outer")), lines.join("\n"));
  },
];

const contentId = [
  "goes from a cid: link to the picture's Content-ID",
  async (editor) => {
    await editor.open("parts.eml", OPENED);
    await goTo(editor, 14, 44);
    await editor.page.keyboard.press("F12");
    await untilAt(editor, 17);
  },
];

const completion = [
  "suggests fields and media types",
  async (editor) => {
    const { page } = editor;
    await editor.open("parts.eml", OPENED);
    await goTo(editor, 8);
    await page.keyboard.insertText("\n");
    await page.keyboard.press("ArrowUp");
    const fields = await suggested(editor, "List-", ["List-Unsubscribe"]);
    assert.ok(!fields.includes("Subject"), fields.join());
    await page.keyboard.press("Escape");
    await page.keyboard.insertText("Id: x\nContent-Type: ");
    await suggested(editor, "te", ["text/html"]);
    await closeAll(editor);
  },
];

const bounce = [
  "says above a bounce who did not get the message and why",
  async (editor) => {
    await editor.open("bounce.eml", "Subject:");
    const lenses = rowsOf(".editor-group-container.active .codelens-decoration");
    const rows = await until(editor, lenses, (all) => /5\.\d\.\d|550|554/.test(all.join()), "no lens tells the reason");
    assert.match(rows.join("\n"), /Preview/);
    await editor.shot("bounce");
    await closeAll(editor);
  },
];

export const messages = [outline, folds, openPart, savePart, preview, boundary, contentId, completion, bounce];
