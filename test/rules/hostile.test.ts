import { describe, expect, test } from "vitest";
import { consequencesOf } from "../../server/src/rules/blame.js";
import { spanOf } from "../../server/src/rules/findings.js";
import { rules } from "../../server/src/rules/index.js";
import type { Rule, RuleContext } from "../../server/src/rules/types.js";
import { parseTranscript } from "../../server/src/transcript.js";
import { seeded } from "../kit/random.js";

const PIECES = [
  "C: ",
  "S: ",
  " -> ",
  "<- ",
  "<** ",
  "EHLO",
  "HELO",
  "MAIL FROM:",
  "RCPT TO:",
  "DATA",
  ".",
  "BDAT 10",
  "BDAT 0 LAST",
  "AUTH PLAIN",
  "AUTH LOGIN",
  "STARTTLS",
  "QUIT",
  "RSET",
  "LHLO a",
  "250",
  "250-",
  "354 go",
  "220 mx ESMTP",
  "421 bye",
  "334 ",
  "535 5.7.8 no",
  "550-5.1.1",
  "550 5.1.1 x",
  "<",
  ">",
  "<>",
  "<a@b.example>",
  '"a b"@c',
  "@a,@b:c@d",
  "SIZE=10",
  "BODY=8BITMIME",
  "[IPv6:::1]",
  "[1.2.3.4",
  "\u00a0",
  "\u0000",
  "\ud800",
  "é",
  "\t",
  " ",
  "  ",
  "=",
  "::",
  "....",
  "Subject: x",
  "GET / HTTP/1.1",
  "250-SIZE 100",
  "250-PIPELINING",
  "250 AUTH PLAIN LOGIN",
  "NOTIFY=NEVER,FAILURE",
  "ORCPT=rfc822;",
  "*",
  "dGVzdA==",
  "\r",
  "^H",
  "XCLIENT ADDR=1",
  "VRFY",
  "ETRN x",
];

/** As in runRules, but a rule that throws is not forgiven. */
function checkAll(text: string): void {
  const transcript = parseTranscript(text);
  for (const session of transcript.sessions) {
    const consequences = consequencesOf(session);
    for (const rule of rules) {
      const context: RuleContext = {
        transcript,
        report: (report) => {
          for (const at of [report.at, ...(report.related ?? []).map((related) => related.at)]) {
            const span = spanOf(at, text.length);
            expect(span.start).toBeLessThanOrEqual(span.end);
          }
          expectTexts(rule, report.message ?? "default", report.fix?.title);
          for (const edit of report.fix?.edits ?? []) {
            expect(edit.start).toBeGreaterThanOrEqual(0);
            expect(edit.end).toBeGreaterThanOrEqual(edit.start);
            expect(edit.end).toBeLessThanOrEqual(text.length);
          }
        },
        isConsequence: (of) => consequences.has(of),
      };
      rule.check(session, context);
    }
  }
}

function expectTexts(rule: Rule, ...keys: (string | undefined)[]): void {
  for (const key of keys) if (key !== undefined) expect(Object.keys(rule.messages), rule.id).toContain(key);
}

describe("no rule throws, and every place is inside the text", () => {
  test.each(Array.from({ length: 60 }, (_, k) => k + 1))("random lines, seed %i", (seed) => {
    const random = seeded(seed);
    const lines = Array.from({ length: 40 }, () => {
      const mark = random.pick(["C: ", "S: ", "C: ", "S: ", ""]);
      return mark + Array.from({ length: 1 + random.below(4) }, () => random.pick(PIECES)).join(random.pick(["", " "]));
    });
    checkAll(`S: 220 mx ESMTP\nC: EHLO a\nS: 250 mx\n${lines.join("\n")}`);
  });

  test.each(rules.map((rule) => [rule.id, rule] as const))("the example of %s, with pieces cut out", (id, rule) => {
    const random = seeded(id.length + 7);
    for (let round = 0; round < 3; round++) {
      const from = random.below(rule.wrong.length);
      const to = from + random.below(30);
      checkAll(rule.wrong.slice(0, from) + random.pick(PIECES) + rule.wrong.slice(to));
    }
  });

  test("a line of a million characters and ten thousand recipients take no more than a moment", () => {
    const start = performance.now();
    checkAll(`S: 220 mx\nC: EHLO a\nS: 250 mx\nC: MAIL FROM:<${"a.".repeat(500_000)}@b>\nS: 250 ok\n`);
    const many = Array.from({ length: 10_000 }, (_, k) => `C: RCPT TO:<u${k}@b.example>\nS: 550 5.1.1 no\n`).join("");
    checkAll(`S: 220 mx\nC: EHLO a\nS: 250 mx\nC: MAIL FROM:<a@b.example>\nS: 250 ok\n${many}`);
    expect(performance.now() - start).toBeLessThan(20_000);
  }, 60_000);
});
