import { describe, expect, test } from "vitest";
import { applyEdits } from "../../server/src/rules/apply.js";
import { messageRules } from "../../server/src/rules/message/index.js";
import { runMessageRules } from "../../server/src/rules/message/run.js";
import type { MailProfile, MessageRule } from "../../server/src/rules/message/types.js";
import type { Finding } from "../../server/src/rules/types.js";
import { scanBytes } from "../../server/src/text/bytes.js";
import { messageOf } from "./kit.js";

function findings(text: string, rules: readonly MessageRule[], mail: MailProfile): readonly Finding[] {
  const { message, source } = messageOf(text);
  return runMessageRules(
    message,
    source,
    rules,
    { profile: "standard", rules: {}, aside: [], messageProfile: mail },
    scanBytes(new TextEncoder().encode(text)),
  );
}

const shown = (list: readonly Finding[]) => list.map((finding) => `${finding.rule}: ${finding.message}`);

test("ids are sorted, unique and in kebab-case", () => {
  const ids = messageRules.map((rule) => rule.id);
  expect(ids).toEqual([...new Set(ids)].sort());
  for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
});

describe.each(messageRules.map((rule) => [rule.id, rule] as const))("%s", (_, rule) => {
  test("speaks on its wrong example and is silent on the right one", () => {
    expect(shown(findings(rule.wrong, [rule], "bulk"))).not.toEqual([]);
    expect(shown(findings(rule.right, [rule], "bulk"))).toEqual([]);
  });

  test("has a text for each message and points inside the file", () => {
    for (const finding of findings(rule.wrong, [rule], "bulk")) {
      const template = rule.messages[finding.message];
      expect(template).toBeDefined();
      for (const [, name] of (template ?? "").matchAll(/\{([A-Za-z]+)\}/g))
        expect(finding.data).toHaveProperty(name as string);
      expect(finding.span.end).toBeLessThanOrEqual(rule.wrong.length);
      if (finding.fix !== undefined) expect(rule.messages).toHaveProperty(finding.fix.title);
    }
    expect(rule.references.length > 0 || rule.level === "practice").toBe(true);
  });

  test("fixes remove the finding and add none", () => {
    const before = findings(rule.wrong, messageRules, "bulk");
    const own = before.filter((finding) => finding.rule === rule.id && finding.fix !== undefined);
    expect(own.length > 0).toBe(rule.fixable);
    for (const finding of own) {
      const fixed = applyEdits(rule.wrong, finding.fix?.edits ?? []);
      const after = shown(findings(fixed, messageRules, "bulk"));
      const left = shown(before);
      left.splice(left.indexOf(`${finding.rule}: ${finding.message}`), 1);
      for (const item of after) {
        expect(left).toContain(item);
        left.splice(left.indexOf(item), 1);
      }
    }
  });
});

test("an ordinary message is silent in every profile", () => {
  const text = [
    "From: Alice <alice@a.example>",
    "To: Bob <bob@b.example>",
    "Subject: Greetings",
    "Date: Mon, 23 Nov 2026 10:00:00 +0000",
    "Message-ID: <1@a.example>",
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "Hello",
    "",
  ].join("\r\n");
  expect(shown(findings(text, messageRules, "received"))).toEqual([]);
  expect(shown(findings(text, messageRules, "outbound"))).toEqual([]);
});

test("in a message of very many parts the first ones are judged", () => {
  const part = "--b\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n*\n";
  const text = `From: a@a.example\nContent-Type: multipart/mixed; boundary=b\n\n${part.repeat(12_000)}--b--\n`;
  const rule = messageRules.find(({ id }) => id === "hdr-qp-base64-broken") as MessageRule;
  expect(findings(text, [rule], "received")).toHaveLength(9999);
});
