import Ajv from "ajv";
import { describe, expect, test } from "vitest";
import { applyEdits, fixAllEdits, fixRuleEdits } from "../../server/src/rules/apply.js";
import {
  effectiveSeverity,
  parseConfig,
  STANDARD,
  withAside,
  withConfig,
  withRuleSeverity,
} from "../../server/src/rules/configure.js";
import { fingerprintOf } from "../../server/src/rules/fingerprint.js";
import { ruleById, rules } from "../../server/src/rules/index.js";
import { fillTemplate, findingMessage, relatedMessages } from "../../server/src/rules/messages.js";
import { rulePage } from "../../server/src/rules/pages.js";
import { mostSevere, runRules } from "../../server/src/rules/run.js";
import schema from "../../server/src/rules/smtptranscripts.schema.json" with { type: "json" };
import type { Rule } from "../../server/src/rules/types.js";
import { parseTranscript } from "../../server/src/transcript.js";
import { findingsIn } from "../kit/findings.js";

const rule = (id: string): Rule => ruleById(id) as Rule;

const SESSION = [
  "S: 220 mx.example.com ESMTP",
  "C: EHLO client.example.org",
  "S: 250 mx.example.com",
  "C: MAIL FROM: <alice@example.org>",
  "S: 250 2.1.0 Ok",
  "C: RCPT TO: <bob@example.com>",
  "S: 501 5.5.4 Syntax error",
  "C: QUIT",
  "S: 221 2.0.0 Bye",
  "",
].join("\n");

describe("severity", () => {
  test("follows the outcome: accepted counts less, refused more", () => {
    const severities = findingsIn(SESSION, ["space-after-colon"]).map(({ severity }) => severity);
    expect(severities).toEqual(["information", "error"]);
  });

  test("is what the user set for a rule, for all its findings", () => {
    const settings = { ...STANDARD, rules: { "space-after-colon": "hint" as const } };
    const findings = runRules(parseTranscript(SESSION), [rule("space-after-colon")], settings);
    expect(findings.map(({ severity }) => severity)).toEqual(["hint", "hint"]);
    const off = { ...STANDARD, rules: { "space-after-colon": "off" as const } };
    expect(runRules(parseTranscript(SESSION), [rule("space-after-colon")], off)).toEqual([]);
  });

  test("relaxed keeps errors and warnings, strict raises what breaks a MUST", () => {
    const run = (profile: "relaxed" | "strict"): string[] =>
      runRules(parseTranscript(SESSION), [rule("space-after-colon")], { ...STANDARD, profile }).map((f) => f.severity);
    expect(run("relaxed")).toEqual(["error"]);
    expect(run("strict")).toEqual(["warning", "error"]);
  });

  test("a rule that is off by default speaks only where it is asked for", () => {
    const off: Rule = { ...rule("space-after-colon"), severity: "off" };
    expect(effectiveSeverity(off, undefined, STANDARD)).toBe("off");
    expect(effectiveSeverity(off, undefined, { ...STANDARD, profile: "strict" })).toBe("hint");
    expect(effectiveSeverity(off, undefined, { ...STANDARD, rules: { [off.id]: "warning" } })).toBe("warning");
  });
});

describe("running", () => {
  test("gives the same findings in the order of the file, whatever the order of the rules", () => {
    const transcript = parseTranscript(rules.map(({ wrong }) => wrong).join("\n"));
    const forward = runRules(transcript, rules);
    expect(runRules(transcript, [...rules].reverse())).toEqual(forward);
    const starts = forward.map(({ span }) => span.start);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });

  test("a rule that fails does not silence the others", () => {
    const broken: Rule = {
      ...rule("no-quit"),
      check: () => {
        throw new Error("broken");
      },
    };
    expect(runRules(parseTranscript(SESSION), [broken, rule("space-after-colon")])).toHaveLength(2);
  });

  test("shows the most severe findings where a client takes only so many, in the order of the file", () => {
    const findings = findingsIn(SESSION);
    const { shown, hidden } = mostSevere(findings, 1);
    expect(shown.map(({ severity }) => severity)).toEqual(["error"]);
    expect(hidden).toBe(findings.length - 1);
    expect(mostSevere(findings, 1000)).toEqual({ shown: findings, hidden: 0 });
  });

  test("gives nothing for a text without SMTP", () => {
    for (const text of ["", "\n\n", "Dear Bob,\nthanks for the mail.\n", "\u0000\u0001\ud800"])
      expect(findingsIn(text)).toEqual([]);
  });
});

