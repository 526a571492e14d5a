import { describe, expect, it } from "vitest";
import { explainCode } from "../../server/src/reference/index.js";

/** A reply as a real server sent it, with what a person who knows mail says of it. */
interface Real {
  readonly reply: string;
  readonly after: string;
  readonly host?: string;
  readonly cause: RegExp;
  readonly actor: string | undefined;
  readonly retry: string;
}

const replies: readonly Real[] = [
  {
    reply: "550 5.1.1 <nouser@example.com>: Recipient address rejected: User unknown in local recipient table",
    after: "RCPT",
    cause: /no such mailbox/,
    actor: "sender",
    retry: "no",
  },
  {
    reply:
      "450 4.7.1 <grey@example.com>: Recipient address rejected: Greylisted, see http://postgrey.example.com/help/example.com.html",
    after: "RCPT",
    cause: /greylisting/,
    actor: "sender-admin",
    retry: "later",
  },
  {
    reply: "450 4.7.1 Greylisted, try again in 300 seconds",
    after: "RCPT",
    cause: /greylisting/,
    actor: "sender-admin",
    retry: "later",
  },
  {
    reply: "535 5.7.8 Error: authentication failed: authentication failure",
    after: "AUTH-RESPONSE",
    cause: /are not accepted/,
    actor: "sender",
    retry: "fix-first",
  },
  {
    reply: "535 Incorrect authentication data",
    after: "AUTH",
    host: "mx.example ESMTP Exim 4.96",
    cause: /login data is wrong/,
    actor: "sender",
    retry: "fix-first",
  },
  {
    reply: "435 Unable to authenticate at present",
    after: "AUTH",
    host: "mx.example ESMTP Exim 4.96",
    cause: /cannot check the login/,
    actor: "recipient-admin",
    retry: "later",
  },
  {
    reply: "452 4.2.2 <full@example.com> Quota exceeded (mailbox for user is full)",
    after: "RCPT",
    cause: /mailbox is full/,
    actor: "recipient",
    retry: "later",
  },
  {
    reply: "552 5.3.4 Message size exceeds fixed limit",
    after: "MAIL",
    cause: /larger/,
    actor: "sender",
    retry: "fix-first",
  },
  {
    reply: "554 5.7.1 <unknown[127.0.0.66]>: Client host rejected: Client host blocked using policy list",
    after: "RCPT",
    cause: /block list/,
    actor: "sender-admin",
    retry: "fix-first",
  },
  {
    reply: "554 5.7.1 <someone@elsewhere.example>: Relay access denied",
    after: "RCPT",
    cause: /not responsible for this domain/,
    actor: "sender-admin",
    retry: "fix-first",
  },
  {
    reply: "454 4.7.1 <someone@elsewhere.example>: Relay access denied",
    after: "RCPT",
    cause: /not responsible for this domain/,
    actor: "sender-admin",
    retry: "fix-first",
  },
  {
    reply: "550 relay not permitted",
    after: "RCPT",
    host: "mx.example ESMTP Exim 4.96",
    cause: /not responsible for this domain/,
    actor: "sender-admin",
    retry: "fix-first",
  },
  {
    reply: "554 5.5.1 Error: no valid recipients",
    after: "DATA",
    cause: /recipient was refused before/,
    actor: "sender",
    retry: "fix-first",
  },
  {
    reply: "503 5.5.1 Error: need RCPT command",
    after: "DATA",
    cause: /No recipient was accepted/,
    actor: "sender-admin",
    retry: "fix-first",
  },
  {
    reply: "503 5.5.1 Error: send HELO/EHLO first",
    after: "MAIL",
    cause: /must come first/,
    actor: "sender-admin",
    retry: "fix-first",
  },
  {
    reply: "503 Valid RCPT command must precede DATA",
    after: "DATA",
    cause: /No recipient was accepted/,
    actor: "sender-admin",
    retry: "fix-first",
  },
  {
    reply: "554 SMTP synchronization error",
    after: "CONNECT",
    cause: /before its turn/,
    actor: "sender-admin",
    retry: "fix-first",
  },
  {
    reply: "451 Bare line-feed; see https://haraka.github.io/barelf/",
    after: "DATA-END",
    cause: /bare LF/,
    actor: "sender-admin",
    retry: "fix-first",
  },
  {
    reply: "550-5.7.1 This message contains a test spam string.",
    after: "DATA-END",
    cause: /spam/,
    actor: "sender",
    retry: "fix-first",
  },
  {
    reply: "550 This address no longer accepts mail. Please use carol@example.com instead.",
    after: "RCPT",
    cause: /disabled or inactive/,
    actor: "sender",
    retry: "no",
  },
  { reply: "550 Too busy", after: "CONNECT", cause: /too busy/, actor: "recipient-admin", retry: "later" },
  {
    reply: "500 5.5.2 Error: command not recognized",
    after: "VRFY",
    cause: /out of step/,
    actor: "sender-admin",
    retry: "fix-first",
  },
  {
    reply: "555 5.5.4 Unsupported option: BODY=9BIT",
    after: "MAIL",
    cause: /did not announce/,
    actor: "sender-admin",
    retry: "fix-first",
  },
  {
    reply: "530 5.7.0 Must issue a STARTTLS command first",
    after: "MAIL",
    cause: /wants TLS first/,
    actor: "sender-admin",
    retry: "fix-first",
  },
  {
    reply: "450 4.3.2 Service currently unavailable",
    after: "RCPT",
    host: "mx.example ESMTP Postfix",
    cause: /unknown client/,
    actor: "sender-admin",
    retry: "later",
  },
  {
    reply: "421 4.7.0 Error: too many errors",
    after: "RCPT",
    host: "mx.example ESMTP Postfix",
    cause: /failed commands/,
    actor: "sender-admin",
    retry: "fix-first",
  },
  {
    reply:
      "550-5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's email address. gsmtp",
    after: "RCPT",
    host: "mx.google.com",
    cause: /no such mailbox/,
    actor: "sender",
    retry: "no",
  },
  {
    reply: "550-5.7.26 Unauthenticated email from example.com is not accepted due to domain's DMARC policy. gsmtp",
    after: "DATA-END",
    host: "mx.google.com",
    cause: /DMARC/,
    actor: "sender-admin",
    retry: "fix-first",
  },
  {
    reply:
      "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150).",
    after: "MAIL",
    host: "mx.olc.protection.outlook.com",
    cause: /block list of Outlook/,
    actor: "sender-admin",
    retry: "fix-first",
  },
  {
    reply: "550 5.4.1 Recipient address rejected: Access denied. [x.prod.protection.outlook.com]",
    after: "RCPT",
    cause: /not known at Exchange Online/,
    actor: "sender",
    retry: "no",
  },
  {
    reply: "421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints",
    after: "MAIL",
    cause: /Yahoo slows/,
    actor: "sender-admin",
    retry: "later",
  },
  {
    reply: "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.",
    after: "AUTH",
    cause: /SMTP AUTH is turned off/,
    actor: "sender-admin",
    retry: "fix-first",
  },
  {
    reply: "534-5.7.9 Application-specific password required. gsmtp",
    after: "AUTH",
    cause: /two-step/,
    actor: "sender",
    retry: "fix-first",
  },
  {
    reply: "452 4.5.3 Error: too many recipients",
    after: "RCPT",
    cause: /more recipients than/,
    actor: "sender-admin",
    retry: "yes",
  },
];

describe("real replies: the right cause, who must act first, and whether a retry helps", () => {
  it.each(replies)("$reply", ({ reply, after, host, cause, actor, retry }) => {
    const match = /^(\d{3})[- ](?:([245]\.\d+\.\d+) )?(.*)$/.exec(reply)!;
    const explanation = explainCode(Number(match[1]), match[2], { after, text: match[3]!, greetingHost: host });
    expect(explanation?.cause).toMatch(cause);
    expect(explanation?.actors[0]).toBe(actor);
    expect(explanation?.retry.kind).toBe(retry);
  });
});
