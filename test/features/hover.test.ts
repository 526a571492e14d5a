import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decodeText } from "../kit/corpus.js";
import { hoverAtMark, hoverAtOffset } from "../kit/hover.js";

const EHLO = [
  "S: 220 mx.example.com ESMTP",
  "C: EHLO client.example.org",
  "S: 250-mx.example.com",
  "S: 250-SIZE 10240000",
  "S: 250-PIPELINING",
  "S: 250 AUTH PLAIN LOGIN",
  "",
].join("\n");

/** The short part of a hover: what stands above the line. */
function head(hover: string | null): string {
  return (hover ?? "").split("\n---\n")[0] ?? "";
}

describe("hover on a reply", () => {
  it("says what it means here, which command it answers, who must act, whether to retry and what the client did", () => {
    const text = `${EHLO}C: MAIL FROM:<a@example.org>\nS: 250 ok\nC: RCPT TO:<b@example.com>\nS: 45‸1 4.7.1 Greylisted, please try again in 300 seconds\nC: QUIT\nS: 221 bye\n`;
    const short = head(hoverAtMark(text));
    expect(short).toContain("`451 4.7.1`");
    expect(short).toContain("Answer to `RCPT TO:<b@example.com>` (line 9).");
    expect(short).toMatch(/Who must act/);
    expect(short).toContain("The text asks to wait 5 minutes.");
    expect(short).toContain("`QUIT` (line 11)");
  });

  it("tells a refused recipient from a refused message", () => {
    const mail = `${EHLO}C: MAIL FROM:<a@example.org>\nS: 250 ok\nC: RCPT TO:<b@example.com>\nS: `;
    const rcpt = hoverAtMark(`${mail}4‸51 try later\n`);
    const data = hoverAtMark(`${mail}250 ok\nC: DATA\nS: 354 go\nC: Subject: x\nC: \nC: .\nS: 4‸51 try later\n`);
    expect(head(rcpt)).not.toBe(head(data));
    expect(data).toContain("Answer to the end of the message (line 15).");
  });

  it("explains 354 in full: meaning, when, both sides", () => {
    const hover = hoverAtMark(`${EHLO}C: DATA\nS: 35‸4 go ahead\n`) ?? "";
    expect(hover).toContain("answer to `DATA`");
    expect(hover).toContain("What the sending side does");
    expect(hover).toContain("What the receiving side does");
    expect(hover).toContain("RFC 5321 §4.1.1.4");
  });

  it("tells a pipelined reply its own command", () => {
    const text = `${EHLO}C: MAIL FROM:<a@example.org>\nC: RCPT TO:<x@example.com>\nC: RCPT TO:<y@example.com>\nS: 250 ok\nS: 550 5.1.1 no\nS: 25‸0 ok\n`;
    expect(hoverAtMark(text)).toContain("Answer to `RCPT TO:<y@example.com>` (line 9). Sent in a group of 3 commands.");
  });

  it("links to the comparison only where the client has that command, and to nothing else", () => {
    const text = `${EHLO}C: DATA\nS: 35‸4 go ahead\n`;
    expect(hoverAtMark(text)).toMatch(/\]\(command:smtpTranscripts\.compareReplyCode\?%5B354/);
    expect(hoverAtMark(text, { commands: [] })).not.toContain("](");
  });

  it("gives plain text to a client that shows no markdown", () => {
    const hover = hoverAtMark(`${EHLO}C: DATA\nS: 35‸4 go ahead\n`, { markdown: false }) ?? "";
    expect(hover).not.toMatch(/[*`]/);
  });

  it("speaks Arabic with codes kept in order by isolates", () => {
    const hover = hoverAtMark(`${EHLO}C: DATA\nS: 35‸4 go ahead\n`, { locale: "ar" }) ?? "";
    expect(hover).toMatch(/[\u0600-\u06ff]/);
    expect(hover).toContain("\u2066`354`\u2069");
  });
});

describe("hover on a line about TLS or the connection", () => {
  const swaks = (line: string): string | null =>
    hoverAtMark(
      `=== Trying mx.example.com:25...\n=== Connected to mx.example.com.\n<-  220 mx ESMTP\n -> EHLO x.example\n<-  250-mx\n<-  250 STARTTLS\n -> STARTTLS\n<-  220 go\n*** TLS star‸tup failed (connect(): ${line})\n*** STARTTLS attempted but failed\n`,
    );

  it.each([
    ["certificate has expired", "has expired"],
    ["error:0A000086:SSL routines::certificate verify failed", "authority that the client knows"],
    ["hostname mismatch", "another host name"],
    ["error:0A00010B:SSL routines::wrong version number", "did not answer with TLS"],
    ["error:00000000:lib(0)::reason(0)", "could not agree"],
  ])("says what %s means", (line, meaning) => {
    expect(swaks(line)).toContain(meaning);
  });
});

describe("hover on a login", () => {
  const encode = (content: string): string => Buffer.from(content, "latin1").toString("base64");
  const HIDDEN = "hunter2-secret";

  it.each([
    ["XOAUTH2", `user=a@example.org^Aauth=Bearer ${HIDDEN}^A^A`, "octet 01"],
    ["LOGIN", `\0a\0${HIDDEN}`, "no user name"],
    ["PLAIN", `a@example.org ${HIDDEN}`, "NUL"],
    ["PLAIN", `\0a@example.org\0${HIDDEN}\n`, "line end"],
    ["CRAM-MD5", `a ${HIDDEN}`, "32 hexadecimal digits"],
  ])("names the fault of %s data and shows no secret", (mechanism, content, fault) => {
    const hover = hoverAtMark(`${EHLO}C: AUTH ${mechanism} ‸${encode(content)}\nS: 535 5.7.8 no\n`) ?? "";
    expect(hover).toContain(fault);
    expect(hover).not.toContain(HIDDEN);
    expect(hover).not.toContain(encode(content));
  });

  it("decodes the status that follows a refused token", () => {
    const token = encode("user=a@example.org\x01auth=Bearer x\x01\x01");
    const hover = hoverAtMark(
      `${EHLO}C: AUTH XOAUTH2 ${token}\nS: 33‸4 ${encode('{"status":"401","schemes":"bearer"}')}\nC: \nS: 535 no\n`,
    );
    expect(hover).toContain("**Decoded:** `401`");
  });
});

describe("hover on what the client says", () => {
  it("shows what a command does and what came of it", () => {
    const hover = hoverAtMark(`${EHLO}C: VR‸FY bob\nS: 252 cannot say\n`) ?? "";
    expect(hover).toContain("`VRFY`");
    expect(hover).toContain("`252`");
  });

  it("holds SIZE= against the limit of the server", () => {
    const over = hoverAtMark(`${EHLO}C: MAIL FROM:<a@example.org> SI‸ZE=99999999\nS: 552 no\n`);
    expect(over).toContain("too large");
    const within = hoverAtMark(`${EHLO}C: MAIL FROM:<a@example.org> SI‸ZE=1000\nS: 250 ok\n`);
    expect(within).toContain("it fits");
  });

  it("decodes ORCPT", () => {
    const hover = hoverAtMark(
      `${EHLO}C: MAIL FROM:<>\nS: 250 ok\nC: RCPT TO:<b@x.example> OR‸CPT=rfc822;a+2Bb@x.example\n`,
    );
    expect(hover).toContain("`rfc822: a+b@x.example`");
  });

  it("explains addresses: null sender, literals, punycode", () => {
    expect(hoverAtMark(`${EHLO}C: MAIL FROM:<‸>\n`)).toContain("No return address");
    expect(hoverAtMark(`${EHLO}C: MAIL FROM:<a@[19‸2.0.2.1]>\n`)).toContain("IP address");
    expect(hoverAtMark(`${EHLO}C: MAIL FROM:<a@xn--mn‸chen-3ya.example>\n`)).toContain("münchen.example");
  });

  it("names mechanism, step and user of a login, and never the password", () => {
    // "\0alice\0secret" in base64.
    const hover = hoverAtMark(`${EHLO}C: AUTH PLAIN AGFs‸aWNlAHNlY3JldA==\nS: 235 ok\n`) ?? "";
    expect(hover).toContain("`AUTH PLAIN`");
    expect(hover).toContain("`alice`");
    expect(hover).not.toMatch(/secret\b(?! is)|AGFsaWNl/i);
    const login = `${EHLO}C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: YWxpY2U=\nS: 334 UGFzc3dvcmQ6\nC: c2Vj‸cmV0\nS: 235 ok\n`;
    expect(hoverAtMark(login)).not.toMatch(/secret\b(?! is)|c2VjcmV0/);
    expect(hoverAtMark(login)).toContain("password or token is present");
  });

  it("names what is wrong with a login that is malformed", () => {
    // "alice\n": a line end was encoded too.
    const stray = `${EHLO}C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: YWxp‸Y2UK\nS: 535 no\n`;
    expect(hoverAtMark(stray)).toContain("line end");
    expect(hoverAtMark(`${EHLO}C: AUTH PLAIN YWxp‸Y2U=\nS: 501 no\n`)).toContain("NUL");
    expect(hoverAtMark(`${EHLO}C: AUTH PLAIN no base‸64!\nS: 501 no\n`)).toContain("not base64");
  });
});

describe("hover on an EHLO keyword", () => {
  it("says what it offers and whether it was used", () => {
    const text = EHLO.replace("SIZE 10240000", "SI‸ZE 10240000");
    expect(hoverAtMark(text)).toContain("10,240,000 octets");
    expect(hoverAtMark(text)).toContain("Not used in this session.");
    expect(hoverAtMark(`${text}C: MAIL FROM:<a@example.org> SIZE=5\nS: 250 ok\n`)).toContain("Used at line 7.");
  });
});

describe("hover in other dialects", () => {
  it("works on swaks", () => {
    const text =
      "=== Trying mx:25...\n<-  220 mx ESMTP\n -> EHLO c\n<-  250 mx\n -> MAIL FROM:<a@b.example>\n<** 5‸50 5.7.1 Rejected\n -> QUIT\n<-  221 bye\n";
    expect(head(hoverAtMark(text, { dialect: "swaks" }))).toContain("Answer to `MAIL FROM:<a@b.example>` (line 5).");
  });

  it("works on unmarked text", () => {
    const text =
      "220 mx ESMTP\nEHLO c.example\n250 mx\nMAIL FROM:<a@b.example>\n250 ok\nRCPT TO:<c@d.example>\n55‸0 5.1.1 User unknown\nQUIT\n221 bye\n";
    expect(head(hoverAtMark(text))).toContain("Answer to `RCPT TO:<c@d.example>` (line 6).");
  });

  it("works on escaped lines of Python", () => {
    const text =
      "send: 'ehlo c.example\\r\\n'\nreply: b'250 mx\\r\\n'\nreply: retcode (250); Msg: b'mx'\nsend: 'mail FROM:<a@b.example>\\r\\n'\nreply: b'5‸50 5.7.1 no\\r\\n'\nreply: retcode (550); Msg: b'5.7.1 no'\n";
    expect(head(hoverAtMark(text))).toContain("`550 5.7.1`");
  });

  it("explains a single line of a mail log", () => {
    const text =
      "Nov 23 16:05:54 mail postfix/smtp[29549]: EA7EA248959: to=<full@node.example.com>, relay=mx[192.0.2.1]:25, delay=1, delays=0/0/0/1, dsn=4.2.2, status=deferred (host mx[192.0.2.1] said: 452 4.2.2 Mail‸box full (in reply to RCPT TO command))\n";
    const short = head(hoverAtMark(text));
    expect(short).toContain("`452 4.2.2`");
    expect(short).toContain("over its quota");
    expect(short).toContain("the recipient");
  });
});

describe("hostile text", () => {
  const hostile =
    "![x](http://evil.example/a.png) [run](command:workbench.action.terminal.new) <img src=x> `a` **b** https://evil.example www.evil.example";

  it("cannot become markup, links or images", () => {
    for (const text of [
      `${EHLO}C: MAIL FROM:<a@b.example>\nS: 55‸0 ${hostile}\n`,
      `${EHLO}C: ${hostile}‸\nS: 500 what\n`,
      `${EHLO}C: MAIL FROM:<${hostile.replace(/[ <>]/g, "")}‸@b.example>\nS: 550 no\n`,
      `${EHLO}C: MAIL FROM:<a@b.example>\nS: 55‸0 no\nC: ${hostile}\nS: 500 no\n`,
    ]) {
      const outside = (hoverAtMark(text) ?? "").replace(/(`+)[^`](?:.*?[^`])??\1(?!`)/g, "");
      expect(outside).not.toContain("evil");
      expect(outside).not.toContain("<img");
      expect(outside.replace(/\]\(command:smtpTranscripts\.compareReplyCode\?[%A-Z0-9]*\)/g, "")).not.toMatch(/\]\(/);
    }
  });
});

describe("recorded sessions", () => {
  const files = readdirSync("test/corpus", { recursive: true, encoding: "utf8" })
    .map((name) => join("test/corpus", name))
    .filter((path) => statSync(path).isFile() && !/\.(?:json|tsv)$/.test(path));

  it("have hovers that fit a laptop's screen, and never throw", () => {
    for (const path of files.filter((_path, k) => k % 5 === 0)) {
      const text = decodeText(readFileSync(path)).slice(0, 40_000);
      for (let offset = 0; offset < text.length; offset += Math.max(97, text.length >> 4)) {
        const lines = (hoverAtOffset(text, offset) ?? "").split("\n").filter((line) => line.trim() !== "");
        expect(lines.length, `${path} at ${offset}`).toBeLessThanOrEqual(25);
      }
    }
  }, 120_000);
});
