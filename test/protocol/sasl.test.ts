import { describe, expect, test } from "vitest";
import { binaryBytes, encodeBase64 } from "../../server/src/protocol/base64.js";
import { isMask, readSasl } from "../../server/src/protocol/sasl.js";

const SECRET = "hunter2-very-secret";
const encode = (content: string): string => encodeBase64(binaryBytes(content));

/** Messages that carry a secret: mechanism, step, content, user. */
const WITH_SECRET: readonly (readonly [string, number, string, string | null])[] = [
  ["PLAIN", 0, `\0alice\0${SECRET}`, "alice"],
  ["PLAIN", 0, `admin\0alice@example.org\0${SECRET}`, "alice@example.org"],
  ["LOGIN", 1, SECRET, null],
  ["CRAM-MD5", 0, "alice 0123456789abcdef0123456789abcdef", "alice"],
  ["DIGEST-MD5", 0, 'username="alice",realm="x",nc=00000001,response=0123456789abcdef0123456789abcdef', "alice"],
  ["XOAUTH2", 0, `user=alice@example.org\x01auth=Bearer ${SECRET}\x01\x01`, "alice@example.org"],
  ["OAUTHBEARER", 0, `n,a=alice@example.org,\x01host=mx\x01auth=Bearer ${SECRET}\x01\x01`, "alice@example.org"],
  ["SCRAM-SHA-256", 1, `c=biws,r=abc,p=${SECRET}`, null],
  ["GSSAPI", 0, SECRET, null],
];

describe("SASL messages of the client", () => {
  test.each(WITH_SECRET)(
    "%s %d: user known, secret found, masked in the same form",
    (mechanism, step, content, user) => {
      const text = encode(content);
      const message = readSasl(mechanism, step, text);
      expect(message).toMatchObject({ user, problem: null, cancelled: false, masked: false });
      expect(message.secret).toMatchObject({ from: 0, to: text.length });
      expect(JSON.stringify(message)).not.toContain(SECRET);
      const mask = message.secret?.mask ?? "";
      expect(mask).not.toContain(text.slice(-12, -3));
      const again = readSasl(mechanism, step, mask);
      expect(again.secret, "a second run changes nothing").toBeNull();
      expect(again.problem).toBeNull();
      if (mechanism !== "GSSAPI") expect(again.user).toBe(user);
    },
  );

  test("user names alone are no secret", () => {
    expect(readSasl("LOGIN", 0, encode("alice"))).toMatchObject({ user: "alice", secret: null });
    expect(readSasl("SCRAM-SHA-256", 0, encode("n,,n=al=2Cice,r=abc"))).toMatchObject({ user: "al,ice", secret: null });
    expect(readSasl("LOGIN", 0, encode("j\xc3\xbcrgen")).user).toBe("jürgen");
  });

  test("NTLM: the third message names the user and carries the answer", () => {
    const name = [..."alice"].map((char) => `${char}\0`).join("");
    const head = `NTLMSSP\0\x03\0\0\0${"\0".repeat(24)}\x0a\0\x0a\0\x40\0\0\0`;
    const message = readSasl("NTLM", 1, encode(head.padEnd(64, "\0") + name));
    expect(message).toMatchObject({ user: "alice", problem: null });
    expect(message.secret).not.toBeNull();
    expect(readSasl("NTLM", 0, encode("NTLMSSP\0\x01\0\0\0")).secret).toBeNull();
  });

  test.each([
    ["PLAIN", "alice:secret", "plain-structure"],
    ["PLAIN", "alice\0secret", "plain-structure"],
    ["PLAIN", "\0alice\0", "plain-structure"],
    ["CRAM-MD5", "alice", "cram-structure"],
    ["CRAM-MD5", "alice 0123", "cram-structure"],
    ["PLAIN", "\0alice\0secret\n", "stray-blanks"],
    ["LOGIN", "alice\r\n", "stray-blanks"],
  ])("%s: what is wrong", (mechanism, content, problem) => {
    expect(readSasl(mechanism, 0, encode(content)).problem).toBe(problem);
  });

  test("what is no base64", () => {
    expect(readSasl("LOGIN", 0, "alice@example.org").problem).toBe("base64");
    expect(readSasl("PLAIN", 0, "AGFsaWNl AHNlY3JldA==").problem).toBe("base64");
    expect(readSasl("PLAIN", 0, "=").problem).toBe("plain-structure");
    expect(readSasl("EXTERNAL", 0, "=").problem).toBeNull();
    expect(readSasl("LOGIN", 0, " * ").cancelled).toBe(true);
  });

  test.each([
    "****",
    "xxxx",
    "<redacted>",
    "[credentials hidden]",
    "PROVIDED_BUT_REMOVED",
    "/* secret */",
    "/* secured */",
    encode("PROVIDED_BUT_REMOVED"),
    encode("/* secret */"),
  ])("%s stands in the place of a secret", (text) => {
    for (const mechanism of ["PLAIN", "LOGIN", "CRAM-MD5", null]) {
      expect(readSasl(mechanism, 1, text)).toMatchObject({ masked: true, problem: null, secret: null });
    }
  });

  test("words are no masks", () => {
    for (const text of ["", "alice", "c2VjcmV0", "[1]", "<>", "*", "xx"]) expect(isMask(text), text).toBe(false);
  });

  test.each([
    ["XOAUTH2", 0, `user=alice@example.org^Aauth=Bearer ${SECRET}^A^A`, "bearer-structure"],
    ["XOAUTH2", 0, `user=alice@example.org auth=Bearer ${SECRET}`, "bearer-structure"],
    ["OAUTHBEARER", 0, `n,a=alice@example.org,auth=Bearer ${SECRET}`, "bearer-structure"],
    ["LOGIN", 0, `\0alice\0${SECRET}`, "unreadable"],
    ["EXTERNAL", 0, `\0alice\0${SECRET}`, "unreadable"],
    ["SCRAM-SHA-256", 0, `alice ${SECRET}`, null],
    ["NTLM", 0, SECRET, null],
  ] as const)("%s in another form than its own is a secret as a whole: %#", (mechanism, step, content, problem) => {
    const text = encode(content);
    const message = readSasl(mechanism, step, text);
    expect(message).toMatchObject({ user: null, problem });
    expect(message.secret).toMatchObject({ from: 0, to: text.length });
  });

  test("a user name that was never encoded is told as such", () => {
    expect(readSasl("LOGIN", 0, "user")).toMatchObject({ user: null, problem: "unreadable" });
  });

  test("PLAIN written out by swaks: exactly the password is the secret", () => {
    const text = "\\0alice\\0hunter2";
    const message = readSasl("PLAIN", 0, text);
    expect(message).toMatchObject({ user: "alice", problem: null });
    expect(text.slice(message.secret?.from, message.secret?.to)).toBe("hunter2");
  });

  test("takes anything", () => {
    for (const text of ["\0", "\ud800", "=".repeat(1000), "A".repeat(100_001), "é", "\\0\\0"]) {
      for (const mechanism of [
        "PLAIN",
        "LOGIN",
        "CRAM-MD5",
        "DIGEST-MD5",
        "XOAUTH2",
        "NTLM",
        "SCRAM-SHA-1",
        "",
        null,
      ]) {
        expect(() => readSasl(mechanism, 0, text)).not.toThrow();
      }
    }
  });
});
