import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Delivery } from "../../server/src/dialects/types.js";
import { parseTranscript } from "../../server/src/transcript.js";
import { decodeText } from "../kit/corpus.js";

/** A delivery in one line: line (from 1), who, where, stage, what became of it, the reply. */
function told(delivery: Delivery): string {
  const { line, recipient, relay, stage, status, code, enhanced, text } = delivery;
  return [line + 1, recipient, relay, stage, status, code, enhanced, text].map((value) => value ?? "-").join(" | ");
}

function deliveriesOf(text: string): string[] {
  const transcript = parseTranscript(text);
  for (const delivery of transcript.deliveries) {
    expect(delivery.start).toBeLessThanOrEqual(delivery.end);
    expect(delivery.end).toBeLessThanOrEqual(text.length);
  }
  return transcript.deliveries.map(told);
}

function recorded(path: string): string {
  return decodeText(readFileSync(new URL(`../corpus/${path}`, import.meta.url)));
}

const UNKNOWN = "550 5.1.1 <b@example.com>: Recipient address rejected: User unknown";

describe("what a log line tells of a delivery", () => {
  it("reads the outcomes in a Postfix log", () => {
    expect(deliveriesOf(recorded("postfix-maillog/bounce-deliveries.log"))).toEqual([
      "5 | full@node.example.com | 127.0.0.17[127.0.0.17]:2525 | RCPT | deferred | 452 | 4.2.2 | 452 4.2.2 Over quota",
      "6 | nobody@node.example.com | 127.0.0.17[127.0.0.17]:2525 | RCPT | bounced | 550 | 5.1.1 | 550 5.1.1 No such user here",
      "7 | ok@node.example.com | 127.0.0.17[127.0.0.17]:2525 | end of data | sent | 250 | 2.0.0 | 250 2.0.0 Ok: queued as NODE354",
      "14 | alice@mail.example.com | local | - | sent | - | 2.0.0 | delivered to mailbox",
      "16 | pm@example.com | local | - | sent | - | 2.0.0 | delivered to mailbox",
    ]);
  });

  it("does not repeat what the dialogue in the same log shows", () => {
    expect(deliveriesOf(recorded("postfix-maillog-debug-peer/smtp-client-node.log"))).toEqual([
      "151 | pm@example.com | local | - | sent | - | 2.0.0 | delivered to mailbox",
      "154 | alice@example.org | 127.0.0.17[127.0.0.17]:2525 | end of data | sent | 250 | 2.0.0 | 250 2.0.0 Ok: queued as NODE2331",
    ]);
    expect(deliveriesOf(recorded("exim-v/multi-rcpt-mixed.smtp"))).toEqual([]);
  });

  it.each([
    [
      "Postfix, refused by the other side",
      `Nov 23 16:05:54 mail postfix/smtp[1]: EA7EA248959: to=<b@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1, delays=0/0/1/0, dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.1] said: ${UNKNOWN} (in reply to RCPT TO command))`,
      `1 | b@example.com | mx.example.com[192.0.2.1]:25 | RCPT | bounced | 550 | 5.1.1 | ${UNKNOWN}`,
    ],
    [
      "Postfix, no connection",
      "2026-11-23T16:05:54.123456+01:00 mail postfix/smtp[1]: 4XyZ1234abcdZ: to=<b@example.com>, relay=none, delay=30, delays=0.1/0/30/0, dsn=4.4.1, status=deferred (connect to mx.example.com[192.0.2.1]:25: Connection timed out)",
      "1 | b@example.com | - | - | deferred | - | 4.4.1 | connect to mx.example.com[192.0.2.1]:25: Connection timed out",
    ],
    [
      "Postfix, refused by us",
      "Nov 23 16:05:54 mail postfix/smtpd[1]: NOQUEUE: reject: RCPT from unknown[192.0.2.5]: 554 5.7.1 <b@example.com>: Relay access denied; from=<a@example.net> to=<b@example.com> proto=ESMTP helo=<foo>",
      "1 | b@example.com | - | RCPT | bounced | 554 | 5.7.1 | 554 5.7.1 <b@example.com>: Relay access denied",
    ],
    [
      "Postfix behind a container's head",
      "mail-1  | Nov 23 16:05:54 mail postfix/cleanup[1]: 4XyZ1234abcdZ: milter-reject: END-OF-MESSAGE from h.example[192.0.2.5]: 5.7.1 Spam; from=<a@example.net> to=<b@example.com> proto=ESMTP helo=<foo>",
      "1 | b@example.com | - | end of data | bounced | - | 5.7.1 | 5.7.1 Spam",
    ],
    [
      "Exim, taken",
      '2026-11-23 16:04:06 1xVWWR-0007Qr-0u => b@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.1] C="250 2.0.0 Ok: queued as 504C424843D"',
      "1 | b@example.com | mx.example.com [192.0.2.1] | end of data | sent | 250 | 2.0.0 | 250 2.0.0 Ok: queued as 504C424843D",
    ],
    [
      "Exim, refused",
      `2026-11-23 16:04:06 1xVWWR-0007Qr-0u ** b@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.1]: SMTP error from remote mail server after RCPT TO:<b@example.com>: ${UNKNOWN}`,
      `1 | b@example.com | mx.example.com [192.0.2.1] | RCPT | bounced | 550 | 5.1.1 | ${UNKNOWN}`,
    ],
    [
      "Exim, to be tried again",
      "2026-11-23 16:04:06 1xVWWR-0007Qr-0u == b@example.com R=dnslookup T=remote_smtp defer (111): Connection refused",
      "1 | b@example.com | - | - | deferred | - | - | Connection refused",
    ],
    [
      "Exim, refused by us",
      "2026-11-23 16:04:06 H=(client.example.net) [192.0.2.45] F=<a@example.net> rejected RCPT <b@example.com>: relay not permitted",
      "1 | b@example.com | - | RCPT | bounced | - | - | relay not permitted",
    ],
    [
      "Exim, refused before any recipient",
      "2026-11-23 16:04:06 1xVWWR-0007Qr-0u H=mx.example.com [192.0.2.1]: SMTP error from remote mail server after initial connection: 421 4.3.2 Try later",
      "1 | - | mx.example.com [192.0.2.1] | greeting | deferred | 421 | 4.3.2 | 421 4.3.2 Try later",
    ],
    [
      "OpenSMTPD, refused",
      'Nov 23 16:12:12 mx smtpd[2]: 58695d63d3a29051 mta delivery evpid=b36c50d4393839f1 from=<a@example.net> to=<b@example.com> rcpt=<-> source="192.0.2.3" relay="192.0.2.1 (mx.example.com)" delay=1s result="PermFail" stat="550 5.1.1 No such user"',
      "1 | b@example.com | 192.0.2.1 (mx.example.com) | - | bounced | 550 | 5.1.1 | 550 5.1.1 No such user",
    ],
    [
      "sendmail, taken",
      "Nov 23 16:12:12 mx sendmail[2]: 6ANGCCZE002772: to=b@example.com, delay=00:00:01, xdelay=00:00:01, mailer=esmtp, pri=30500, relay=mx.example.com. [192.0.2.1], dsn=2.0.0, stat=Sent (Ok: queued as 7731E24844A)",
      "1 | b@example.com | mx.example.com. [192.0.2.1] | end of data | sent | - | 2.0.0 | Ok: queued as 7731E24844A",
    ],
    [
      "sendmail, refused",
      "Nov 23 16:12:12 mx sm-mta[2]: 6ANGCCZE002772: to=<b@example.com>, ctladdr=<a@example.net> (1000/1000), delay=00:00:01, mailer=esmtp, pri=30500, relay=mx.example.com. [192.0.2.1], dsn=5.1.1, stat=User unknown",
      "1 | b@example.com | mx.example.com. [192.0.2.1] | - | bounced | - | 5.1.1 | User unknown",
    ],
    [
      "sendmail, refused by us",
      "Nov 23 16:12:12 mx sm-mta[2]: ruleset=check_rcpt, arg1=<b@example.com>, relay=[192.0.2.5], reject=550 5.7.1 <b@example.com>... Relaying denied",
      "1 | b@example.com | - | RCPT | bounced | 550 | 5.7.1 | 550 5.7.1 <b@example.com>... Relaying denied",
    ],
  ])("reads a line of %s", (_name, line, expected) => {
    expect(deliveriesOf(line)).toEqual([expected]);
  });
});

