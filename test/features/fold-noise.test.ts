import { expect, it } from "vitest";
import { makeText } from "../../server/src/features/texts/index.js";
import { parseDocument } from "../../server/src/service.js";
import { SourceText } from "../../server/src/text/source.js";

const folds = (text: string): unknown => {
  const document = parseDocument({
    uri: "file:///a.smtp",
    version: 1,
    language: "smtp-transcript",
    source: new SourceText(text),
  });
  const made = makeText(document, "folds", {}, "en");
  return made && JSON.parse(made.text);
};

it("folds EHLO lists and message bodies, in three forms of print, and leaves sessions open", () => {
  const session = (client: string, server: string): string =>
    [
      `${server}220 mx.example.com ESMTP`,
      `${client}EHLO a.example.org`,
      `${server}250-mx.example.com`,
      `${server}250 SIZE`,
      `${client}MAIL FROM:<a@example.org>`,
      `${server}250 ok`,
      `${client}RCPT TO:<b@example.com>`,
      `${server}250 ok`,
      `${client}DATA`,
      `${server}354 go`,
      `${client}Subject: x`,
      `${client}`,
      `${client}hello`,
      `${client}.`,
      `${server}250 ok`,
      `${client}QUIT`,
      `${server}221 bye`,
      "",
    ].join("\n");
  for (const [client, server] of [
    ["C: ", "S: "],
    [" -> ", "<-  "],
    ["> ", "< "],
  ] as const)
    expect(folds(session(client, server))).toEqual([1, 10]);
});

it("folds what the tool printed before a session, not the session that begins there", () => {
  const text = [
    "=== Trying 192.0.2.1:25...",
    "=== Connected to 192.0.2.1.",
    "=== TLS started with cipher TLSv1.3",
    "<~  220 mx.example.com ESMTP",
    " ~> QUIT",
    "<~  221-bye",
    "<~  221 bye",
    "",
  ].join("\n");
  expect(folds(text)).toEqual([1, 4]);
});

it("has nothing to fold in a text without SMTP", () => {
  expect(folds("milk\neggs")).toBeNull();
});
