// What is tried in each editor. A scenario is a list of named steps; each step counts as one test.
import assert from "node:assert/strict";

const BAD = "MAIL FROM: <anna@example.org>";

const openFile = [
  "opens a transcript in its language",
  async (editor) => {
    await editor.open("first.smtp", BAD);
    await editor.waitForLanguage("SMTP Transcript");
  },
];

const colours = [
  "colours speakers, verbs and kinds of replies",
  async (editor) => {
    await editor.waitForSquiggle("error");
    const colourOf = async (line, text) => (await editor.colours(line)).find(([piece]) => piece.includes(text))?.[1];
    const [good, temporary, permanent, verb] = [
      await colourOf("250 2.1.0 Ok", "250"),
      await colourOf("451 4.7.1 Grey", "451"),
      await colourOf("501 5.1.7 Bad", "501"),
      await colourOf("RCPT TO:<nobody", "RCPT"),
    ];
    assert.ok(good && temporary && permanent && verb, "the pieces are there");
    assert.equal(new Set([good, temporary, permanent]).size, 3, "2yz, 4yz and 5yz look different");
    await editor.shot("coloured");
  },
];

const squiggle = [
  "underlines the characters that are wrong",
  async (editor) => {
    await editor.waitForSquiggle("error");
    const columns = await editor.squiggleColumns("error", BAD);
    assert.ok(columns, "there is a squiggle on the line");
    const start = "C: MAIL FROM:".length;
    assert.deepEqual(columns, { start, end: start + 1 });
  },
];

const problems = [
  "lists it in the Problems panel",
  async (editor) => {
    const row = await editor.problem("space-after-colon");
    assert.match(row, /\[Ln 6, Col 14\]/);
    assert.match(row, /smtp/);
    await editor.shot("problems");
  },
];

const hover = [
  "explains a reply in a hover",
  async (editor) => {
    const text = await editor.hover("451 4.7.1 Grey", "451", /451/);
    assert.match(text, /RCPT/);
    await editor.shot("hover");
    await editor.closeHover();
  },
];

const fix = [
  "applies a quick fix, and the problem goes",
  async (editor) => {
    await editor.quickFix(BAD, "MAIL", /space/i);
    await editor.line("MAIL FROM:<anna@example.org>").waitFor({ timeout: 30_000 });
    await editor.waitForNoProblem("space-after-colon");
    await editor.shot("fixed");
  },
];

/** The main job, in full. */
export const mainScenario = [openFile, colours, squiggle, problems, hover, fix];

/** The least that must work in the lowest version. */
export const shortScenario = [openFile, squiggle, problems, fix];
