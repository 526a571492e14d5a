/** A transcript in `C:`/`S:` form from its lines, with a line break behind the last one. */
export function transcriptOf(...lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}

/**
 * An example session for a rule's page: greeting, an EHLO whose reply lists the given extensions, then the given lines,
 * then QUIT.
 */
export function exampleSession(extensions: readonly string[], ...lines: readonly string[]): string {
  return transcriptOf(...opening(extensions), ...lines, "C: QUIT", "S: 221 2.0.0 Bye");
}

/** As `exampleSession`, up to the 354 that answers DATA, and with the message's acceptance behind the given lines. */
export function exampleMessage(extensions: readonly string[], ...lines: readonly string[]): string {
  return exampleSession(extensions, ...EXAMPLE_ENVELOPE, ...lines, "S: 250 2.0.0 Ok: queued as 4Xk2pQ1");
}

/** MAIL, RCPT and DATA, each accepted. */
export const EXAMPLE_ENVELOPE: readonly string[] = [
  "C: MAIL FROM:<alice@example.org>",
  "S: 250 2.1.0 Ok",
  "C: RCPT TO:<bob@example.com>",
  "S: 250 2.1.5 Ok",
  "C: DATA",
  "S: 354 End data with <CR><LF>.<CR><LF>",
];

/** A header section that has all it needs, and the empty line behind it. */
export const EXAMPLE_HEADER: readonly string[] = [
  "C: Date: Mon, 23 Nov 2026 16:20:00 +0000",
  "C: From: Alice <alice@example.org>",
  "C: To: Bob <bob@example.com>",
  "C: Message-ID: <20261123162000.1@example.org>",
  "C: Subject: Hello",
  "C: ",
];

/** Greeting, EHLO and its reply with the given extensions. */
export function opening(extensions: readonly string[]): string[] {
  const list = ["mx.example.com", ...extensions];
  const last = list.length - 1;
  return [
    "S: 220 mx.example.com ESMTP",
    "C: EHLO client.example.org",
    ...list.map((text, k) => `S: 250${k === last ? " " : "-"}${text}`),
  ];
}

/** A session as Python's smtplib prints it, with what was sent spelt out: octets of the message, and the replies to them. */
export function exampleEscaped(message: string, ...replies: readonly string[]): string {
  return transcriptOf(
    "send: 'ehlo client.example.org\\r\\n'",
    "reply: b'250 mx.example.com\\r\\n'",
    "reply: retcode (250); Msg: b'mx.example.com'",
    "send: 'mail FROM:<alice@example.org>\\r\\n'",
    "reply: b'250 2.1.0 Ok\\r\\n'",
    "reply: retcode (250); Msg: b'2.1.0 Ok'",
    "send: 'rcpt TO:<bob@example.com>\\r\\n'",
    "reply: b'250 2.1.5 Ok\\r\\n'",
    "reply: retcode (250); Msg: b'2.1.5 Ok'",
    "send: 'data\\r\\n'",
    "reply: b'354 End data with <CR><LF>.<CR><LF>\\r\\n'",
    "reply: retcode (354); Msg: b'End data with <CR><LF>.<CR><LF>'",
    "data: (354, b'End data with <CR><LF>.<CR><LF>')",
    `send: b'${message}'`,
    ...replies.map((reply) => `reply: b'${reply}\\r\\n'`),
    "send: 'quit\\r\\n'",
    "reply: b'221 2.0.0 Bye\\r\\n'",
    "reply: retcode (221); Msg: b'2.0.0 Bye'",
  );
}
