import { describe, expect, it } from "vitest";
import { SourceText } from "../../server/src/text/source.js";
import { veilOf, viewThrough } from "../../server/src/text/veil.js";
import { parseTranscript } from "../../server/src/transcript.js";

const SESSION = [
  "<-  220 mail.example.com ESMTP",
  " -> EHLO client.example.org",
  "<-  250 mail.example.com",
  " -> MAIL FROM:<alice@example.org>",
  "<-  250 2.1.0 Ok",
  " -> QUIT",
  "<-  221 2.0.0 Bye",
];

/** The visible lines, after checking that every visible character leads back to itself in the source. */
function visible(text: string): string[] {
  const source = new SourceText(text);
  const view = viewThrough(source, veilOf(source));
  const lines: string[] = [];
  for (let line = 0; line < view.lineCount; line++) {
    const shown = view.text(line);
    for (let column = 0; column < shown.length; column++) {
      expect(source.text[view.offset(line, column)]).toBe(shown[column]);
    }
    expect(view.offset(line, shown.length)).toBeLessThanOrEqual(source.lineEnd(line));
    lines.push(shown);
  }
  return lines;
}

describe("what surrounds a transcript", () => {
  it("hides e-mail quoting, once or twice", () => {
    expect(visible(SESSION.map((line) => `> ${line}`).join("\n"))).toEqual(SESSION);
    expect(visible(SESSION.map((line) => `> > ${line}`).join("\r\n"))).toEqual(SESSION);
    expect(visible(SESSION.map((line) => `>> ${line}`).join("\n"))).toEqual(SESSION);
  });

  it("keeps what the answer to a quoted mail says around it", () => {
    const text = ["On Monday Bob wrote:", ...SESSION.map((line) => `> ${line}`), "", "Thanks"].join("\n");
    expect(visible(text)).toEqual(["On Monday Bob wrote:", ...SESSION, "", "Thanks"]);
  });

  it("hides code fences in front of and behind a session, not those in a message", () => {
    const text = ["It fails:", "```text", ...SESSION, "```", "Why?"].join("\n");
    expect(visible(text)).toEqual(["It fails:", "", ...SESSION, "", "Why?"]);
    const message = ["S: 220 x", "C: DATA", "S: 354 go", "```", "C: .", "S: 250 ok"];
    expect(visible(message.join("\n"))).toEqual(message);
  });

  it("hides common indentation", () => {
    expect(visible(SESSION.map((line) => `    ${line}`).join("\n"))).toEqual(SESSION);
    expect(visible(SESSION.map((line) => `\t${line}`).join("\n"))).toEqual(SESSION);
  });

  it("hides colours and control sequences of a terminal, and what was taken back by backspace", () => {
    const coloured = SESSION.map((line) => `\u001b[1;32m${line.slice(0, 4)}\u001b[0m${line.slice(4)}\u001b[K`);
    expect(visible(coloured.join("\n"))).toEqual(SESSION);
    expect(visible("\u001b]0;title\u0007EHLP\bO x")).toEqual(["EHLO x"]);
  });

  it("keeps the marks of tools that look like surroundings", () => {
    const curl = [
      "* Connected to x (127.0.0.1) port 25 (#0)",
      "< 220 x ESMTP",
      "> EHLO y",
      "< 250 x",
      "> MAIL FROM:<a@b.example>",
    ];
    expect(visible(curl.join("\n"))).toEqual(curl);
    expect(visible(SESSION.join("\n"))).toEqual(SESSION);
    const sendmail = [">>> EHLO x", "250-y", "250 HELP", ">>> MAIL From:<a@b.example>", "250 ok"];
    expect(visible(sendmail.join("\n"))).toEqual(sendmail);
    const exim = ["  SMTP<< 220 x", "  SMTP>> EHLO y", "  SMTP<< 250-x", "         250 HELP"];
    expect(visible(exim.join("\n"))).toEqual(exim);
  });

  it("reads a quoted session as the session itself, in its place", () => {
    const text = SESSION.map((line) => `> ${line}`).join("\n");
    const transcript = parseTranscript(text);
    expect(transcript.detection.dialect.id).toBe("swaks");
    expect(transcript.sessions).toHaveLength(1);
    const mail = transcript.sessions[0]?.exchanges.find(({ verb }) => verb === "MAIL")?.wire;
    expect(text.slice(mail?.start, mail?.end)).toBe("MAIL FROM:<alice@example.org>");
  });
});
