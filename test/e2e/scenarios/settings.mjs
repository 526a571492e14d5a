// What settings switch on while a transcript is open, and what the server says of itself.
import assert from "node:assert/strict";
import { FOLDER_SETTINGS } from "../hosts.mjs";
import { closeAll, rowsOf, shownLines, until, untilShown } from "../reading.mjs";

/** Writes the settings of the workspace as a person does in the JSON file, and saves them. */
async function settings(editor, values) {
  const { page } = editor;
  const row = page.locator(".explorer-folders-view .monaco-list-row", { hasText: "settings.json" });
  if ((await row.count()) === 0) {
    await page.locator(".explorer-folders-view .monaco-list-row", { hasText: ".vscode" }).click();
    await row.waitFor();
  }
  await editor.open("settings.json", "{");
  await page.locator(".editor-group-container.active .monaco-editor .view-lines").first().click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(JSON.stringify({ ...FOLDER_SETTINGS, ...values }));
  await page.keyboard.press("Control+s");
  await page.locator(".tab.active.dirty").waitFor({ state: "detached" });
  await editor.command("View: Revert and Close Editor");
  await page.locator(".tab", { hasText: "settings.json" }).waitFor({ state: "detached" });
}

const HINTS = {
  "smtpTranscripts.inlayHints.replyMeaning": true,
  "smtpTranscripts.inlayHints.pipelining": true,
  "smtpTranscripts.inlayHints.authUser": true,
  "smtpTranscripts.inlayHints.received": true,
};

const hints = [
  "shows hints at the ends of lines once they are switched on, and none before",
  async (editor) => {
    await editor.open("tour.smtp", "Shall we meet?");
    await until(editor, lenses, (rows) => rows.length > 0, "no lenses");
    assert.ok((await shownLines(editor)).includes("S: 250 2.1.5 Ok"), "quiet by default");
    await settings(editor, { ...HINTS, "smtpTranscripts.codeLens": false });
    const lines = await untilShown(editor, "answers RCPT");
    assert.match(lines.join("\n"), /AUTH PLAIN .*user anna@example\.org/);
    assert.match(lines.join("\n"), /550 5\.1\.1 .*answers RCPT · \w/);
    await until(editor, lenses, (rows) => rows.length === 0, "the lenses stay");
    await editor.shot("hints");
    await editor.open("parts.eml", "Subject: Plans");
    await untilShown(editor, /A2; Tue.*\+?8/);
    await editor.shot("delays");
    await settings(editor, {});
    await until(editor, lenses, (rows) => rows.length > 0, "the lenses do not come back");
    await closeAll(editor);
  },
];

const lenses = rowsOf(".editor-group-container.active .codelens-decoration");

const server = [
  "starts its server again, and shows its log without a word of the transcript",
  async (editor) => {
    const { page } = editor;
    await editor.open("first.smtp", "C: QUIT");
    await editor.problem("space-after-colon");
    await editor.command("SMTP: Restart Language Server");
    await editor.problem("space-after-colon");
    await editor.command("SMTP: Show Log");
    const log = page.locator(".panel .monaco-editor .view-lines");
    await log.first().waitFor();
    await editor.shot("log");
    assert.doesNotMatch(await log.first().innerText(), /anna@example\.org/);
    await closeAll(editor);
  },
];

export const configured = [hints, server];
