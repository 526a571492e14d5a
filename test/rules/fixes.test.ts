import { describe, expect, test } from "vitest";
import { applyEdits, fixAllEdits } from "../../server/src/rules/apply.js";
import { rules } from "../../server/src/rules/index.js";
import { parseTranscript } from "../../server/src/transcript.js";
import { describeFindings, findingsIn, isSevere } from "../kit/findings.js";
import { FORMS, type Form, reprint, saidLines } from "../kit/reprint.js";

const PREFIX = /^(?:[CS]: | -> |<- {2})/;

describe.each(rules.filter(({ fixable }) => fixable).map((rule) => [rule.id, rule] as const))(
  "fix of %s",
  (id, rule) => {
    const fixed = rule.wrong.includes("S: 5") ? withoutRefusal(rule.wrong) : rule.wrong;
    const text = findingsIn(fixed, [id]).some(({ fix }) => fix) ? fixed : rule.wrong;

    test("removes the finding, adds none and keeps the prefixes", () => {
      const finding = findingsIn(text, [id]).find(({ fix }) => fix);
      expect(finding, "no finding with a fix").toBeDefined();
      const before = findingsIn(text).filter(isSevere);
      const after = applyEdits(text, finding?.fix?.edits ?? []);
      expect(after).not.toBe(text);
      expect(findingsIn(after, [id]).length).toBeLessThan(findingsIn(text, [id]).length);
      const known = new Set(before.map((other) => other.rule));
      const added = findingsIn(after)
        .filter(isSevere)
        .filter((other) => !known.has(other.rule));
      expect(describeFindings(after, added)).toEqual([]);
      for (const line of after.split(/\r?\n/)) if (line !== "") expect(line).toMatch(PREFIX);
    });

    test("changes nothing when run again", () => {
      let current = text;
      for (let round = 0; round < 5; round++) {
        const edits = findingsIn(current, [id]).flatMap(({ fix }) => fix?.edits ?? []);
        if (edits.length === 0) break;
        current = applyEdits(current, edits);
      }
      expect(findingsIn(current, [id]).flatMap(({ fix }) => fix?.edits ?? [])).toEqual([]);
    });
  },
);

/** The example without its refusals: some fixes are only offered where no reply would be left wrong. */
function withoutRefusal(text: string): string {
  return text.replace(/^S: 5.*$/m, "S: 250 2.0.0 Ok");
}

test("fix-all corrects spelling only: no line more or less", () => {
  for (const rule of rules) {
    const after = applyEdits(rule.wrong, fixAllEdits(findingsIn(rule.wrong)));
    expect(after.split("\n").length, rule.id).toBe(rule.wrong.split("\n").length);
    expect(
      applyEdits(
        after,
        fixAllEdits(findingsIn(after)).filter((edit) => edit.start < 0),
      ),
    ).toBe(after);
  }
});

describe.each(Object.keys(FORMS) as Form[])("in a session printed as %s", (form) => {
  const fixable = rules.flatMap((rule) => {
    const lines = saidLines(rule.wrong);
    return rule.fixable && lines ? [[rule.id, rule, lines] as const] : [];
  });

  test.each(fixable)(
    "the fix of %s changes the same, and all is still read as said by the same party",
    (id, rule, lines) => {
      const [here] = findingsIn(rule.wrong, [id]);
      const { text } = reprint(lines, form);
      const [there] = findingsIn(text, [id]);
      // Some forms cannot show the mistake, some cannot show the fix.
      if (!here?.fix || !there?.fix) return;
      const fixed = applyEdits(text, there.fix.edits);
      expect(said(fixed), fixed).toEqual(said(applyEdits(rule.wrong, here.fix.edits)));
    },
  );
});

/** Who says what, as it is read back. */
function said(text: string): string[] {
  return parseTranscript(text)
    .wire.filter(({ speaker }) => speaker !== "tool")
    .map(({ speaker, text: content }) => `${speaker}: ${content}`);
}
