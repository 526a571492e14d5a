// Ways in: the clipboard, a log, Markdown, the walkthrough; and what a person does with a finding.
import assert from "node:assert/strict";
import { closeAll, shownLines, until, untilShown } from "../reading.mjs";

const clipboard = [
  "opens what was copied as a transcript",
  async (editor) => {
    await editor.page.evaluate(() => navigator.clipboard.writeText("220 mx.example.com ESMTP\r\nEHLO a.example\r\n"));
    await editor.command("SMTP: Open Clipboard as SMTP Transcript");
    await editor.waitForLanguage("SMTP Transcript");
    await untilShown(editor, "EHLO a.example");
    await closeAll(editor);
  },
];

const lookUp = [
  "looks up a code by words, and shows its page",
  async (editor) => {
    await editor.command("SMTP: Look Up a Reply Code");
    await editor.pick(/Look up a reply code/, "greylist", /45\d|4\./);
    await editor.frameWith(/45\d|4\.\d\.\d/);
    await closeAll(editor);
  },
];

const fenced = [
  "colours ```smtp blocks in Markdown",
  async (editor) => {
    await editor.open("notes.md", "RCPT TO");
    const colourOf = async (line, text) => (await editor.colours(line)).find(([piece]) => piece.includes(text))?.[1];
    const seen = async () => [await colourOf("RCPT TO", "RCPT"), await colourOf("550 5.1.1", "550")];
    const plain = await colourOf("550 5.1.1", "User unknown");
    const coloured = ([verb, code]) => verb && code && verb !== plain && code !== plain;
    await until(editor, seen, coloured, "the block is not coloured");
    await closeAll(editor);
  },
];

const semantic = [
  "colours by the state of the session where lines have no marks",
  async (editor) => {
    await editor.open("unmarked.smtp", "550 is a code");
    const seen = async () => {
      const lines = await editor.page
        .locator(".editor-group-container.active .view-line")
        .evaluateAll((all) =>
          all.map((line) => [line.textContent, getComputedStyle(line.querySelector("span span")).color]),
        );
      const colours = (text) => lines.filter(([line]) => line === text).map(([, colour]) => colour);
      const [inMessage, command] = colours("QUIT");
      const [code] = colours("550\u00a0is\u00a0a\u00a0code\u00a0that\u00a0stands\u00a0in\u00a0the\u00a0message");
      return { inMessage, command, code };
    };
    const differs = ({ inMessage, command, code }) => command && inMessage !== command && inMessage === code;
    await until(editor, seen, differs, "the message is coloured like commands and replies");
    await closeAll(editor);
  },
];

const aside = [
  "puts a finding aside in a file of the folder, which can be read",
  async (editor) => {
    await editor.open("first.smtp", "C: QUIT");
    await editor.problem("space-after-colon");
    await editor.quickFix("MAIL FROM: <anna", "MAIL", /aside/i);
    await editor.waitForNoProblem("space-after-colon");
    await editor.open("first.smtp", "MAIL FROM: <anna");
    assert.ok(
      (await shownLines(editor)).includes("C: MAIL FROM: <anna@example.org>"),
      "the transcript stays as it was",
    );
    await closeAll(editor);
  },
  { onDisk: true }, // a worker cannot read the file
];

const STEPS = ["Open what you have", "See what went wrong", "Ask what a reply means", "See the whole dialogue"];

const walkthrough = [
  "walks through the first minutes: pictures load, buttons work",
  async (editor) => {
    const { page } = editor;
    await page.keyboard.press("Control+b"); // in a narrow window the pictures are not shown
    await editor.command("Welcome: Open Walkthrough");
    const input = page.locator(".quick-input-widget input[type=text]");
    await input.fill("Read an SMTP");
    await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: "Read an SMTP Transcript" }).waitFor();
    await page.keyboard.press("Enter");
    const step = (title) => page.locator(".getting-started-step", { hasText: title }).first();
    for (const title of [...STEPS, "Share it safely"]) {
      await step(title).click();
      await page.locator(".getting-started-step.expanded", { hasText: title }).waitFor();
      await media(editor);
      await editor.shot(`walkthrough-${title.split(" ")[0].toLowerCase()}`);
    }
    await step(STEPS[2]).click();
    await page.locator(".getting-started-step.expanded").getByRole("button", { name: "Look Up a Reply Code" }).click();
    await page.locator(".quick-input-title", { hasText: "Look up a reply code" }).waitFor();
    await page.keyboard.press("Escape");
    await page.evaluate(() => navigator.clipboard.writeText("220 mx.example.com ESMTP\r\nEHLO a.example\r\n"));
    await step(STEPS[0]).click();
    await page.locator(".getting-started-step.expanded").getByRole("button", { name: "Open Clipboard" }).click();
    await untilShown(editor, "EHLO a.example");
    const tab = page.locator(".tab", { hasText: "Welcome" });
    await tab.click({ button: "middle" });
    await tab.waitFor({ state: "detached" });
    await closeAll(editor);
    await page.keyboard.press("Control+b");
    await page.locator(".explorer-folders-view").waitFor();
  },
];

/** Waits until the picture or page of the step is there. */
async function media(editor) {
  const { page } = editor;
  const picture = page.locator(".getting-started-media img").and(page.locator(":visible"));
  const there = async () => {
    if ((await picture.count()) > 0) return picture.first().evaluate((image) => image.naturalWidth > 0);
    const frames = page.frames().map((frame) =>
      frame
        .locator("body")
        .innerText({ timeout: 500 })
        .catch(() => ""),
    );
    return (await Promise.all(frames)).slice(1).some((text) => /Three ways in|Before you post it/.test(text));
  };
  await until(editor, there, (yes) => yes === true, "the step shows no picture and no page");
}

export const welcome = [clipboard, lookUp, fenced, semantic, aside, walkthrough];
