// Texts made of a transcript: redacted, converted, as a message, as a command, as a report.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { closeAll, copied, goTo, shownLines, tabs, until, untilShown } from "../reading.mjs";

/** What a recorded swaks session holds that nobody else is to see: names, hosts, the password in plain and as sent. */
const PRIVATE = /alice|bob|example\.com|secret123|c2VjcmV0MTIz|YWxpY2VA|127\.0\.0\.11|4F7B0248453|München|日本語/i;

const copyRedacted = [
  "copies the transcript without names and passwords, from the lens and by command",
  async (editor) => {
    await editor.open("swaks.smtp", "=== Trying");
    const lens = editor.page.locator(".codelens-decoration a", { hasText: "Copy redacted" }).first();
    const fromLens = await copied(editor, async () => {
      await editor.settled(lens);
      await lens.click();
    });
    const fromPalette = await copied(editor, () => editor.command("SMTP: Copy Redacted"));
    assert.equal(fromLens, fromPalette);
    assert.doesNotMatch(fromLens, PRIVATE);
    assert.match(fromLens, /^ ~> AUTH LOGIN\n<~ {2}334 VXNlcm5hbWU6$/m);
    assert.match(fromLens, /^<~ {2}235 2\.7\.0 Authentication successful$/m);
  },
];

const redactByChoice = [
  "redacts in a new editor only what the person chose, and passwords always",
  async (editor) => {
    const { page } = editor;
    await editor.open("swaks.smtp", "=== Trying");
    await editor.command("SMTP: Redact in New Editor");
    const row = page.locator(".quick-input-list .monaco-list-row", { hasText: "Hosts and domains" });
    await row.waitFor();
    await editor.shot("redact");
    for (let down = 0; !(await row.evaluate((one) => one.classList.contains("focused"))); down++) {
      if (down > 6) throw new Error("the row cannot be reached by keys");
      await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press("Space");
    await page.locator(".quick-input-count", { hasText: "5" }).waitFor();
    await page.keyboard.press("Enter");
    await until(editor, tabs, (names) => names.length === 2, "no editor is opened");
    await untilShown(editor, 'peer DN="/CN=mail.example.com"');
    await goTo(editor, 25);
    const lines = (await shownLines(editor)).join("\n");
    assert.match(lines, /EHLO client\.example\.org/);
    assert.doesNotMatch(lines, /alice|bob|c2VjcmV0MTIz|YWxpY2VA/);
    await closeAll(editor);
  },
];

const openMessage = [
  "opens the message beside the transcript, as the client meant it",
  async (editor) => {
    await editor.open("tour.smtp", "Shall we meet?");
    await goTo(editor, 10);
    await editor.command("SMTP: Open Message Beside");
    await editor.waitForLanguage("Mail Message");
    const lines = await untilShown(editor, ".hidden");
    assert.deepEqual(lines, [
      "From: Anna <anna@example.org>",
      "To: ben@example.com",
      "Subject: Lunch",
      "Message-ID: <tour-1@example.org>",
      "",
      "Shall we meet? Write RCPT TO:<me> if not.",
      ".hidden",
      "",
    ]);
    await closeAll(editor);
  },
];

const saveMessage = [
  "saves the message with exactly the octets that were sent",
  async (editor) => {
    const { page } = editor;
    await editor.open("tour.smtp", "Shall we meet?");
    await editor.command("SMTP: Save Message as .eml");
    const input = page.locator(".quick-input-widget input[type=text]");
    await until(
      editor,
      () => input.inputValue(),
      (path) => path.endsWith("message.eml"),
      "no name is proposed",
    );
    await input.press("End");
    for (let back = 0; back < "message.eml".length; back++) await page.keyboard.press("Backspace");
    await page.keyboard.type("saved.eml");
    await page.keyboard.press("Enter");
    await until(editor, tabs, (names) => names.includes("saved.eml"), "the file is not opened");
    await untilShown(editor, ".hidden");
    await page.locator("#status\\.editor\\.eol", { hasText: "CRLF" }).waitFor();
    if (editor.folder) {
      const sent = readFileSync(join(editor.folder, "saved.eml"), "latin1");
      assert.match(sent, /^From: Anna <anna@example\.org>\r\n.*\r\n\.hidden\r\n$/s);
      assert.doesNotMatch(sent, /[^\r]\n/);
    }
    await closeAll(editor);
  },
];

const convert = [
  "converts any dialect to C: and S: lines",
  async (editor) => {
    await editor.open("python.smtp", "250-PIPELINING");
    await editor.command("SMTP: Convert to C:/S: Lines");
    const lines = await untilShown(editor, "C: ehlo client.example.org");
    assert.ok(lines.includes("S: 250-PIPELINING"), lines.join("\n"));
    assert.ok(
      lines.every((line) => /^(?:[CS]: |[CS]:$|$|\(|#)/.test(line)),
      lines.join("\n"),
    );
    await editor.waitForLanguage("SMTP Transcript");
    await closeAll(editor);
  },
];

const commands = [
  "copies a command that repeats the session, for three tools, without the password",
  async (editor) => {
    await editor.open("swaks.smtp", "=== Trying");
    const line = (title) => copied(editor, () => editor.command(title));
    const swaks = await line("SMTP: Copy as swaks Command");
    assert.match(
      swaks,
      /^swaks --server 127\.0\.0\.11 --port 465 .*--tls-on-connect .*--auth LOGIN --auth-user alice@example\.com/,
    );
    assert.match(swaks, /--from alice@example\.org --to bob@example\.com/);
    const curl = await line("SMTP: Copy as curl Command");
    assert.match(curl, /^curl .*smtps:\/\/127\.0\.0\.11/);
    const openssl = await line("SMTP: Copy as openssl Command");
    assert.match(openssl, /openssl s_client .*-connect 127\.0\.0\.11:465/);
    for (const text of [swaks, curl, openssl]) assert.doesNotMatch(text, /secret123|c2VjcmV0MTIz/);
  },
];

const report = [
  "copies a report for a ticket: outcome, cause, the lines that matter, redacted",
  async (editor) => {
    await editor.open("first.smtp", "C: QUIT");
    const text = await copied(editor, () => editor.command("SMTP: Copy Report for a Ticket"));
    assert.match(text, /^# |^## /m);
    assert.match(text, /space-after-colon/);
    assert.match(text, /501 5\.1\.7/);
    assert.doesNotMatch(text, /anna@example\.org|nobody@example\.com/);
    await closeAll(editor);
  },
];

export const sharing = [copyRedacted, redactByChoice, openMessage, saveMessage, convert, commands, report];
