import { describe, expect, test } from "vitest";
import { rules } from "../../server/src/rules/index.js";
import { describeFindings, findingsIn } from "../kit/findings.js";
import { FORMS, type Form, reprint, saidLines } from "../kit/reprint.js";

/** Rules that a form cannot show, and why. */
const HIDDEN: Readonly<Partial<Record<Form, Readonly<Record<string, string>>>>> = {
  swaks: { "reply-220-mid-session": "every connection is announced, so a second greeting never looks like a new one" },
  phpmailer: {
    "reply-220-mid-session": "as above",
    "auth-bad-base64": "PHPMailer masks what is sent at a login",
    "auth-bad-challenge": "as above",
    "auth-cram-structure": "as above",
    "auth-plain-structure": "as above",
    "auth-trailing-newline": "as above",
  },
  raw: {
    "reply-220-mid-session": "every connection is announced",
    "command-after-quit": "what is typed at a terminal behind the close was never sent",
    "data-missing-terminator": "without marks a reply inside the message is message text",
    "reply-first-digit": "without marks only what looks like a reply is the server's",
    "reply-syntax": "as above",
  },
};

describe.each(Object.keys(FORMS) as Form[])("printed as %s", (form) => {
  const printable = rules.flatMap((rule) => {
    const lines = saidLines(rule.wrong);
    return lines && !HIDDEN[form]?.[rule.id] ? [[rule.id, rule, lines] as const] : [];
  });

  test.each(printable)("%s speaks on the same line", (id, rule, lines) => {
    const here = reprint(lines, form);
    const places = (text: string, above: number): string[] =>
      findingsIn(text, [id]).map(
        ({ span, message }) => `${text.slice(0, span.start).split("\n").length - above} ${message}`,
      );
    expect(places(here.text, here.above), here.text).toEqual(places(rule.wrong, 0));
  });

  test("the right examples are silent", () => {
    // Many rules share one.
    for (const right of new Set(rules.map((rule) => rule.right))) {
      const lines = saidLines(right);
      if (!lines) continue;
      const { text } = reprint(lines, form);
      const severe = findingsIn(text).filter(({ severity }) => severity === "error" || severity === "warning");
      expect(describeFindings(text, severe), text).toEqual([]);
    }
  }, 60_000);
});
