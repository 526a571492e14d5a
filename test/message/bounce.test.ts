import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readBounce } from "../../server/src/message/bounce.js";
import { inspectMessage } from "../../server/src/message/inspect.js";
import { messageOf } from "./kit.js";

const fixture = (name: string) => messageOf(readFileSync(new URL(`../corpus/${name}`, import.meta.url), "utf8"));

test("a report of Postfix says who, why, and which server", () => {
  const { message, source } = fixture("postfix-dsn/bounce-multi.eml");
  const bounce = inspectMessage(message, source).bounce;
  expect(bounce?.reportingServer).toBe("mail.example.com");
  expect(bounce?.recipients.map((item) => [item.address, item.code, item.status, item.permanent, item.server])).toEqual(
    [
      ["nouser2@mail.example.com", null, "5.1.1", true, null],
      ["multi@exim.example.com", 550, "5.0.0", true, "127.0.0.12"],
      ["nobody@node.example.com", 550, "5.1.1", true, "127.0.0.17"],
    ],
  );
});

test("a report of sendmail also quotes the session", () => {
  const { message, at } = fixture("sendmail-dsn/bounce-multi.eml");
  const bounce = readBounce(message);
  expect(bounce?.recipients).toHaveLength(3);
  expect(bounce?.transcript && at(bounce.transcript)).toMatch(
    /^\.\.\. while talking to exim[\s\S]*no valid recipients$/,
  );
});

test("a notice of Postfix quotes the session", () => {
  const { message, at } = fixture("postfix-notify-transcript/bad-sequence.eml");
  const span = readBounce(message)?.transcript;
  expect(span && at(span)).toMatch(/^ Out: 220 mail[\s\S]*221 2\.0\.0 Bye$/);
});

test.each([
  [
    "Exim",
    "  bob@x.example\n    SMTP error from remote mail server after RCPT TO:<bob@x.example>:\n    host mx.x.example [192.0.2.1]: 550 5.1.1 no such user",
    { address: "bob@x.example", code: 550, status: "5.1.1", permanent: true, server: "mx.x.example" },
  ],
  [
    "qmail",
    "<bob@x.example>:\n192.0.2.1 does not like recipient.\nRemote host said: 450 4.2.1 try later",
    { address: "bob@x.example", code: 450, status: "4.2.1", permanent: false },
  ],
  [
    "Postfix",
    "<bob@x.example>: host mx.x.example[192.0.2.1] said: 552 5.2.2 full (in reply to RCPT\n    TO command)",
    { address: "bob@x.example", code: 552, status: "5.2.2", permanent: true, server: "mx.x.example" },
  ],
  [
    "sendmail",
    "   ----- Transcript of session follows -----\n... while talking to mx.x.example.:\n>>> RCPT To:<bob@x.example>\n<<< 550 5.1.1 unknown\n550 5.1.1 <bob@x.example>... User unknown",
    { address: "bob@x.example", code: 550, status: "5.1.1", permanent: true, server: "mx.x.example" },
  ],
])("the classic text of %s is understood", (_, body, expected) => {
  const { message } = messageOf(
    `From: MAILER-DAEMON@a.example\nSubject: failure notice\n\nHi.\n\n${body}\n\n--- Below this line is a copy of the message.\n\nTo: eve@x.example\n`,
  );
  expect(readBounce(message)?.recipients).toEqual([expect.objectContaining(expected)]);
});

test("an ordinary message is no bounce", () => {
  expect(
    readBounce(messageOf("From: a@b.example\nSubject: hi\n\n<bob@x.example>: 550 5.1.1 no\n").message),
  ).toBeUndefined();
});