describe("putting a finding aside", () => {
  const [first, second] = findingsIn(SESSION, ["space-after-colon"]);
  const source = parseTranscript(SESSION).source;
  const fingerprint = fingerprintOf(source, first?.span.start ?? 0);

  test("silences this finding and no other", () => {
    const settings = { ...STANDARD, aside: [{ rule: "space-after-colon", fingerprint }] };
    const left = runRules(parseTranscript(SESSION), [rule("space-after-colon")], settings);
    expect(left.map(({ span }) => span)).toEqual([second?.span]);
    const other = { ...STANDARD, aside: [{ rule: "missing-colon", fingerprint }] };
    expect(runRules(parseTranscript(SESSION), [rule("space-after-colon")], other)).toHaveLength(2);
  });

  test("outlives edits elsewhere and does not show the line", () => {
    const moved = parseTranscript(`a note\n${SESSION}`).source;
    expect(fingerprintOf(moved, moved.text.indexOf("MAIL"))).toBe(fingerprint);
    expect(fingerprint).toMatch(/^[0-9a-f]{16}$/);
  });

  test("tells equal lines apart", () => {
    const twice = parseTranscript(SESSION + SESSION).source;
    expect(fingerprintOf(twice, twice.text.lastIndexOf("MAIL"))).toBe(`${fingerprint}#2`);
  });
});

describe(".smtptranscripts.json", () => {
  const validate = new Ajv({ strict: false }).compile(schema);

  test("is read; what is wrong in it is told, and the rest holds", () => {
    const { config, problems } = parseConfig(
      '{ "profile": "strict", "rules": { "no-ehlo": "off", "no-such-rule": "off", "nested-mail": "loud" }, "aside": [{ "rule": "no-ehlo" }] }',
      (id) => ruleById(id) !== undefined,
    );
    expect(config.profile).toBe("strict");
    expect(config.rules).toEqual({ "no-ehlo": "off", "no-such-rule": "off" });
    expect(problems.map(({ path }) => path)).toEqual(["rules.no-such-rule", "rules.nested-mail", "aside.0"]);
  });

  test.each(["", "[]", "null", "{", '"x"', '{ "rules": 1, "aside": {}, "profile": 3 }'])("never fails: %s", (text) => {
    const { problems } = parseConfig(text, () => true);
    expect(problems.length).toBeGreaterThan(0);
  });

  test("wins over the editor's settings and adds to what is put aside", () => {
    const { config } = parseConfig('{ "profile": "relaxed", "rules": { "no-ehlo": "hint" } }', () => true);
    const merged = withConfig({ ...STANDARD, rules: { "no-ehlo": "error", "nested-mail": "off" } }, config);
    expect(merged).toEqual({ profile: "relaxed", rules: { "no-ehlo": "hint", "nested-mail": "off" }, aside: [] });
  });

  test("is written so that it fits its schema, and an unreadable file is left alone", () => {
    const aside = { rule: "no-ehlo", fingerprint: "0123456789abcdef" };
    const once = withAside(withRuleSeverity("", "no-ehlo", "off") ?? "", aside) ?? "";
    expect(validate(JSON.parse(once))).toBe(true);
    expect(withAside(once, aside)).toBe(once);
    expect(withRuleSeverity("{ broken", "no-ehlo", "off")).toBeUndefined();
    expect(validate({ rules: { "no-ehlo": "loud" } })).toBe(false);
  });
});

describe("applying fixes", () => {
  test("all of a rule at once, and fix-all the spelling of all rules", () => {
    const fixed = SESSION.replaceAll(": <", ":<");
    expect(applyEdits(SESSION, fixRuleEdits(findingsIn(SESSION), "space-after-colon"))).toBe(fixed);
    expect(applyEdits(SESSION, fixAllEdits(findingsIn(SESSION)))).toBe(fixed);
    expect(fixAllEdits(findingsIn(fixed))).toEqual([]);
  });

  test("edits that overlap or lie outside are left out", () => {
    const edits = [
      { start: 0, end: 2, text: "x" },
      { start: 1, end: 3, text: "y" },
      { start: 9, end: 99, text: "z" },
    ];
    expect(applyEdits("abcd", edits)).toBe("xcd");
  });
});

describe("texts", () => {
  test("name verbs and codes of the session, in one line, whatever it holds", () => {
    expect(fillTemplate("{verb} and {other}", { verb: "MA\u0007IL\n\u202e" })).toBe(
      "MA\ufffdIL\ufffd\ufffd and {other}",
    );
    expect(fillTemplate("{verb}", { verb: "MAIL" }, true)).toBe("\u2066MAIL\u2069");
  });

  test("come in the reader's language where there is a translation, in English otherwise", () => {
    const [finding] = findingsIn(rule("no-ehlo").wrong, ["no-ehlo"]);
    if (!finding) throw new Error("no finding");
    const catalog = { "no-ehlo.default": "{verb} ohne EHLO" };
    expect(findingMessage(rule("no-ehlo"), finding, { catalog })).toBe("MAIL ohne EHLO");
    expect(relatedMessages(rule("no-ehlo"), finding, { catalog })).toEqual(["The server's answer: 503."]);
  });

  test("a page shows a transcript letter for letter, also one with backticks", () => {
    const page = rulePage({ ...rule("no-ehlo"), wrong: "C: ```\n" });
    expect(page).toContain("````smtp-transcript\nC: ```\n````");
  });
});
