import { describe, expect, it } from "vitest";
import { inspectTranscript } from "../../server/src/features/inspect.js";
import { parseTranscript } from "../../server/src/transcript.js";
import { describeFindings, findingsIn, isSevere } from "../kit/findings.js";

/** A text as people paste it, line by line. */
const paste = (...lines: readonly string[]): string => `${lines.join("\n")}\n`;

/** What the tool says of a connection that never came about, by line from 1. */
function failures(text: string): string[] {
  return parseTranscript(text).wire.flatMap(({ note, line }) =>
    note?.kind === "connect-failed" || note?.kind === "tls-failed" ? [`${line + 1} ${note.kind}`] : [],
  );
}

const deliveries = (text: string) => inspectTranscript(parseTranscript(text)).deliveries;
const severe = (text: string): string[] => describeFindings(text, findingsIn(text).filter(isSevere));

describe("a run that never reached the server tells so", () => {
  it.each([
    [
      "swaks, refused",
      paste(
        "=== Trying mail.example.com:587...",
        "*** Error connecting to mail.example.com:587:",
        "*** \tIO::Socket::INET6: connect: Connection refused",
      ),
      ["2 connect-failed", "3 connect-failed"],
    ],
    [
      "telnet behind a prompt, timed out",
      paste(
        "$ telnet mail.example.com 25",
        "Trying 192.0.2.10...",
        "telnet: Unable to connect to remote host: Connection timed out",
      ),
      ["3 connect-failed"],
    ],
    [
      "openssl to a port that speaks in clear first",
      paste(
        "CONNECTED(00000003)",
        "140735123456789:error:1408F10B:SSL routines:ssl3_get_record:wrong version number:../ssl/record/ssl3_record.c:332:",
        "---",
        "no peer certificate available",
      ),
      ["2 tls-failed"],
    ],
    [
      "Node.js, nobody listens",
      paste(
        "Error: connect ECONNREFUSED 127.0.0.1:587",
        "    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1595:16) {",
        "  errno: -111,",
        "  code: 'ESOCKET'",
        "}",
      ),
      ["1 connect-failed"],
    ],
    [
      "Python, a name that does not exist",
      paste(
        "Traceback (most recent call last):",
        '  File "send.py", line 5, in <module>',
        "socket.gaierror: [Errno -2] Name or service not known",
      ),
      ["3 connect-failed"],
    ],
    [
      "msmtp, a certificate nobody vouches for",
      paste("msmtp: TLS certificate verification failed: the certificate hasn't got a known issuer"),
      ["1 tls-failed"],
    ],
  ])("%s", (_name, text, expected) => {
    const transcript = parseTranscript(text);
    expect(transcript.sessions).toEqual([]);
    expect(failures(text)).toEqual(expected);
    expect(severe(text)).toEqual([]);
  });
});

describe("a program's error holds the reply, once", () => {
  it("nodemailer", () => {
    const text = paste(
      "Error: Invalid login: 535-5.7.8 Username and Password not accepted. For more information, go to",
      "535 5.7.8  https://support.example.com/mail/?p=BadCredentials x1 - sm",
      "    at SMTPConnection._formatError (/app/node_modules/nodemailer/lib/smtp-connection/index.js:790:19) {",
      "  code: 'EAUTH',",
      "  response: '535-5.7.8 Username and Password not accepted. For more information, go to\\n' +",
      "    '535 5.7.8  https://support.example.com/mail/?p=BadCredentials x1 - sm',",
      "  responseCode: 535,",
      "  command: 'AUTH PLAIN'",
      "}",
    );
    const [only, ...more] = deliveries(text);
    expect(more).toEqual([]);
    expect(only).toMatchObject({ line: 1, code: 535, enhanced: "5.7.8", recipient: null });
    expect(only?.text).toContain("go to https://support.example.com");
  });

  it("a Python traceback with its frames", () => {
    const text = paste(
      "Traceback (most recent call last):",
      '  File "/home/alice/send.py", line 12, in <module>',
      "    server.sendmail(sender, [to], msg.as_string())",
      '  File "/usr/lib/python3.11/smtplib.py", line 908, in sendmail',
      "    raise SMTPRecipientsRefused(senderrs)",
      "smtplib.SMTPRecipientsRefused: {'bob@example.com': (550, b'5.1.1 <bob@example.com>: User unknown')}",
    );
    expect(deliveries(text)).toMatchObject([{ line: 6, recipient: "bob@example.com", stage: "RCPT", code: 550 }]);
  });

  it("a reply of several lines reads as one text", () => {
    const text = paste("550-5.7.26 The sender is unauthenticated.", "550-5.7.26", "550 5.7.26  See the help page.");
    expect(deliveries(text).map((delivery) => delivery.text)).toEqual([
      "550-5.7.26 The sender is unauthenticated. See the help page.",
    ]);
  });
});

