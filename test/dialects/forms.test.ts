import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inspectTranscript } from "../../server/src/features/inspect.js";
import { parseTranscript } from "../../server/src/transcript.js";

/** What a text is read as: dialect, and for each session TLS, AUTH, recipients and outcome, and who closed it. */
function read(lines: readonly string[] | string): { dialect: string; sessions: string[] } {
  const transcript = parseTranscript(typeof lines === "string" ? lines : `${lines.join("\n")}\n`);
  const sessions = inspectTranscript(transcript).sessions.map((session) =>
    [
      session.tls,
      ...session.auth.map(({ mechanism, outcome }) => `${mechanism} ${outcome}`),
      ...session.transactions.map(
        ({ reversePath, recipients, data, outcome }) =>
          `${reversePath} to ${recipients.map(({ forwardPath }) => forwardPath)}: ${outcome}${data?.shown ? ", shown" : ""}`,
      ),
      session.closedBy,
    ].join("; "),
  );
  return { dialect: transcript.detection.dialect.id, sessions };
}

const TYPED = [
  "220 mail.example.com ESMTP",
  "EHLO client.example.org",
  "250-mail.example.com",
  "250 SIZE 20480",
  "MAIL FROM:<alice@example.org>",
  "250 2.1.0 Ok",
  "RCPT TO:<bob@example.com>",
  "250 2.1.5 Ok",
  "DATA",
  "354 End data with <CR><LF>.<CR><LF>",
  "Subject: x",
  "",
  "250 looks like a reply",
  ".",
  "250 2.0.0 Ok: queued as 1",
  "QUIT",
  "221 2.0.0 Bye",
];
const SENT = "none; alice@example.org to bob@example.com: accepted, shown; quit";

