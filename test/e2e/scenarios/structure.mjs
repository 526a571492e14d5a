// How a transcript is laid out for the eye: outline, breadcrumbs, folds, selections, lenses, hints, the status item.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { here } from "../paths.mjs";
import { closeAll, goTo, rowsOf, shownLines, until, untilAt, untilShown, whereabouts } from "../reading.mjs";

const outlineRows = rowsOf(".outline-tree .monaco-list-row");
const crumbs = rowsOf(".breadcrumbs-below-tabs .monaco-breadcrumb-item");
const lenses = rowsOf(".editor-group-container.active .codelens-decoration");
const picks = rowsOf(".quick-input-list .monaco-list-row");

const outline = [
  "outlines session, login, transaction, recipients and fields",
  async (editor) => {
    await editor.open("tour.smtp", "Shall we meet?");
    await editor.page.keyboard.press("Control+Shift+o");
    const all = await until(editor, picks, (rows) => rows.some((row) => /Subject/.test(row)), "no symbols");
    const order = [
      /^Session 1/,
      /^AUTH PLAIN/,
      /^<anna@example\.org> → <ben@example\.com> \+1/,
      /^<ben@example\.com> 250/,
    ];
    order.push(/^<nobody@example\.com> 550/, /^Subject/, /^QUIT 221/);
    const places = order.map((pattern) => all.findIndex((row) => pattern.test(row)));
    assert.ok(!places.includes(-1), all.join("\n"));
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
    await editor.page.keyboard.press("Escape");
    await editor.command("Explorer: Focus on Outline View");
    const rows = await until(editor, outlineRows, (seen) => seen.length > 3, "the outline view is empty");
    assert.match(rows.join("\n"), /Session 1 ?ESMTP · no TLS/);
    assert.match(rows.join("\n"), /AUTH PLAIN ?logged in/);
    await editor.shot("outline");
  },
];

const breadcrumbs = [
  "tells in the breadcrumbs where the cursor is",
  async (editor) => {
    await editor.line("Shall we meet?").click();
    await goTo(editor, 12, 5);
    const where = (rows) => /Session 1/.test(rows.join()) && /<nobody@example\.com>/.test(rows.at(-1) ?? "");
    await until(editor, crumbs, where, "the breadcrumbs do not name the recipient");
  },
];

const workspaceSymbols = [
  "finds a recipient and a queue id in all open transcripts",
  async (editor) => {
    const { page } = editor;
    for (const [query, line] of [
      ["#nobody@", 12],
      ["#4F2A1B", 26],
    ]) {
      await editor.command("Go to Symbol in Workspace");
      await page.locator(".quick-input-widget input[type=text]").fill(query);
      await until(editor, picks, ([row]) => row?.includes(query.slice(1)), `nothing found for ${query}`);
      await page.keyboard.press("Enter");
      await untilAt(editor, line);
    }
  },
];

const folds = [
  "folds what is not the dialogue, and only that",
  async (editor) => {
    await editor.open("swaks.smtp", "=== Trying");
    await editor.waitForLanguage("SMTP Transcript");
    await editor.command("SMTP: Fold What Is Not the Dialogue");
    const folded = (lines) => !lines.some((line) => /250-PIPELINING|Subject: UTF8|TLS peer DN/.test(line));
    const lines = await until(editor, shownLines, folded, "nothing was folded");
    for (const kept of ["EHLO client.example.org", "MAIL FROM:", "RCPT TO:", " ~> DATA", "queued as", "QUIT"])
      assert.ok(
        lines.some((line) => line.includes(kept)),
        `${kept} stays in sight: ${lines.join("\n")}`,
      );
    await editor.shot("folded");
    await editor.command("Unfold All");
    await untilShown(editor, "250-PIPELINING");
  },
];

const selection = [
  "grows a selection from the word over argument, line and exchange to the session",
  async (editor) => {
    await editor.open("tour.smtp", "Shall we meet?");
    await goTo(editor, 11, 14); // in "ben"
    const sizes = [];
    const seen = async () => Number(/\((\d+) selected\)/.exec(await whereabouts(editor))?.[1] ?? 0);
    for (let step = 0; step < 6; step++) {
      await editor.page.keyboard.press("Shift+Alt+ArrowRight");
      sizes.push(await until(editor, seen, (size) => size > (sizes.at(-1) ?? 0), `no larger selection than ${sizes}`));
    }
    const lines = readFileSync(join(here, "fixtures/tour.smtp"), "utf8").split("\n");
    const size = (from, to) => lines.slice(from - 1, to).join("\n").length;
    const words = ["ben@example.com", "TO:<ben@example.com>", "RCPT TO:<ben@example.com>"].map((text) => text.length);
    assert.deepEqual(sizes, [...words, size(11, 11), size(11, 15), size(10, 26)]);
  },
];

const lensesShown = [
  "tells the outcome above the transaction, and opens the message from there",
  async (editor) => {
    const told = (rows) => rows.some((row) => /1 of 2 recipients accepted.*queued as 4F2A1B9C0D/.test(row));
    const rows = await until(editor, lenses, told, "no lens tells the outcome");
    assert.match(rows.join("\n"), /Diagram ?\|? ?Copy redacted/);
    await editor.page.locator(".codelens-decoration a", { hasText: "Show message" }).first().click();
    await editor.waitForLanguage("Mail Message");
    const lines = await untilShown(editor, "Shall we meet?");
    assert.ok(lines.includes(".hidden"), `the dot is taken away: ${lines.join("\n")}`);
    await closeAll(editor);
  },
];

const status = [
  "says dialect, sessions and outcome in the language status",
  async (editor) => {
    await editor.open("swaks.smtp", "=== Trying");
    const item = editor.page.locator("#status\\.languageStatus").first();
    const told = editor.page.locator(".hover-language-status", { hasText: /swaks, 1 session/ });
    await until(
      editor,
      async () => {
        await item.hover();
        return (await told.first().innerText({ timeout: 3000 })).replaceAll("\n", " ");
      },
      (text) => /1 of 1 recipients accepted, queued as 4F7B0248453/.test(text),
      "the language status does not tell the outcome",
    );
    await editor.shot("status");
    await editor.page.mouse.move(5, 5);
  },
];

const dialect = [
  "reads a transcript in another dialect where the person says so",
  async (editor) => {
    await editor.open("swaks.smtp", "=== Trying");
    const told = () => outlineRows(editor);
    await editor.command("Explorer: Focus on Outline View");
    await until(editor, told, (rows) => /Session 1/.test(rows.join()), "no outline before");
    await editor.line("=== Trying").click();
    await editor.command("SMTP: Set Dialect of This Transcript");
    await editor.pick(/Dialect of this transcript/, "haraka", /Haraka/i);
    await until(editor, told, (rows) => !/Session 1/.test(rows.join()), "the transcript is read as before");
    await editor.command("SMTP: Set Dialect of This Transcript");
    await editor.pick(/Dialect of this transcript/, "Detect", /Detect by content/);
    await until(editor, told, (rows) => /Session 1/.test(rows.join()), "the dialect is not detected again");
    await closeAll(editor);
  },
];

export const structure = [outline, breadcrumbs, workspaceSymbols, folds, selection, lensesShown, status, dialect];
