// The first minutes with a transcript: colours, findings, hovers, fixes, the comparison of codes.
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
    await editor.hover("451 4.7.1 Grey", "451", /Answer to.*RCPT TO/);
    await editor.shot("hover");
    await editor.closeHover();
  },
];

const fix = [
  "applies a quick fix, and the problem goes",
  async (editor) => {
    await editor.quickFix(BAD, "MAIL", /space/i);
    await editor.line("MAIL FROM:<anna@example.org>").waitFor({ timeout: 100_000 });
    await editor.waitForNoProblem("space-after-colon");
    await editor.shot("fixed");
  },
];

const heart = [
  "blames the lone dot in a message, once, and names what it caused",
  async (editor) => {
    await editor.open("bare-dot.smtp", "C: Bread and butter");
    const row = await editor.problem("data-bare-dot-in-body");
    assert.match(row, /\[Ln 14, Col 4\]/);
    await editor.waitForSquiggle("error");
    await editor.shot("bare-dot");
    await editor.quickFixOnLine(14, /dot/i);
    await editor.line("C: ..").waitFor({ timeout: 100_000 });
    await editor.waitForNoProblem("data-bare-dot-in-body");
  },
];

const compare = [
  "compares two reply codes in a rendered page",
  async (editor) => {
    await editor.command("Compare Reply Codes");
    await editor.pick(/first code/, "354", /354/);
    await editor.pick(/Compare 354/, "451", /451/);
    await editor.frameWith(/354 and 451/);
    await editor.shot("compare");
    await editor.closeEditors();
  },
];

const openAs = [
  "opens any text as a transcript",
  async (editor) => {
    await editor.open("console.txt", "=== Trying mail.example.com");
    await editor.command("SMTP: Open as SMTP Transcript");
    await editor.waitForLanguage("SMTP Transcript");
    await editor.problem("refusal-explained");
    await editor.shot("open-as");
  },
];

const message = [
  "explains the fields of a message",
  async (editor) => {
    await editor.open("message.eml", "Message-ID:");
    await editor.waitForLanguage("Mail Message");
    const text = await editor.hover("Message-ID:", "Message-ID", /Message-ID/);
    assert.match(text, /5322/);
    await editor.shot("message");
    await editor.closeHover();
  },
];

/** The main job. */
export const first = [openFile, colours, squiggle, problems, hover, fix, heart, compare, openAs, message];

/** The least that must work in the lowest version. */
export const shortScenario = [openFile, squiggle, problems, fix];