describe("two refusals, one below the other, are two outcomes", () => {
  it("and no session of somebody who never spoke", () => {
    const text = paste(
      "450 4.7.1 Client host rejected: cannot find your reverse hostname",
      "554 5.7.1 Relay access denied",
    );
    expect(parseTranscript(text).sessions).toEqual([]);
    expect(deliveries(text).map(({ code, status }) => `${code} ${status}`)).toEqual(["450 deferred", "554 bounced"]);
  });
});

describe("what a paste changed is read through", () => {
  it("PHPMailer's continuation lines whose tab became blanks", () => {
    const text = paste(
      "2024-03-01 10:00:01 SERVER -> CLIENT: 220 smtp.example.com ESMTP",
      "2024-03-01 10:00:01 CLIENT -> SERVER: EHLO www.example.org",
      "2024-03-01 10:00:01 SERVER -> CLIENT: 250-smtp.example.com",
      "                                      250-SIZE 20480000",
      "                                      250 8BITMIME",
      "2024-03-01 10:00:01 CLIENT -> SERVER: QUIT",
      "2024-03-01 10:00:01 SERVER -> CLIENT: 221 2.0.0 Bye",
    );
    const [session] = inspectTranscript(parseTranscript(text)).sessions;
    expect(session?.extensions.map(({ keyword }) => keyword)).toEqual(["SIZE", "8BITMIME"]);
    expect(severe(text)).toEqual([]);
  });

  it("PHPMailer's answers that never came", () => {
    const text = paste(
      "2024-03-01 10:00:00 SERVER -> CLIENT: 220 smtp.example.com ESMTP",
      "2024-03-01 10:00:00 CLIENT -> SERVER: EHLO www.example.org",
      "2024-03-01 10:00:00 SERVER -> CLIENT: 250 smtp.example.com",
      "2024-03-01 10:00:01 CLIENT -> SERVER: QUIT",
      "2024-03-01 10:00:01 SERVER -> CLIENT: ",
      "2024-03-01 10:00:01 SMTP ERROR: QUIT command failed: ",
    );
    expect(severe(text)).toEqual([]);
  });

  it("the command line that says that all of it is encrypted", () => {
    const session = ["220 smtp.example.com ESMTP", "EHLO client.example.org", "250 AUTH PLAIN", "AUTH PLAIN ****"];
    const tls = (first: string) => inspectTranscript(parseTranscript(paste(first, ...session))).sessions[0]?.tls;
    expect(tls("$ ncat --ssl smtp.example.com 465")).toBe("implicit");
    expect(tls("$ openssl s_client -quiet -connect smtp.example.com:465")).toBe("implicit");
    expect(tls("$ ncat smtp.example.com 25")).toBe("none");
    expect(findingsIn(paste("$ ncat --ssl smtp.example.com 465", ...session), ["auth-plaintext"])).toEqual([]);
  });

  it("JavaMail's exceptions, which repeat a reply of several lines", () => {
    const text = paste(
      'DEBUG SMTP: trying to connect to host "smtp.example.com", port 587, isSSL false',
      "220 smtp.example.com ESMTP",
      "EHLO client.example.org",
      "250 smtp.example.com",
      "MAIL FROM:<alice@example.org>",
      "550-5.7.1 Not today.",
      "550 5.7.1 See the help page.",
      "DEBUG SMTP: got response code 550, with response: 550-5.7.1 Not today.",
      "550 5.7.1 See the help page.",
      "",
      "com.sun.mail.smtp.SMTPSendFailedException: 550-5.7.1 Not today.",
      "550 5.7.1 See the help page.",
    );
    expect(inspectTranscript(parseTranscript(text)).sessions[0]?.replies).toBe(3);
    expect(severe(text)).toEqual([]);
  });

  it("what is typed at telnet's own prompt is no text of the message", () => {
    const text = paste(
      "Trying 192.0.2.25...",
      "Connected to mx.example.com.",
      "Escape character is '^]'.",
      "220 mx.example.com ESMTP",
      "EHLO client.example.org",
      "250 mx.example.com",
      "MAIL FROM:<alice@example.org>",
      "250 2.1.0 Ok",
      "RCPT TO:<bob@example.com>",
      "250 2.1.5 Ok",
      "DATA",
      "354 Go ahead",
      "hello bob",
      "quit",
      "^]",
      "telnet> quit",
      "Connection closed.",
    );
    expect(findingsIn(text, ["data-missing-terminator"]).map(({ span }) => text.slice(span.start, span.end))).toEqual([
      "quit",
    ]);
  });
});
