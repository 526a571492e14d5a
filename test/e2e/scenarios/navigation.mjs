// Ways through a transcript: definition, references, highlights, refusals, links.
import assert from "node:assert/strict";
import { closeAll, goTo, until, untilAt } from "../reading.mjs";

const definition = [
  "goes from a reply to its command, and from a parameter to its EHLO line",
  async (editor) => {
    await editor.open("tour.smtp", "Shall we meet?");
    await goTo(editor, 16, 5); // 550, the answer to the second of two pipelined RCPT
    await editor.page.keyboard.press("F12");
    await untilAt(editor, 12);
    await goTo(editor, 10, 34); // SIZE=240
    await editor.page.keyboard.press("F12");
    await untilAt(editor, 5);
    await editor.open("python.smtp", "250-PIPELINING");
  },
];

const references = [
  "lists every use of an address",
  async (editor) => {
    const { page } = editor;
    await editor.open("tour.smtp", "Shall we meet?");
    await goTo(editor, 12, 14);
    await page.keyboard.press("Shift+F12");
    const title = page.locator(".reference-zone-widget .peekview-title");
    const rows = page.locator(".reference-zone-widget .ref-tree .monaco-list-row");
    await until(
      editor,
      () => title.innerText(),
      (text) => /References \(2\)/.test(text),
      "not both uses are listed",
    );
    assert.match((await rows.allInnerTexts()).join("\n"), /nobody@example\.com/);
    await editor.shot("references");
    await page.keyboard.press("Escape");
    await title.waitFor({ state: "detached" });
  },
];

/** Numbers of the lines on which something is drawn over the text. */
async function linesMarked({ page }, mark) {
  return page
    .locator(".editor-group-container.active .monaco-editor")
    .first()
    .evaluate((root, selector) => {
      const middle = (box) => (box.top + box.bottom) / 2;
      const numbers = [...root.querySelectorAll(".line-numbers")].map((one) => [
        Number(one.textContent),
        one.getBoundingClientRect(),
      ]);
      const marks = [...root.querySelectorAll(selector)].map((one) => middle(one.getBoundingClientRect()));
      const found = marks.map((at) => numbers.find(([, box]) => box.top <= at && at <= box.bottom)?.[0]);
      return [...new Set(found)].sort((a, b) => a - b);
    }, mark);
}

const highlights = [
  "marks a command and its reply, also where they stand apart",
  async (editor) => {
    await editor.open("tour.smtp", "Shall we meet?");
    const marked = async (seen) => {
      await goTo(seen, 1);
      await goTo(seen, 12, 6); // RCPT
      await seen.page.waitForTimeout(500);
      return linesMarked(seen, ".wordHighlight, .wordHighlightStrong, .wordHighlightText");
    };
    await until(editor, marked, (lines) => lines.join() === "12,16", "command and reply are not marked");
  },
];

const refusals = [
  "goes to the next and the previous refusal with keys, round the end",
  async (editor) => {
    const { page } = editor;
    await editor.open("first.smtp", "C: QUIT");
    await goTo(editor, 1);
    for (const [key, line] of [
      ["Alt+F7", 7],
      ["Alt+F7", 11],
      ["Alt+F7", 7],
      ["Shift+Alt+F7", 11],
    ]) {
      await page.keyboard.press(key);
      await untilAt(editor, line, 1);
    }
  },
];

const links = [
  "links the RFC that a reply names to the RFC Editor",
  async (editor) => {
    const { page } = editor;
    await editor.open("tour.smtp", "Shall we meet?");
    await goTo(editor, 1);
    await page.context().route("https://www.rfc-editor.org/**", (route) => route.fulfill({ body: "an RFC" }));
    const link = page.locator(".monaco-editor .detected-link", { hasText: /RFC/ }).first();
    await link.waitFor();
    const box = await editor.settled(link);
    const opened = page.waitForEvent("popup", { timeout: 60_000 });
    await page.keyboard.down("Control");
    await page.mouse.move(box.x + 12, box.y + box.height / 2);
    await page.mouse.click(box.x + 12, box.y + box.height / 2);
    await page.keyboard.up("Control");
    const popup = await opened;
    await popup.waitForURL("https://www.rfc-editor.org/rfc/rfc3463.html#section-3.2");
    await popup.close();
    await untilAt(editor, 16);
    await closeAll(editor);
  },
];

export const navigation = [definition, references, highlights, refusals, links];
