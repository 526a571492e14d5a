// The same in Arabic, where the user chose it.
import assert from "node:assert/strict";

const BAD = "MAIL FROM: <anna@example.org>";

const arabicHover = [
  "speaks Arabic in a hover where the user chose it",
  async (editor) => {
    await editor.open("first.smtp", BAD);
    await editor.waitForSquiggle("error");
    const text = await editor.hover("451 4.7.1 Grey", "451", /451 4\.7\.1.*[\u0600-\u06ff]{3}/);
    assert.match(text, /451 4\.7\.1/);
    await editor.shot("hover");
    await editor.closeHover();
  },
];

const arabicProblems = [
  "lists findings in Arabic in the Problems panel",
  async (editor) => {
    const row = await editor.problem("space-after-colon");
    assert.match(row, /[\u0600-\u06ff]{3}/);
    assert.match(row, /\[.*6.*14.*\]/);
    await editor.shot("problems");
  },
];

/** The language of texts. */
export const arabicScenario = [arabicHover, arabicProblems];
