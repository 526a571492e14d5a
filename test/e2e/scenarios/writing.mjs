// Writing and changing a transcript by hand: completion, snippets, signatures, formatting, renaming.
import assert from "node:assert/strict";
import { closeAll, goTo, shownLines, until, untilShown } from "../reading.mjs";

/** Labels that the list of suggestions shows. */
export async function suggestions({ page }) {
  return page.locator(".suggest-widget.visible .monaco-list-row .label-name").allInnerTexts();
}

/** Types, asks for suggestions, and waits until all of `wanted` are among them. */
export async function suggested(editor, text, wanted) {
  await editor.page.keyboard.press("Escape");
  await editor.page.keyboard.insertText(text);
  await editor.page.keyboard.press("Control+Space");
  const holds = (labels) => wanted.every((label) => labels.includes(label));
  return until(editor, suggestions, holds, `${text}: not all of ${wanted} are suggested`);
}

const completion = [
  "suggests what may come next: parameters that were offered, verbs, replies, fields",
  async (editor) => {
    const { page } = editor;
    await editor.open("draft.smtp", "S: 250 DSN");
    await goTo(editor, 6);
    const verbs = await suggested(editor, "C: ", ["MAIL", "QUIT", "DATA"]);
    assert.deepEqual(verbs.slice(0, 3), ["MAIL", "NOOP", "QUIT"], "what fits here comes first");
    const parameters = await suggested(editor, "MAIL FROM:<anna@example.org> ", ["SIZE", "RET"]);
    assert.ok(!parameters.includes("SMTPUTF8"), `SMTPUTF8 was not offered: ${parameters}`);
    await page.keyboard.press("Escape");
    await page.keyboard.insertText("\n");
    await suggested(editor, "S: ", ["250", "452", "552"]);
    await editor.shot("completion");
    await page.keyboard.type("452");
    await until(editor, suggestions, (labels) => labels.join() === "452", "more than one suggestion is left");
    await page.keyboard.press("Enter");
    await untilShown(editor, "S: 452 4.");
  },
];

const signature = [
  "shows the syntax of a command while it is typed",
  async (editor) => {
    const { page } = editor;
    await goTo(editor, 6, 15);
    await page.keyboard.press("Control+Shift+Space");
    const help = page.locator(".parameter-hints-widget.visible");
    const seen = () => help.innerText();
    await until(editor, seen, (text) => /MAIL FROM:<reverse-path>/i.test(text), "the syntax is not shown");
    await editor.shot("signature");
    await page.keyboard.press("Escape");
  },
];

const snippet = [
  "writes a whole session from a snippet, whose places change together",
  async (editor) => {
    const { page } = editor;
    await editor.open("empty.smtp", "");
    await editor.page.locator(".editor-group-container.active .monaco-editor").first().click();
    await suggested(editor, "", ["smtp session", "smtp transaction"]);
    await page.keyboard.type("smtp");
    await until(editor, suggestions, ([label]) => label === "smtp session", "the snippet is not the first");
    await page.keyboard.press("Enter");
    await untilShown(editor, "C: MAIL FROM:<alice@example.org>");
    await page.keyboard.type("mx.example.net");
    const lines = await untilShown(editor, "S: 250-mx.example.net");
    assert.ok(lines.includes("S: 220 mx.example.net ESMTP"), lines.join("\n"));
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
  },
];

const formatting = [
  "formats what was written by hand, and leaves the message alone",
  async (editor) => {
    await editor.open("untidy.smtp", "354 Go ahead");
    await editor.command("Format Document");
    const lines = await untilShown(editor, "C: EHLO client.example.org");
    for (const line of [
      "S: 220 mail.example.com ESMTP",
      "C: MAIL FROM:<anna@example.org>",
      "C: RCPT TO:<ben@example.com>",
    ])
      assert.ok(lines.includes(line), lines.join("\n"));
    for (const line of ["C: subject: mail from:<x>", "C:", "C: ..ehlo"])
      assert.ok(lines.includes(line), lines.join("\n"));
  },
];

const rename = [
  "renames a recipient in envelope, replies and headers at once",
  async (editor) => {
    const { page } = editor;
    await editor.open("tour.smtp", "Shall we meet?");
    await goTo(editor, 11, 14);
    await page.keyboard.press("F2");
    const box = page.locator(".rename-box input");
    await box.waitFor();
    assert.equal(await box.inputValue(), "ben@example.com");
    await box.fill("cleo@example.net");
    await page.keyboard.press("Enter");
    await untilShown(editor, "C: RCPT TO:<cleo@example.net>");
    const lines = await shownLines(editor);
    assert.ok(lines.includes("C: To: cleo@example.net"), lines.join("\n"));
    assert.ok(!lines.some((line) => line.includes("ben@example.com")), lines.join("\n"));
    await closeAll(editor);
  },
];

const renameEncoded = [
  "renames a login inside its base64 too",
  async (editor) => {
    const { page } = editor;
    await editor.open("tour.smtp", "Shall we meet?");
    await goTo(editor, 10, 16);
    await page.keyboard.press("F2");
    await page.locator(".rename-box input").fill("cleo@example.net");
    await page.keyboard.press("Enter");
    const lines = await untilShown(editor, "C: MAIL FROM:<cleo@example.net>");
    const secret = lines
      .find((line) => line.startsWith("C: AUTH PLAIN "))
      .split(" ")
      .at(-1);
    assert.equal(Buffer.from(secret, "base64").toString(), "\0cleo@example.net\0sesame");
    await closeAll(editor);
  },
];

export const writing = [completion, signature, snippet, formatting, rename, renameEncoded];
