import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { extractMessages } from "../../server/src/features/extract.js";
import { inspectTranscript } from "../../server/src/features/inspect.js";
import { makeText } from "../../server/src/features/texts/index.js";
import { parseTranscript } from "../../server/src/transcript.js";
import { documentOf, recorded, recordedBytes, recordings } from "../kit/features.js";
import { READERS } from "../kit/independent-readers.js";
import { runCli } from "../kit/world.js";

const folder = new URL("extracted/", import.meta.url);
/**
 * Messages that no simple reader finds, written out by hand: where a server took `<LF>.<LF>` for the end, a session that was
 * cut, a session in which the server broke in. `<recording's folder>.<name>-<number>.eml`.
 */
const golden = readdirSync(folder).filter((name) => name.endsWith(".eml"));
const goldenOf = (path: string): string[] => {
  const prefix = `${path.replace("/", ".").replace(/\.[^.]*$/, "")}-`;
  return golden
    .filter((name) => name.startsWith(prefix))
    .sort()
    .map((name) => readFileSync(new URL(name, folder), "latin1"));
};
/** Recordings that do not show the octets, each with the reason. */
const HIDDEN = JSON.parse(readFileSync(new URL("not-exact.json", folder), "utf8")) as Readonly<Record<string, string>>;

const showsMessage = (path: string): boolean =>
  inspectTranscript(parseTranscript(recorded(path))).sessions.some(({ transactions }) =>
    transactions.some(({ data }) => data?.shown),
  );
const shown = recordings.filter(showsMessage);

/** The files that `extract` writes, in order, as octets. */
async function extracted(path: string): Promise<string[]> {
  const { written } = await runCli(["extract", path, "--out", "o"], { [path]: recordedBytes(path) });
  return [...written.values()];
}

describe("messages of recorded sessions", () => {
  it("are shown by many", () => expect(shown.length).toBeGreaterThan(80));
  const readable = shown.filter((path) => goldenOf(path).length === 0 && !Object.hasOwn(HIDDEN, path));
  it.each(readable)("are written octet for octet as an independent reader takes them from %s", async (path) => {
    const reader = READERS[path.split("/")[0] as string];
    expect(reader).toBeDefined();
    const file = Buffer.from(recordedBytes(path)).toString("latin1");
    expect(await extracted(path)).toEqual(reader?.(file));
  });
  it.each(shown.filter((path) => goldenOf(path).length > 0))(
    "are written as a person reads them in %s",
    async (path) => {
      expect(await extracted(path)).toEqual(goldenOf(path));
    },
  );
  it("are all checked, but for those of which the octets are not shown", () => {
    expect(Object.keys(HIDDEN).filter((path) => !shown.includes(path))).toEqual([]);
    expect(
      golden.filter((name) => !shown.some((path) => name.startsWith(path.replace("/", ".").replace(/\.[^.]*$/, "-")))),
    ).toEqual([]);
  });
  it.each([
    ["nodemailer", /<(\d+) bytes encoded mime message/g],
    ["haraka-log", /message mid=\S+ size=(\d+)/g],
  ] as const)("have the size that %s says: with the dots of the way and the end of data", async (dialect, said) => {
    for (const path of shown.filter((one) => one.startsWith(`${dialect}/`) && !Object.hasOwn(HIDDEN, one))) {
      const sizes = Array.from(recorded(path).matchAll(said), ([, size]) => Number(size));
      const messages = await extracted(path);
      if (sizes.length === 0) continue;
      expect(messages.map((message) => message.replace(/^\./gm, "..").length + 3)).toEqual(sizes);
    }
  });
  it("come as the same octets to an editor that saves one", () => {
    for (const path of [
      "python-smtplib-debug1/latin1.smtp",
      "python-smtplib-debug1/multi.smtp",
      "curl-trace/simple.smtp",
    ]) {
      const [first] = extractMessages(parseTranscript(recorded(path)));
      const made = makeText(documentOf(recorded(path)), "messageBytes", {}, "en");
      expect(made?.text).toBe(Buffer.from(first?.octets("utf-8") ?? []).toString("base64"));
    }
    expect(makeText(documentOf("C: NOOP\nS: 250 ok\n"), "messageBytes", {}, "en")).toBeNull();
  });
});

describe("octets", () => {
  const octets = (sent: string, dialect?: string): string => {
    const [message] = extractMessages(parseTranscript(sent, dialect));
    return Buffer.from(message?.octets("utf-8") ?? []).toString("latin1");
  };
  const python = (literal: string): string =>
    `send: 'mail FROM:<a@example.org>\\r\\n'\nreply: b'250 ok\\r\\n'\nsend: 'data\\r\\n'\nreply: b'354 go\\r\\n'\ndata: (354, b'go')\nsend: b'${literal}\\r\\n.\\r\\n'\nreply: b'250 ok\\r\\n'\n`;
  it.each([
    ["Latin-1", "caf\\xe9", "caf\xe9\r\n"],
    ["UTF-8", "caf\\xc3\\xa9", "caf\xc3\xa9\r\n"],
    ["both in one line", "\\xe9 \\xc3\\xa9 \\xe9", "\xe9 \xc3\xa9 \xe9\r\n"],
    ["the letter of which UTF-8 begins with its own number", "\\xc3\\x83 \\xc3", "\xc3\x83 \xc3\r\n"],
    ["four octets", "\\xf0\\x9f\\x98\\x80\\xff", "\xf0\x9f\x98\x80\xff\r\n"],
    ["NUL and bare line ends", "a\\x00b\\nc\\rd", "a\0b\nc\rd\r\n"],
  ])("come back as they were spelled: %s", (_name, literal, sent) => expect(octets(python(literal))).toBe(sent));
  it("of a file in Latin-1 are its own", async () => {
    const said = "C: MAIL FROM:<a@example.org>\nS: 250 ok\nC: DATA\nS: 354 go\nC: caf\xe9\nC: .\nS: 250 ok\n";
    const { written } = await runCli(["extract", "a.smtp"], { "a.smtp": Buffer.from(said, "latin1") });
    expect([...written.values()]).toEqual(["caf\xe9\r\n"]);
    const utf8 = await runCli(["extract", "a.smtp"], { "a.smtp": Buffer.from(said, "utf8") });
    expect([...utf8.written.values()]).toEqual(["caf\xc3\xa9\r\n"]);
  });
  it("keep a lone dot that did not end the message", () => {
    const said =
      "C: MAIL FROM:<a@example.org>\nS: 250 ok\nC: DATA\nS: 354 go\nC: one\nC: ..\nC: ...\nC: .\nS: 250 ok\n";
    expect(octets(said)).toBe("one\r\n.\r\n..\r\n");
  });
});
