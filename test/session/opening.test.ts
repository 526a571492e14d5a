import { describe, expect, it } from "vitest";
import { describeFindings, findingsIn, isSevere } from "../kit/findings.js";
import { HELLO, sessionOf, sessionsOf, told } from "./kit.js";

/** What a person would be told to repair in these lines. */
function severe(...lines: readonly string[]): string[] {
  const text = `${lines.join("\n")}\n`;
  return describeFindings(text, findingsIn(text, [], "client-server").filter(isSevere));
}

describe("a recording that begins in the middle of a session", () => {
  it("begins inside AUTH where the first reply is one that only AUTH gets", () => {
    const lines = ["C: YWxpY2VAZXhhbXBsZS5jb20=", "S: 334 UGFzc3dvcmQ6", "C: c2VjcmV0", "S: 235 2.7.0 Ok", "C: QUIT"];
    const session = sessionOf(...lines, "S: 221 Bye");
    expect(told(session)).toEqual(["AUTH -", "= 334", "= 235", "QUIT 221"]);
    expect(session.auth.map(({ outcome }) => outcome)).toEqual(["success"]);
    expect(severe(...lines, "S: 221 Bye")).toEqual([]);
  });

  it("keeps a command that was refused as a command, also where it looks like base64", () => {
    expect(told(sessionOf("C: ABCD", "S: 500 5.5.2 Error: command not recognized"))).toEqual(["ABCD 500"]);
  });

  it("begins inside a batch where more replies follow than commands stand there", () => {
    const lines = [
      "C: RCPT TO:<b@example.com>",
      "C: DATA",
      "S: 250 2.1.0 Ok",
      "S: 550 5.1.1 Unknown",
      "S: 250 2.1.5 Ok",
    ];
    const rest = ["S: 354 Go ahead", "C: Subject: x", "C: .", "S: 250 2.0.0 Ok: queued as 1", "C: QUIT", "S: 221 Bye"];
    expect(told(sessionOf(...lines, ...rest))).toEqual(["RCPT 250", "DATA 354", ". 250", "QUIT 221"]);
    expect(severe(...lines, ...rest)).toEqual([]);
  });

  it("begins inside a message, though its first line reads like a command", () => {
    const lines = ["C: QUIT", "C: is what he said", "C: .", "S: 250 2.0.0 Ok: queued as 1", "C: QUIT", "S: 221 Bye"];
    expect(told(sessionOf(...lines))).toEqual(["DATA -", ". 250", "QUIT 221"]);
    expect(severe(...lines)).toEqual([]);
  });

  it("does not take a whole batch with its message for the rest of one", () => {
    const session = sessionOf("C: MAIL FROM:<a@b.example>", "C: RCPT TO:<c@d.example>", "C: DATA", "C: Hi", "C: .");
    expect(told(session)).toEqual(["MAIL -", "RCPT -", "DATA -", ". -"]);
  });

  it("begins with the refusal of a recipient, not with a greeting", () => {
    const lines = [
      "S: 554 5.7.1 <b@example.com>: Relay access denied",
      "C: RCPT TO:<c@example.com>",
      "S: 250 2.1.5 Ok",
    ];
    expect(sessionOf(...lines).greeting).toBeUndefined();
    expect(severe(...lines)).toEqual([]);
    expect(sessionOf("S: 554 mx.example.com no mail here", "C: QUIT", "S: 221 Bye").greeting?.code).toBe(554);
    expect(sessionOf("S: 500 5.5.1 What?", "C: HELO c.example.org", "S: 500 5.5.1 What?").greeting).toBeUndefined();
  });

  it("is LMTP where each recipient gets its reply behind the message (RFC 2033 §4.2)", () => {
    const lines = ["C: MAIL FROM:<a@b.example>", "S: 250 2.1.0 Ok", "C: RCPT TO:<c@d.example>", "S: 250 2.1.5 Ok"];
    const rest = ["C: RCPT TO:<e@d.example>", "S: 250 2.1.5 Ok", "C: DATA", "S: 354 Ok", "C: Hi", "C: ."];
    const replies = ["S: 250 2.0.0 <c@d.example> Saved", "S: 452 4.2.2 <e@d.example> Quota exceeded"];
    const session = sessionOf(...lines, ...rest, ...replies);
    expect(session.protocol).toBe("LMTP");
    expect(session.transactions[0]?.recipients.map(({ outcome }) => outcome)).toEqual(["accepted", "deferred"]);
    expect(severe(...lines, ...rest, ...replies)).toEqual([]);
  });
});

describe("a session behind another one", () => {
  it("begins with its greeting, also where a reply was still due", () => {
    const sessions = sessionsOf(...HELLO, "C: RSET", ...HELLO, "C: QUIT", "S: 221 Bye");
    expect(sessions.map(told)).toEqual([
      ["^ 220", "EHLO 250", "RSET -"],
      ["^ 220", "EHLO 250", "QUIT 221"],
    ]);
  });

  it("begins with what a client says before the greeting", () => {
    const sessions = sessionsOf(
      ...HELLO,
      "C: QUIT",
      "S: 221 Bye",
      "C: EHLO c.example.org",
      "S: 220 mx ESMTP",
      "S: 250 mx",
    );
    expect(sessions.map(told)).toEqual([
      ["^ 220", "EHLO 250", "QUIT 221"],
      ["EHLO 250", "^ 220"],
    ]);
  });
});