describe("what a single pasted reply tells", () => {
  it.each([
    ["a refusal", UNKNOWN, `1 | b@example.com | - | - | bounced | 550 | 5.1.1 | ${UNKNOWN}`],
    ["a deferral", "421 4.7.0 Try again later", "1 | - | - | - | deferred | 421 | 4.7.0 | 421 4.7.0 Try again later"],
    [
      "a reply of two lines",
      "550-5.7.26 Unauthenticated mail is blocked.\n550 5.7.26 See https://example.com/",
      "1 | - | - | - | bounced | 550 | 5.7.26 | 550-5.7.26 Unauthenticated mail is blocked. See https://example.com/",
    ],
    [
      "a reply inside a sentence",
      'It bounces with "550 5.7.1 Relaying denied" since today.',
      "1 | - | - | - | bounced | 550 | 5.7.1 | 550 5.7.1 Relaying denied",
    ],
    [
      "Postfix's words alone",
      `host mx.example.com[192.0.2.1] said: ${UNKNOWN} (in reply to RCPT TO command)`,
      `1 | b@example.com | mx.example.com[192.0.2.1] | RCPT | bounced | 550 | 5.1.1 | ${UNKNOWN}`,
    ],
    [
      "the reason in a Microsoft 365 message trace",
      "Reason: [{LED=450 4.4.316 Connection refused};{MSG=};{FQDN=mx.example.com};{IP=192.0.2.1}]",
      "1 | - | - | - | deferred | 450 | 4.4.316 | 450 4.4.316 Connection refused",
    ],
    [
      "the diagnosis in a notification of Amazon SES",
      '{"bouncedRecipients":[{"emailAddress":"b@example.com","diagnosticCode":"smtp; 550 5.1.1 user unknown"}]}',
      "1 | b@example.com | - | - | bounced | 550 | 5.1.1 | 550 5.1.1 user unknown",
    ],
    [
      "an exception of smtplib",
      "smtplib.SMTPRecipientsRefused: {'b@example.com': (550, b'5.1.1 no such user')}",
      "1 | b@example.com | - | RCPT | bounced | 550 | 5.1.1 | 550 5.1.1 no such user",
    ],
  ])("reads %s", (_name, text, expected) => {
    expect(deliveriesOf(text)).toEqual([expected]);
    expect(parseTranscript(text).detection.dialect.id).toBe("delivery-line");
  });

  it("finds nothing in text that only has numbers", () => {
    expect(deliveriesOf("250 people came to the party.\nIt was 500 meters long; see page 421 of the book.")).toEqual(
      [],
    );
  });
});

