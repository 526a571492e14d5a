import { documentOf } from "./features.js";
import { reprint, saidLines } from "./reprint.js";

/** A message with an alternative, an attachment that is a message, and a picture. */
export const MAIL = [
  "Received: from a.example (a.example [192.0.2.1]) by mx.b.example with ESMTPS id 4F2A17C",
  " for <bob@b.example>; Mon, 23 Nov 2026 16:00:05 +0000",
  "Received: by a.example with LMTP; Mon, 23 Nov 2026 16:00:00 +0000",
  "Authentication-Results: mx.b.example; spf=pass smtp.mailfrom=a.example; dkim=fail header.d=a.example",
  "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/simple; d=a.example; s=k1;",
  " h=from:to:subject; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=eHg=",
  "From: =?utf-8?Q?J=C3=B6rg?= <joerg@a.example>",
  'To: "Bob B." <bob@b.example>',
  "Subject: Hello",
  "Date: Mon, 23 Nov 2026 17:00:00 +0100",
  "Message-ID: <1@a.example>",
  "MIME-Version: 1.0",
  'Content-Type: multipart/mixed; boundary="b1"',
  "",
  "This is a message in MIME format.",
  "--b1",
  "Content-Type: text/html; charset=utf-8",
  "Content-Transfer-Encoding: quoted-printable",
  "",
  "<p>Gr=C3=BC=C3=9Fe</p>",
  "--b1",
  "Content-Type: message/rfc822",
  "",
  "From: eve@c.example",
  "Subject: Inside",
  "",
  "> quoted",
  "..",
  "--b1",
  'Content-Type: image/png; name="dot.png"',
  "Content-Transfer-Encoding: base64",
  "",
  "iVBORw0KGgo=",
  "--b1--",
] as const;

/** How tools print a session with a message. Each gives its whole print for the lines of a message (dots not yet stuffed). */
const PRINTS = {
  "client-server": (lines: readonly string[]) => session(lines),
  swaks: (lines: readonly string[]) => reprint(saidLines(session(lines)) ?? [], "swaks").text,
  "phpmailer-debug2": (lines: readonly string[]) => reprint(saidLines(session(lines)) ?? [], "phpmailer").text,
  "curl-trace-ascii": (lines: readonly string[]) => {
    const head = (direction: string, text: string) =>
      `${direction}, ${text.length + 2} bytes (0x${(text.length + 2).toString(16)})\n0000: ${text}\n`;
    const exchange = (command: string, reply: string) =>
      head("=> Send header", command) + head("<= Recv header", reply);
    let offset = 0;
    const rows = [...stuffed(lines), "."].map((line) => {
      const row = `${offset.toString(16).padStart(4, "0")}: ${line}`;
      offset += line.length + 2;
      return row;
    });
    const opening = `== Info: Trying 192.0.2.25:25...\n== Info: Connected to mx.b.example (192.0.2.25) port 25\n${head("<= Recv header", "220 mx.b.example ESMTP")}`;
    return `${opening}${exchange("EHLO a.example", "250 mx.b.example")}${exchange("MAIL FROM:<joerg@a.example>", "250 2.1.0 Ok")}${exchange("RCPT TO:<bob@b.example>", "250 2.1.5 Ok")}${exchange("DATA", "354 End data with <CR><LF>.<CR><LF>")}=> Send data, ${offset} bytes (0x${offset.toString(16)})\n${rows.join("\n")}\n${head("<= Recv header", "250 2.0.0 Ok: queued as 4F2A17C")}${exchange("QUIT", "221 2.0.0 Bye")}== Info: Closing connection 0\n`;
  },
  "python-smtplib-debug1": (lines: readonly string[]) => {
    const body = [...stuffed(lines), ".", ""].join("\\r\\n");
    const reply = (text: string) =>
      `reply: b'${text}\\r\\n'\nreply: retcode (${text.slice(0, 3)}); Msg: b'${text.slice(4)}'\n`;
    return `connect: to ('mx.b.example', 25) None\n${reply("220 mx.b.example ESMTP")}connect: b'mx.b.example ESMTP'\nsend: 'ehlo a.example\\r\\n'\n${reply("250 mx.b.example")}send: 'mail FROM:<joerg@a.example>\\r\\n'\n${reply("250 2.1.0 Ok")}send: 'rcpt TO:<bob@b.example>\\r\\n'\n${reply("250 2.1.5 Ok")}send: 'data\\r\\n'\n${reply("354 End data with <CR><LF>.<CR><LF>")}data: (354, b'End data with <CR><LF>.<CR><LF>')\nsend: b'${body}'\n${reply("250 2.0.0 Ok: queued as 4F2A17C")}data: (250, b'2.0.0 Ok: queued as 4F2A17C')\nsend: 'quit\\r\\n'\n${reply("221 2.0.0 Bye")}`;
  },
} as const;

export type Print = keyof typeof PRINTS;
export const PRINTERS = Object.keys(PRINTS) as Print[];

/** A session with a message as one of the tools prints it. */
export function printedMail(print: Print, lines: readonly string[] = MAIL) {
  return documentOf(PRINTS[print](lines));
}

function stuffed(lines: readonly string[]): string[] {
  return lines.map((line) => (line.startsWith(".") ? `.${line}` : line));
}

function session(lines: readonly string[]): string {
  const before = [
    "S: 220 mx.b.example ESMTP",
    "C: EHLO a.example",
    "S: 250 mx.b.example",
    "C: MAIL FROM:<joerg@a.example>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@b.example>",
    "S: 250 2.1.5 Ok",
    "C: DATA",
    "S: 354 End data with <CR><LF>.<CR><LF>",
  ];
  const after = ["C: .", "S: 250 2.0.0 Ok: queued as 4F2A17C", "C: QUIT", "S: 221 2.0.0 Bye", ""];
  return [...before, ...stuffed(lines).map((line) => `C: ${line}`), ...after].join("\n");
}