describe("documented forms", () => {
  it("MailKit names the server, then marks both sides", () => {
    const marked = TYPED.map((line, index) =>
      index >= 10 && index <= 13 ? `C: ${line}` : /^\d{3}[ -]/.test(line) ? `S: ${line}` : `C: ${line}`,
    );
    expect(read(["Connected to smtp://mail.example.com:25/?starttls=when-available", ...marked])).toEqual({
      dialect: "mailkit",
      sessions: [SENT],
    });
    expect(read(["Connected to smtps://mail.example.com:465/", ...marked]).sessions[0]).toMatch(/^implicit/);
  });

  it("Commons Net without directions has an empty line behind each command and no message", () => {
    const lines = TYPED.filter((_, index) => index < 10 || index > 13).flatMap((line) =>
      /^\d{3}[ -]/.test(line) ? [`${line}\r`] : [line, "\r"],
    );
    expect(read(lines)).toEqual({
      dialect: "commons-net",
      sessions: ["none; alice@example.org to bob@example.com: accepted; quit"],
    });
  });

  it("nc -v and ncat -v tell of the connection", () => {
    expect(read(["Connection to mail.example.com (127.0.0.11) 25 port [tcp/smtp] succeeded!", ...TYPED])).toEqual({
      dialect: "nc",
      sessions: [SENT],
    });
    expect(read(["mail.example.com [127.0.0.11] 25 (smtp) open", ...TYPED]).dialect).toBe("nc");
    expect(
      read(["Ncat: Version 7.93 ( https://nmap.org/ncat )", "Ncat: Connected to 127.0.0.11:25.", ...TYPED]),
    ).toEqual({ dialect: "ncat", sessions: [SENT] });
  });

  it("a connection refused is no session", () => {
    for (const line of [
      "nc: connect to mail.example.com port 25 (tcp) failed: Connection refused",
      "Ncat: Connection refused.",
      "telnet: Unable to connect to remote host: Connection refused",
    ]) {
      expect(read([line]).sessions, line).toEqual([]);
    }
  });

  it("PHPMailer in PHP's error log has that log's stamp in front", () => {
    const at = "[23-Nov-2026 16:27:10 UTC] ";
    const lines = [
      "SERVER -> CLIENT: 220 x",
      "CLIENT -> SERVER: EHLO y",
      "SERVER -> CLIENT: 250 x",
      "CLIENT -> SERVER: QUIT",
      "SERVER -> CLIENT: 221 bye",
    ];
    expect(read(lines.map((line) => at + line))).toEqual({ dialect: "phpmailer-debug2", sessions: ["none; quit"] });
  });

  it("PHPMailer hides credentials below level 4", () => {
    const lines = [
      "SERVER -> CLIENT: 220 x",
      "CLIENT -> SERVER: EHLO y",
      "SERVER -> CLIENT: 250-x",
      "\t                  250 AUTH LOGIN",
      "CLIENT -> SERVER: AUTH LOGIN",
      "SERVER -> CLIENT: 334 VXNlcm5hbWU6",
      "CLIENT -> SERVER: [credentials hidden]",
      "SERVER -> CLIENT: 334 UGFzc3dvcmQ6",
      "CLIENT -> SERVER: [credentials hidden]",
      "SERVER -> CLIENT: 235 ok",
    ];
    const transcript = parseTranscript(
      lines
        .map((line) => (line.startsWith("\t") ? `${" ".repeat(19)}${line}` : `2026-11-23 15:55:44\t${line}`))
        .join("\n"),
    );
    expect(transcript.sessions[0]?.auth[0]?.outcome).toBe("success");
    expect(transcript.wire.filter(({ masked }) => masked)).toHaveLength(2);
  });

  it("Ruby tells of implicit TLS before it tells of the connection", () => {
    const lines = [
      "TLS connection started",
      "Connection opened: mail.example.com:465",
      '-> "220 x\\r\\n"',
      '<- "EHLO y\\r\\n"',
      '-> "250 x\\r\\n"',
    ];
    expect(read(lines)).toEqual({ dialect: "ruby-net-smtp", sessions: ["implicit; unknown"] });
  });

  it("mutt prints the dot of a stuffed line by itself", () => {
    const at = "[2026-11-23 15:59:56] ";
    const lines = [
      "4< 220 x",
      "4> HELO y",
      "4< 250 x",
      "4> MAIL FROM:<a@b.example>",
      "4< 250 ok",
      "4> RCPT TO:<c@d.example>",
      "4< 250 ok",
      "4> DATA",
      "4< 354 go",
      `4> .${at}4> .dot`,
      "4> .",
      "4< 250 ok",
    ];
    const transcript = parseTranscript(lines.map((line) => at + line).join("\n"));
    expect(transcript.sessions[0]?.transactions[0]?.data?.lines.map(({ text }) => text)).toEqual(["..dot"]);
  });

  it("openssl takes lines that begin with R or Q for itself, also inside a message", () => {
    const lines = [
      "CONNECTED(00000003)",
      "New, TLSv1.2, Cipher is ECDHE-RSA-AES256-GCM-SHA384",
      "Verify return code: 0 (ok)",
      "---",
      "250 HELP",
      ...TYPED.slice(1, 11),
      "Regards",
      "RENEGOTIATING",
      "depth=0 CN = x",
      "verify return:1",
      ".",
      ...TYPED.slice(14),
    ];
    const transcript = parseTranscript(lines.join("\n"));
    expect(transcript.detection.dialect.id).toBe("openssl-s_client");
    expect(transcript.sessions).toHaveLength(1);
    expect(transcript.sessions[0]?.transactions[0]?.data?.lines.map(({ text }) => text)).not.toContain("Regards");
  });

  it("a program run under script(1) is read as that program's output", () => {
    const swaks = readFileSync(new URL("../corpus/swaks/auth-login.smtp", import.meta.url), "utf8");
    const wrapped = `Script started on 2026-11-23 16:27:33+00:00 [TERM="xterm"]\n\u001b[?2004huser@client:~$ swaks -t bob\n${swaks}Script done on 2026-11-23 16:27:40+00:00\n`;
    const inside = read(wrapped);
    expect(inside.dialect).toBe("script-typescript");
    expect(inside.sessions).toEqual(read(swaks).sessions);
  });

  it("a telnet typed under script(1) ends with the connection", () => {
    const lines = [
      "Script started on 2026-11-23 16:27:33+00:00",
      "user@client:~$ telnet mail.example.com 25",
      "Trying 127.0.0.11...",
      "Connected to mail.example.com.",
      "Escape character is '^]'.",
      ...TYPED,
      "Connection closed by foreign host.",
      "user@client:~$ help",
      "user@client:~$ exit",
      "Script done on 2026-11-23 16:27:40+00:00",
    ];
    expect(read(lines)).toEqual({ dialect: "script-typescript", sessions: [SENT] });
  });

  it("JavaMail says how a hidden AUTH ended", () => {
    const lines = [
      'DEBUG SMTP: trying to connect to host "mail.example.com", port 465, isSSL true',
      "220 x ESMTP",
      'DEBUG SMTP: connected to host "mail.example.com", port: 465',
      "EHLO y",
      "250-x",
      "250 AUTH LOGIN",
      "DEBUG SMTP: AUTH LOGIN command trace suppressed",
      "DEBUG SMTP: AUTH LOGIN failed",
      "javax.mail.AuthenticationFailedException: 535 5.7.8 Error: authentication failed",
      "\tat com.sun.mail.smtp.SMTPTransport.auth(SMTPTransport.java:965)",
    ];
    expect(read(lines)).toEqual({ dialect: "javamail-debug", sessions: ["implicit; LOGIN failure; unknown"] });
  });

  it("Python's exceptions tell that the server is gone", () => {
    const lines = [
      "connect: to ('127.0.0.11', 25) None",
      "reply: b'220 x\\r\\n'",
      "send: 'ehlo y\\r\\n'",
      "smtplib.SMTPServerDisconnected: Connection unexpectedly closed",
    ];
    expect(read(lines)).toEqual({ dialect: "python-smtplib-debug1", sessions: ["none; server"] });
  });

  it("prose is no transcript", () => {
    expect(
      read([
        "Mail servers are hard to run.",
        "Help is on the way; data follows.",
        "Quit worrying, and call 250 people.",
      ]).sessions,
    ).toEqual([]);
  });
});
