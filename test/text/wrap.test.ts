import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inspectTranscript } from "../../server/src/features/inspect.js";
import { parseTranscript } from "../../server/src/transcript.js";
import { decodeText } from "../kit/corpus.js";

const corpus = new URL("../corpus/", import.meta.url);
const recordings = JSON.parse(readFileSync(new URL("truth.json", corpus), "utf8")) as { path: string }[];
const linesOf = (path: string): string[] => decodeText(readFileSync(new URL(path, corpus))).split(/\r\n|\r|\n/);

/** A text as it comes out of a terminal that is `width` characters wide. */
function cut(lines: readonly string[], width: number): string {
  return lines
    .flatMap((line) => (line === "" ? [""] : (line.match(new RegExp(`.{1,${width}}`, "gsu")) ?? [])))
    .join("\n");
}

function happened(text: string): unknown {
  const { sessions } = inspectTranscript(parseTranscript(text));
  return JSON.parse(JSON.stringify(sessions, (key, value) => (/^(?:line|endLine)$/.test(key) ? undefined : value)));
}

describe("lines that were cut at a fixed width", () => {
  it.each([
    "telnet/banner-554.smtp",
    "telnet/reject-footer-multiline.smtp",
    "haraka-log/auth-fail.log",
    "haraka-log/bad-commands.log",
    "postfix-maillog-debug-peer/smtpd-mixed.log",
    "postfix-maillog-debug-peer/smtp-client-bdat-exim.log",
    "phpmailer-debug2/simple.smtp",
    "phpmailer-debug4/starttls.smtp",
    "nodemailer/mixed.smtp",
    "perl-net-smtp/mixed.smtp",
    "swaks/pipeline.smtp",
  ])("are read as they were: %s", (path) => {
    const lines = linesOf(path);
    const text = cut(lines, 80);
    expect(text.split("\n").length).toBeGreaterThan(lines.length);
    expect(happened(text)).toEqual(happened(lines.join("\n")));
  });

  it("are found in no recording, since none was cut", () => {
    const found = recordings.filter(({ path }) => parseTranscript(linesOf(path).join("\n")).surroundings.veil.wrap);
    expect(found).toEqual([]);
  });

  it("keep the place of each character", () => {
    const reply = `550 5.7.1 ${"words of no use to anyone ".repeat(4)}<bob@example.com>`;
    const text = cut(["220 mx.example.com ESMTP", "EHLO c.example.org", "250 mx.example.com", "VRFY bob", reply], 80);
    const { wire, source } = parseTranscript(text);
    const said = wire.find((line) => line.text.startsWith("550"));
    expect(said?.text).toBe(reply);
    const at = said?.offsetAt(reply.indexOf("<bob")) ?? 0;
    expect(source.text.slice(at, at + 17)).toBe("<bob@example.com>");
    expect(source.lineAt(at)).toBe((said?.line ?? 0) + 1);
  });

  it("are no lines of a message: neither base64 nor text that its author broke", () => {
    const base64 = "QUJD".repeat(19);
    const prose = "The quick brown fox jumps over the lazy dog, and over the lazy cat as well, ok";
    const message = [base64, base64, `${base64.slice(4)}`, prose.slice(0, 76), "and so on", prose.slice(0, 76), "end"];
    const session = ["220 mx ESMTP", "EHLO c", "250 mx", "MAIL FROM:<a@b.example>", "250 Ok", "RCPT TO:<c@d.example>"];
    const text = [...session, "250 Ok", "DATA", "354 Go ahead", "Subject: x", "", ...message, ".", "250 Ok"].join("\n");
    const data = parseTranscript(text).sessions[0]?.transactions[0]?.data;
    expect(data?.lines.map((line) => line.text).slice(2)).toEqual(message);
  });

  it("are not seen in a single full line with a note or a tool's words behind it", () => {
    const reply = `550 ${"x".repeat(96)}`;
    for (const behind of ["(connection closed by client)", "Connection closed by foreign host."]) {
      const { wire } = parseTranscript(["220 mx ESMTP", "EHLO c", "250 mx", "VRFY a", reply, behind].join("\n"));
      expect(wire.find((line) => line.text.startsWith("550"))?.text).toBe(reply);
    }
  });

  it("leave a SASL response behind a full challenge alone", () => {
    const challenge = `334 ${"QUJD".repeat(19)}`;
    const text = ["220 mx ESMTP", "EHLO c", "250 AUTH CRAM-MD5", "AUTH CRAM-MD5", challenge, "YWJj", "235 Ok"].join(
      "\n",
    );
    const [session] = parseTranscript(text).sessions;
    expect(session?.exchanges.filter(({ kind }) => kind === "auth-response").map(({ wire }) => wire?.text)).toEqual([
      "YWJj",
    ]);
  });
});
