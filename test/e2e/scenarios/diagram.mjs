// The session diagram: lines and cursor, keyboard, copies.
import assert from "node:assert/strict";
import { serious } from "../accessibility.mjs";
import { closeAll, copied, goTo, until, untilAt } from "../reading.mjs";

/** The page of the diagram of the transcript that was opened. */
async function drawn(editor, file, text, said) {
  await closeAll(editor);
  await editor.open(file, text);
  await goTo(editor, 1);
  await editor.command("SMTP: Show Diagram");
  return editor.frameWith(said);
}

/** Number of the line that the diagram marks, from 1. */
const marked = (frame) => async () => Number(await frame.locator("tr.here button").innerText({ timeout: 2000 }));

const mouse = [
  "draws the session; a click goes to the line, and the cursor is followed",
  async (editor) => {
    const frame = await drawn(editor, "tour.smtp", "Shall we meet?", /RCPT TO:<nobody/);
    await until(editor, marked(frame), (line) => line === 1, "the first step is not marked");
    await editor.shot("diagram");
    await frame.locator("g[data-line]", { hasText: "550" }).click();
    await untilAt(editor, 16);
    await until(editor, marked(frame), (line) => line === 16, "the diagram does not follow the click");
    await goTo(editor, 20); // inside the message, which is one step
    await until(editor, marked(frame), (line) => line === 18, "the diagram does not follow the cursor");
    assert.equal(await frame.locator("tr[aria-current]").count(), 1);
  },
];

const keyboard = [
  "is used with keys alone: Tab to the table, arrows, Enter to the line",
  async (editor) => {
    const { page } = editor;
    const frame = await drawn(editor, "tour.smtp", "Shall we meet?", /RCPT TO:<nobody/);
    await frame.locator("[data-export=svg]").focus();
    const focused = () => frame.evaluate(() => document.activeElement.textContent.trim());
    const stops = [];
    for (let tab = 0; tab < 3; tab++) {
      await page.keyboard.press("Tab");
      stops.push(await frame.evaluate(() => document.activeElement.closest("button, .picture")?.className ?? ""));
    }
    assert.deepEqual(stops, ["", "picture", ""], "copy buttons, picture, one row");
    assert.equal(await focused(), "1", "the row at the cursor");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(), "3");
    await page.keyboard.press("End");
    assert.equal(await focused(), "28");
    await page.keyboard.press("ArrowUp");
    await editor.shot("diagram-keys");
    await page.keyboard.press("Enter");
    await untilAt(editor, 27);
    await page.keyboard.type("x");
    await editor.line("xC: QUIT").waitFor();
    await page.keyboard.press("Control+z");
  },
];

const readers = [
  "says the same to a screen reader: names, roles, a table with everything",
  async (editor) => {
    const frame = await drawn(editor, "tour.smtp", "Shall we meet?", /RCPT TO:<nobody/);
    assert.deepEqual(await serious(frame), []);
    const table = frame.getByRole("table", { name: "Session 1" });
    await table.getByRole("row", { name: /16 Server 550 .*User unknown.* refused for good/ }).waitFor();
    await table.getByRole("row", { name: /10 Client MAIL FROM.*1 of 2 recipients accepted/ }).waitFor();
    await frame.getByRole("img", { name: "Session 1" }).waitFor();
  },
];

const copies = [
  "copies the picture as SVG and as Mermaid, without the password",
  async (editor) => {
    const frame = await drawn(editor, "tour.smtp", "Shall we meet?", /RCPT TO:<nobody/);
    const svg = await copied(editor, () => frame.getByRole("button", { name: "Copy as SVG" }).click());
    assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    assert.match(svg, /✗ 550/);
    const mermaid = await copied(editor, () => frame.getByRole("button", { name: "Copy as Mermaid" }).click());
    assert.match(mermaid, /^sequenceDiagram\n {2}participant C as Client/);
    assert.match(mermaid, /S--xC: 550/);
    for (const text of [svg, mermaid]) assert.doesNotMatch(text, /AGFubmFA|sesame/);
    await closeAll(editor);
  },
];

export const diagram = [mouse, keyboard, readers, copies];