describe("what a bounce tells", () => {
  it("reads a Postfix bounce once for each recipient, wrapped lines put together", () => {
    expect(deliveriesOf(recorded("postfix-dsn/bounce-multi.eml"))).toEqual([
      '36 | nouser2@mail.example.com | - | - | bounced | - | - | unknown user: "nouser2"',
      "38 | multi@exim.example.com | 127.0.0.12[127.0.0.12] | RCPT | bounced | 550 | - | 550-This address 550-no longer accepts mail. 550 Please use carol@example.com instead.",
      "42 | nobody@node.example.com | 127.0.0.17[127.0.0.17] | RCPT | bounced | 550 | 5.1.1 | 550 5.1.1 No such user here",
    ]);
  });

  it("reads Exchange's words", () => {
    expect(
      deliveriesOf(
        "b@example.com\nRemote Server at mx.example.com (192.0.2.1) returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient\nnot found by SMTP address lookup'",
      ),
    ).toEqual([
      "2 | b@example.com | mx.example.com[192.0.2.1] | - | bounced | 550 | 5.1.10 | 550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
    ]);
    expect(deliveriesOf("b@example.com\nmx.example.com #550 5.1.1 User unknown ##")).toEqual([
      "2 | b@example.com | - | - | bounced | 550 | 5.1.1 | 550 5.1.1 User unknown",
    ]);
  });

  it("reads qmail's words", () => {
    expect(
      deliveriesOf(
        `Hi. This is the qmail-send program at example.org.\n\n<b@example.com>:\n192.0.2.1 does not like recipient.\nRemote host said: ${UNKNOWN}\nGiving up on 192.0.2.1.\n\n<c@example.com>:\nSorry, no mailbox here by that name. (#5.1.1)\n`,
      ),
    ).toEqual([
      `5 | b@example.com | 192.0.2.1 | RCPT | bounced | 550 | 5.1.1 | ${UNKNOWN}`,
      "9 | c@example.com | - | - | bounced | - | 5.1.1 | Sorry, no mailbox here by that name. (#5.1.1)",
    ]);
  });

  it("reads Exim's and Gmail's words", () => {
    expect(
      deliveriesOf(
        `This message was created automatically by mail delivery software.\n\n  b@example.com\n    host mx.example.com [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<b@example.com>:\n    ${UNKNOWN}\n`,
      ),
    ).toEqual([`6 | b@example.com | mx.example.com [192.0.2.1] | RCPT | bounced | 550 | 5.1.1 | ${UNKNOWN}`]);
    expect(
      deliveriesOf(
        `Your message wasn't delivered to b@example.com because the address couldn't be found.\n\nThe response from the remote server was:\n${UNKNOWN}\n`,
      ),
    ).toEqual([`4 | b@example.com | - | - | bounced | 550 | 5.1.1 | ${UNKNOWN}`]);
  });
});
