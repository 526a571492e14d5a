import { existsSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { rules } from "../../server/src/rules/index.js";
import leftOut from "../../server/src/rules/left-out.json" with { type: "json" };
import { ruleIndex, rulePage } from "../../server/src/rules/pages.js";
import { describeFindings, findingsIn } from "../kit/findings.js";

const FOLDER = new URL("../../server/src/rules/", import.meta.url);
const ENGINE = new Set([
  "about",
  "all",
  "apply",
  "blame",
  "configure",
  "envelope",
  "findings",
  "fingerprint",
  "index",
  "kept",
  "messages",
  "pages",
  "run",
  "support",
  "types",
  "verbs",
]);

describe("the list of rules", () => {
  const ids = rules.map(({ id }) => id);

  test("is sorted and has no id twice", () => {
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  test("holds every rule file", () => {
    const files = readdirSync(FOLDER)
      .filter((name) => name.endsWith(".ts"))
      .map((name) => name.slice(0, -3))
      .filter((name) => !ENGINE.has(name));
    expect(ids).toEqual(files.sort());
  });

  test("gives a reason for each rule that was left out, and none of these exists", () => {
    for (const [id, reason] of Object.entries<string>(leftOut)) {
      expect(reason.length, id).toBeGreaterThan(20);
      expect(ids).not.toContain(id);
    }
  });

  test("is indexed by topic", () => {
    const index = ruleIndex(rules);
    for (const id of ids) expect(index).toContain(`[${id}](${id}.md)`);
  });
});

describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  test("stands in a file of its name", () => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(existsSync(new URL(`${id}.ts`, FOLDER))).toBe(true);
  });

  test("says where it comes from, what is wrong and what to do", () => {
    expect(rule.references.length > 0 || rule.level === "practice").toBe(true);
    for (const text of [rule.title, rule.why, rule.fix, ...Object.values(rule.messages)])
      expect(text.length).toBeGreaterThan(5);
    expect(Object.keys(rule.messages).filter((key) => !key.startsWith("fix")).length).toBeGreaterThan(0);
    expect(rule.title.endsWith(".")).toBe(false);
  });

  test("has a page with both examples", () => {
    const page = rulePage(rule);
    expect(page.startsWith(`# ${id}\n`)).toBe(true);
    expect(page).toContain(rule.wrong.trimEnd());
    expect(page).toContain(rule.right.trimEnd());
  });

  test("speaks on the wrong example, with texts that exist", () => {
    const findings = findingsIn(rule.wrong, [id]);
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings) {
      for (const key of [finding.message, ...finding.related.map(({ message }) => message)]) {
        expect(Object.keys(rule.messages)).toContain(key);
      }
    }
    for (const line of describeFindings(rule.wrong, findings)) expect(line).not.toMatch(/\{\w+\}|undefined/);
  });

  test("is silent on the right example, as all rules are at warning and above", () => {
    expect(describeFindings(rule.right, findingsIn(rule.right, [id]))).toEqual([]);
    const severe = findingsIn(rule.right).filter(({ severity }) => severity === "error" || severity === "warning");
    expect(describeFindings(rule.right, severe)).toEqual([]);
  });
});
