import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { holds } from "../../server/src/rules/about.js";
import { consequencesOf } from "../../server/src/rules/blame.js";
import { rules } from "../../server/src/rules/index.js";
import { parseTranscript } from "../../server/src/transcript.js";
import { decodeText } from "../kit/corpus.js";

const corpus = new URL("../corpus/", import.meta.url);
const limited = rules.filter(({ about }) => about !== undefined);

function* texts(): Generator<string> {
  for (const name of readdirSync(corpus, { recursive: true, encoding: "utf8" }))
    if (/^[^/]+\/[^/]+$/.test(name)) yield decodeText(readFileSync(new URL(name, corpus)));
  for (const { wrong, right } of rules) yield* [wrong, right];
}

test("a rule is passed over only where it would say nothing", () => {
  let passedOver = 0;
  for (const text of texts()) {
    const transcript = parseTranscript(text);
    for (const session of transcript.sessions) {
      const consequences = consequencesOf(session);
      for (const rule of limited.filter(({ about }) => !holds(session, about))) {
        passedOver++;
        rule.check(session, {
          transcript,
          report: ({ message }) => expect.fail(`${rule.id} says ${message} in:\n${text.slice(0, 2000)}`),
          isConsequence: (of) => consequences.has(of),
        });
      }
    }
  }
  expect(passedOver).toBeGreaterThan(10_000);
});
