import { describe, expect, test } from "vitest";
import { applyEdits } from "../../server/src/rules/apply.js";
import { STANDARD } from "../../server/src/rules/configure.js";
import { rules } from "../../server/src/rules/index.js";
import { runRules } from "../../server/src/rules/run.js";
import { parseTranscript } from "../../server/src/transcript.js";
import { describeFindings, findingsIn } from "../kit/findings.js";

const PASSWORD = "c2VjcmV0MTIz";
const PLAIN = "AGFsaWNlAHNlY3JldDEyMw==";

/** A login as several tools print it, and exactly the text that is the secret. */
const LOGINS: readonly (readonly [name: string, secret: string, lines: readonly string[]])[] = [
  ["C: and S:, PLAIN", PLAIN, marked("S: ", "C: ", [`AUTH PLAIN ${PLAIN}`, "235 2.7.0 Ok"])],
  ["C: and S:, LOGIN", PASSWORD, marked("S: ", "C: ", login("AUTH LOGIN", "YWxpY2U="))],
  ["C: and S:, LOGIN with the user at once", PASSWORD, marked("S: ", "C: ", loginAtOnce())],
  ["swaks, LOGIN", PASSWORD, marked("<-  ", " -> ", login("AUTH LOGIN", "YWxpY2U="))],
  ["no marks, PLAIN", PLAIN, marked("", "", [`AUTH PLAIN ${PLAIN}`, "235 2.7.0 Ok"])],
  ["no marks, LOGIN", PASSWORD, marked("", "", login("AUTH LOGIN", "YWxpY2U="))],
];

describe.each(LOGINS)("%s", (_name, secret, lines) => {
  const text = `${lines.join("\n")}\n`;

  test("exactly the secret is marked, and no text of the finding repeats it", () => {
    const findings = findingsIn(text, ["credentials-in-transcript"]);
    expect(findings.map(({ span }) => text.slice(span.start, span.end))).toEqual([secret]);
    for (const line of describeFindings(text, findings)) {
      for (const hidden of [secret, "secret123"]) expect(line).not.toContain(hidden);
    }
    expect(JSON.stringify(findings)).not.toContain(secret);
  });

  test("the fix masks it in the same form: nothing else is reported, a second run changes nothing", () => {
    const [finding] = findingsIn(text, ["credentials-in-transcript"]);
    const after = applyEdits(text, finding?.fix?.edits ?? []);
    expect(after).not.toContain(secret);
    expect(after.split("\n")).toHaveLength(text.split("\n").length);
    const rules = (of: string): string[] => findingsIn(of).map(({ rule }) => rule);
    expect(rules(after)).toEqual(rules(text).filter((rule) => rule !== "credentials-in-transcript"));
  });
});

describe("what tools mask already", () => {
  test.each(["****", "xxxx", "<redacted>", "[credentials hidden]", "UFJPVklERURfQlVUX1JFTU9WRUQ=", "Lyogc2VjcmV0ICov"])(
    "%s is neither a secret nor a mistake",
    (mask) => {
      const text = `${marked("S: ", "C: ", [`AUTH PLAIN ${mask}`, "535 5.7.8 Error: authentication failed"]).join("\n")}\n`;
      const ids = findingsIn(text).map(({ rule }) => rule);
      expect(ids).not.toContain("credentials-in-transcript");
      expect(ids).not.toContain("auth-plain-structure");
      expect(ids).not.toContain("auth-bad-base64");
    },
  );
});

function marked(server: string, client: string, lines: readonly string[]): string[] {
  const opening = ["220 mx.example.com ESMTP", "EHLO client.example.org", "250-mx.example.com", "250 AUTH PLAIN LOGIN"];
  return [...opening, ...lines, "QUIT", "221 2.0.0 Bye"].map(
    (line) => (/^\d{3}[ -]/.test(line) ? server : client) + line,
  );
}

function login(command: string, user: string): string[] {
  return [command, "334 VXNlcm5hbWU6", user, "334 UGFzc3dvcmQ6", PASSWORD, "235 2.7.0 Ok"];
}

function loginAtOnce(): string[] {
  return ["AUTH LOGIN YWxpY2U=", "334 UGFzc3dvcmQ6", PASSWORD, "235 2.7.0 Ok"];
}

test("says nothing of a readable password on port 465, where TLS begins with the connection", () => {
  const text = [
    "* Connected to mail.example.com (192.0.2.1) port 465",
    "< 220 mail.example.com ESMTP",
    "> EHLO client.example.org",
    "< 250 AUTH PLAIN",
    "> AUTH PLAIN AGFsaWNlAHNlY3JldA==",
    "< 235 2.7.0 OK",
    "",
  ].join("\n");
  const found = (port: number): string[] =>
    runRules(parseTranscript(text.replace("465", String(port))), rules, STANDARD).map(({ rule }) => rule);
  expect(found(465)).not.toContain("auth-plaintext");
  expect(found(587)).toContain("auth-plaintext");
});
