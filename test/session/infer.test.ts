import { describe, expect, it } from "vitest";
import { inspectTranscript } from "../../server/src/features/inspect.js";
import { parseTranscript } from "../../server/src/transcript.js";

/** The commands that were found for replies which stand alone, "." for the end of data. */
function commands(...replies: string[]): string[] {
  const { sessions } = parseTranscript(`${replies.join("\n")}\n`);
  return (sessions[0]?.exchanges ?? []).map(({ kind, verb }) =>
    kind === "greeting" ? "greeting" : kind === "end-of-data" ? "." : kind === "auth-response" ? "response" : verb,
  );
}

const OPENING = ["220 mx.example.com ESMTP Postfix", "250-mx.example.com", "250-SIZE 20480", "250 CHUNKING"];

describe("commands of a transcript that shows only the server", () => {
  it("are known from the replies of a delivery", () => {
    expect(
      commands(
        ...OPENING,
        "250 2.1.0 Ok",
        "250 2.1.5 Ok",
        "550 5.1.1 <nobody@example.com>: User unknown",
        "354 End data with <CR><LF>.<CR><LF>",
        "250 2.0.0 Ok: queued as 504C424843D",
        "221 2.0.0 Bye",
      ),
    ).toEqual(["greeting", "EHLO", "MAIL", "RCPT", "RCPT", "DATA", ".", "QUIT"]);
  });

  it("are known without enhanced status codes", () => {
    expect(
      commands(
        "220 mx.example.com ESMTP",
        "250 mx.example.com",
        "250 OK",
        "250 Accepted",
        '354 Enter message, ending with "."',
        "250 OK id=1xVWWU",
        "221 mx.example.com closing connection",
      ),
    ).toEqual(["greeting", "HELO", "MAIL", "RCPT", "DATA", ".", "QUIT"]);
  });

  it("are known where a client authenticates or asks for TLS", () => {
    expect(
      commands(...OPENING, "334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6", "235 2.7.0 Authentication successful", "221 Bye"),
    ).toEqual(["greeting", "EHLO", "AUTH", "response", "response", "QUIT"]);
    expect(commands(...OPENING, "220 2.0.0 Ready to start TLS")).toEqual(["greeting", "EHLO", "STARTTLS"]);
  });

  it("are known for chunks", () => {
    expect(
      commands(
        ...OPENING,
        "250 2.1.0 Ok",
        "250 2.1.5 Ok",
        "250 2.0.0 Ok: 24 bytes",
        "250 2.0.0 Ok: 33 bytes queued as DCBC3248460",
        "221 2.0.0 Bye",
      ),
    ).toEqual(["greeting", "EHLO", "MAIL", "RCPT", "BDAT", "BDAT", "QUIT"]);
  });

  it("are not made up from what could be anything", () => {
    const { sessions } = inspectTranscript(
      parseTranscript(`${["220 mx.example.com ESMTP", "250-mx.example.com", "250 SIZE", "250 OK"].join("\n")}\n`),
    );
    expect(sessions[0]?.transactions).toEqual([]);
  });

  it("show LMTP by one reply a recipient behind the data", () => {
    const text = [
      "220 mx.example.com LMTP",
      "250-mx.example.com",
      "250 PIPELINING",
      "250 2.1.0 OK",
      "250 2.1.5 OK",
      "250 2.1.5 OK",
      "354 OK",
      "250 2.0.0 <a@example.com> Saved",
      "452 4.2.2 <b@example.com> Quota exceeded",
      "221 2.0.0 Bye",
    ].join("\n");
    const { sessions } = inspectTranscript(parseTranscript(`${text}\n`));
    expect(sessions[0]?.protocol).toBe("LMTP");
    expect(sessions[0]?.transactions[0]?.recipients.map(({ outcome, code }) => `${outcome} ${code}`)).toEqual([
      "accepted 250",
      "deferred 452",
    ]);
  });
});

describe("a transcript that begins in the middle", () => {
  it("does not take the reply to a command that stands above for the greeting", () => {
    const { sessions } = parseTranscript(
      "S: 550 5.1.1 <nobody@example.com>: User unknown\nC: RCPT TO:<b@example.com>\nS: 250 2.1.5 Ok\nC: QUIT\nS: 221 Bye\n",
    );
    expect(sessions).toHaveLength(1);
    expect(sessions[0]?.greeting).toBeUndefined();
    expect(sessions[0]?.traits.startShown).toBe(false);
  });

  it("reads the rest of a message as a message", () => {
    const { sessions } = parseTranscript(
      "C: Subject: hello\nC: \nC: RCPT TO is only text here\nC: .\nS: 250 2.0.0 Ok: queued as A1\nC: QUIT\nS: 221 Bye\n",
    );
    expect(sessions[0]?.exchanges.map(({ kind, verb }) => (kind === "end-of-data" ? "." : verb))).toEqual([
      "DATA",
      ".",
      "QUIT",
    ]);
  });
});
