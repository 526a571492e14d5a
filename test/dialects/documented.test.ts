import { describe, expect, it } from "vitest";
import { inspectTranscript } from "../../server/src/features/inspect.js";
import { parseTranscript } from "../../server/src/transcript.js";

/** One line a session: what a reader of the log would say of it. */
function summary(text: string): { dialect: string; sessions: string[]; wire: string[] } {
  const transcript = parseTranscript(text);
  const sessions = inspectTranscript(transcript).sessions.map((session) => {
    const transactions = session.transactions.map(
      ({ reversePath, recipients, outcome, code }) =>
        `<${reversePath}> to ${recipients.map((to) => `<${to.forwardPath}> ${to.outcome} ${to.code}`).join(", ")}: ${outcome} ${code}`,
    );
    return [session.protocol, session.tls, session.closedBy, ...transactions].join(" | ");
  });
  const wire = transcript.wire
    .filter((line) => line.speaker !== "tool")
    .map((line) => `${line.speaker === "client" ? "C" : "S"}: ${line.text}`);
  return { dialect: transcript.detection.dialect.id, sessions, wire };
}

describe("logs that are read by their documentation", () => {
  it("reads an Exchange receive connector's log, the keywords of EHLO told apart", () => {
    const head = String.raw`EX01\Default Frontend EX01,08D675E58CA1DA38`;
    const ends = "10.0.0.6:25,192.0.2.9:61061";
    const text = [
      "#Software: Microsoft Exchange Server",
      "#Version: 15.0.0.0",
      "#Log-type: SMTP Receive Protocol Log",
      "#Date: 2026-01-25T00:03:58.478Z",
      "#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context",
      `2026-01-25T00:03:58.478Z,${head},0,${ends},+,,`,
      `2026-01-25T00:03:58.494Z,${head},1,${ends},*,SMTPSubmit SMTPAcceptAnySender,Set Session Permissions`,
      `2026-01-25T00:03:58.494Z,${head},2,${ends},>,"220 ex01.example.com Microsoft ESMTP MAIL Service ready at Wed, 25 Jan 2026 00:03:58 +0000",`,
      `2026-01-25T00:03:58.594Z,${head},3,${ends},<,EHLO client.example.net,`,
      `2026-01-25T00:03:58.595Z,${head},4,${ends},>,250  ex01.example.com Hello [192.0.2.9] SIZE 37748736 PIPELINING DSN ENHANCEDSTATUSCODES STARTTLS AUTH NTLM 8BITMIME CHUNKING,`,
      `2026-01-25T00:03:58.694Z,${head},5,${ends},<,MAIL FROM:<a@example.net>,`,
      `2026-01-25T00:03:58.695Z,${head},6,${ends},>,250 2.1.0 Sender OK,`,
      `2026-01-25T00:03:58.794Z,${head},7,${ends},<,RCPT TO:<b@example.org>,`,
      `2026-01-25T00:03:58.795Z,${head},8,${ends},>,550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain,`,
      `2026-01-25T00:03:58.894Z,${head},9,${ends},<,QUIT,`,
      `2026-01-25T00:03:58.895Z,${head},10,${ends},>,221 2.0.0 Service closing transmission channel,`,
      `2026-01-25T00:03:58.896Z,${head},11,${ends},-,,Local`,
    ].join("\r\n");
    const read = summary(text);
    expect(read.dialect).toBe("exchange-protocol-log");
    expect(read.sessions).toEqual([
      "ESMTP | offered | quit | <a@example.net> to <b@example.org> rejected 550: rejected 550",
    ]);
    expect(read.wire).toContain("S: 250-ex01.example.com Hello [192.0.2.9]");
    expect(read.wire).toContain("S: 250-AUTH NTLM");
    expect(read.wire).toContain("S: 250 CHUNKING");
  });

  it("takes the sides of an Exchange send connector's log the other way round", () => {
    const head = "Internet,08D675E58CA1DA39";
    const ends = "10.0.0.6:41000,192.0.2.25:25";
    const text = [
      `2026-01-25T00:03:58.478Z,${head},0,,192.0.2.25:25,*,,attempting to connect`,
      `2026-01-25T00:03:58.479Z,${head},1,${ends},+,,`,
      `2026-01-25T00:03:58.494Z,${head},2,${ends},<,"220 mx.example.org ESMTP, welcome",`,
      `2026-01-25T00:03:58.594Z,${head},3,${ends},>,HELO ex01.example.com,`,
      `2026-01-25T00:03:58.595Z,${head},4,${ends},<,250 mx.example.org,`,
      `2026-01-25T00:03:58.894Z,${head},5,${ends},>,QUIT,`,
      `2026-01-25T00:03:58.895Z,${head},6,${ends},<,221 Bye,`,
    ].join("\n");
    const read = summary(text);
    expect(read.sessions).toEqual(["SMTP | none | quit"]);
    expect(read.wire[0]).toBe("S: 220 mx.example.org ESMTP, welcome");
  });

  it("reads the columns of hMailServer, one reply's lines behind [nl]", () => {
    const line = (message: string): string =>
      `"SMTPD"\t4512\t154\t"2026-02-12 02:35:45.204"\t"192.0.2.78"\t"${message}"`;
    const read = summary(
      [
        `"TCPIP"\t4532\t"2026-02-12 02:35:40.970"\t"TCP - 192.0.2.78 connected to 192.0.2.39:25."`,
        line("SENT: 220 mail.example.com ESMTP"),
        line("RECEIVED: EHLO client.example.net"),
        line("SENT: 250-mail.example.com[nl]250-SIZE 20480000[nl]250-AUTH LOGIN PLAIN[nl]250 HELP"),
        line("RECEIVED: MAIL FROM:<a@example.net>"),
        line("SENT: 250 OK"),
        line("RECEIVED: RCPT TO:<b@example.com>"),
        line("SENT: 550 Unknown user"),
        line("RECEIVED: QUIT"),
        line("SENT: 221 goodbye"),
      ].join("\r\n"),
    );
    expect(read.dialect).toBe("hmailserver-log");
    expect(read.sessions).toEqual([
      "ESMTP | none | quit | <a@example.net> to <b@example.com> rejected 550: rejected 550",
    ]);
  });

  it("reads the literals of a Stalwart trace", () => {
    const line = (direction: string, contents: string): string =>
      `2026-08-20T12:03:45Z TRACE Raw SMTP ${direction === "input" ? "input received" : "output sent"} (smtp.raw-${direction}) listenerId = "smtp", remoteIp = 192.0.2.33, remotePort = 59000, size = 11, contents = "${contents}"`;
    const read = summary(
      [
        line("output", "220 mail.example.com Stalwart ESMTP at your service\\r\\n"),
        line("input", "EHLO client.example.net\\r\\n"),
        line("output", "250-mail.example.com you had me at EHLO\\r\\n250-STARTTLS\\r\\n250 SIZE 104857600\\r\\n"),
        line("input", "QUIT\\r\\n"),
        line("output", "221 2.0.0 Bye.\\r\\n"),
      ].join("\n"),
    );
    expect(read.dialect).toBe("stalwart-log");
    expect(read.sessions).toEqual(["ESMTP | offered | quit"]);
  });

  it("reads a KumoMTA trace by connection", () => {
    const key = "[192.0.2.1:51000->192.0.2.2:25]";
    const read = summary(
      [
        `${key}       === Connected 2026-08-20 12:03:45 UTC`,
        `${key}   2ms <-  220 mx.example.com KumoMTA`,
        `${key}  10ms  -> EHLO client.example.net`,
        `${key}  11ms <-  250-mx.example.com Aloha client.example.net`,
        `${key}  11ms <-  250-PIPELINING`,
        `${key}  11ms <-  250 STARTTLS`,
        `${key}  20ms  -> QUIT`,
        `${key}  21ms <-  221 So long, and thanks for all the fish!`,
        `${key}  22ms === Closed`,
      ].join("\n"),
    );
    expect(read.dialect).toBe("kumomta-trace");
    expect(read.sessions).toEqual(["ESMTP | offered | quit"]);
  });

  it("reads the W3C log of the IIS SMTP service by its own list of fields", () => {
    const read = summary(
      [
        "#Software: Microsoft Internet Information Services 10.0",
        "#Fields: date time c-ip cs-username s-sitename s-computername s-ip s-port cs-method cs-uri-stem cs-uri-query sc-status sc-win32-status",
        "2026-01-25 00:03:58 192.0.2.9 client.example.net SMTPSVC1 SRV 192.0.2.2 0 EHLO - +client.example.net 250 0",
        "2026-01-25 00:03:58 192.0.2.9 client.example.net SMTPSVC1 SRV 192.0.2.2 0 MAIL - +FROM:<a@example.net> 250 0",
        "2026-01-25 00:03:58 192.0.2.9 client.example.net SMTPSVC1 SRV 192.0.2.2 0 RCPT - +TO:<b@example.org> 550 0",
        "2026-01-25 00:03:58 192.0.2.9 client.example.net SMTPSVC1 SRV 192.0.2.2 0 QUIT - client.example.net 240 0",
      ].join("\n"),
    );
    expect(read.dialect).toBe("iis-smtp-log");
    expect(read.sessions).toEqual([
      "ESMTP | none | quit | <a@example.net> to <b@example.org> rejected 550: rejected 550",
    ]);
  });
});
