import { describe, expect, it } from "vitest";
import { clientServer } from "../../server/src/dialects/client-server.js";
import type { Speaker, WireEnd, WireLine } from "../../server/src/dialects/types.js";
import { buildSessions } from "../../server/src/session/build.js";
import type { Session } from "../../server/src/session/model.js";
import { parseTranscript } from "../../server/src/transcript.js";
import { seeded } from "../kit/random.js";
import { ENVELOPE, HELLO, said, sessionOf, sessionsOf, told } from "./kit.js";

describe("replies and what they answer", () => {
  it("are matched in order where commands were sent in one go", () => {
    const session = sessionOf(
      ...HELLO,
      "C: MAIL FROM:<a@example.org>",
      "C: RCPT TO:<b@example.com>",
      "C: RCPT TO:<c@example.com>",
      "C: DATA",
      "S: 250 Ok",
      "S: 550-No such",
      "S: 550 user",
      "S: 250 Ok",
      "S: 354 Go",
      "C: .",
      "S: 250 Ok",
    );
    expect(told(session)).toEqual(["^ 220", "EHLO 250", "MAIL 250", "RCPT 550", "RCPT 250", "DATA 354", ". 250"]);
    const batches = session.exchanges.map(({ batch }) => batch);
    expect(new Set(batches.slice(2, 6)).size).toBe(1);
    expect(batches[6]).toBeGreaterThan(batches[5] as number);
    expect(session.transactions[0]?.recipients.map(({ outcome }) => outcome)).toEqual(["rejected", "accepted"]);
    expect(session.transactions[0]?.outcome).toBe("partial");
  });

  it("keep their order where even message and QUIT were sent before a reply came", () => {
    const session = sessionOf(
      ...HELLO,
      "C: MAIL FROM:<a@example.org>",
      "C: RCPT TO:<b@example.com>",
      "C: DATA",
      "C: Subject: x",
      "C: ",
      "C: .",
      "C: QUIT",
      "S: 250 Ok",
      "S: 250 Ok",
      "S: 354 Go",
      "S: 250 Ok: queued as 4F2A1B",
      "S: 221 Bye",
    );
    expect(told(session).slice(2)).toEqual(["MAIL 250", "RCPT 250", "DATA 354", ". 250", "QUIT 221"]);
    expect(session.transactions[0]).toMatchObject({ outcome: "accepted", queueId: "4F2A1B" });
  });

  it("are nobody's where nobody asked", () => {
    const session = sessionOf(...HELLO, "S: 250 What for?", "C: NOOP", "S: 250 Ok");
    expect(session.replies.filter((reply) => reply.exchange === undefined).map(({ text }) => text)).toEqual([
      "What for?",
    ]);
    expect(told(session)).toEqual(["^ 220", "EHLO 250", "NOOP 250"]);
  });

  it("are incomplete where the last line announces another one", () => {
    const session = sessionOf(
      "S: 220 mx.example.com",
      "C: EHLO c.example.org",
      "S: 250-mx.example.com",
      "C: NOOP",
      "S: 250 Ok",
    );
    expect(session.exchanges[1]?.reply?.complete).toBe(false);
    expect(session.exchanges[2]?.reply).toMatchObject({ code: 250, complete: true });
  });

  it("keep lines without a code in the reply they stand in", () => {
    const session = sessionOf(
      ...HELLO,
      "C: HELP",
      "S: 214-One",
      "S: two without a code",
      "S: 214 three",
      "C: QUIT",
      "S: 221 Bye",
    );
    expect(session.exchanges[2]?.reply?.text).toBe("One two without a code three");
    expect(told(session).at(-1)).toBe("QUIT 221");
  });
});

describe("LMTP", () => {
  const envelope = [
    "C: MAIL FROM:<a@example.org>",
    "S: 250 Ok",
    "C: RCPT TO:<b@example.com>",
    "S: 250 Ok",
    "C: RCPT TO:<x@example.com>",
  ];
  const rest = ["S: 550 Unknown", "C: RCPT TO:<c@example.com>", "S: 250 Ok", "C: DATA", "S: 354 Go", "C: Hi", "C: ."];

  it("gives one reply behind the dot for each recipient that was accepted", () => {
    const session = sessionOf(
      "S: 220 x LMTP",
      "C: LHLO c",
      "S: 250 x",
      ...envelope,
      ...rest,
      "S: 250 Saved",
      "S: 452 Full",
      "C: QUIT",
      "S: 221 Bye",
    );
    expect(told(session).slice(-2)).toEqual([". 250,452", "QUIT 221"]);
    expect(session.protocol).toBe("LMTP");
    expect(session.transactions[0]?.recipients.map(({ outcome, reply }) => `${outcome} ${reply?.code}`)).toEqual([
      "accepted 250",
      "rejected 550",
      "deferred 452",
    ]);
    expect(session.transactions[0]?.outcome).toBe("partial");
  });

  it("is told by LHLO alone: after EHLO one reply is due", () => {
    const session = sessionOf(
      "S: 220 x",
      "C: EHLO c",
      "S: 250 x",
      ...envelope,
      ...rest,
      "S: 250 Saved",
      "S: 250 Saved",
      "C: QUIT",
      "S: 221 Bye",
    );
    expect(told(session).slice(-2)).toEqual([". 250", "QUIT 221"]);
    expect(session.replies.filter(({ exchange }) => exchange === undefined)).toHaveLength(1);
  });

  it("counts replies for the last chunk too", () => {
    const session = sessionOf(
      "S: 220 x LMTP",
      "C: LHLO c",
      "S: 250 CHUNKING",
      "C: MAIL FROM:<a@example.org>",
      "S: 250 Ok",
      "C: RCPT TO:<b@example.com>",
      "S: 250 Ok",
      "C: RCPT TO:<c@example.com>",
      "S: 250 Ok",
      "C: BDAT 4 LAST",
      "C: Hi",
      "S: 250 b saved",
      "S: 250 c saved",
      "C: QUIT",
      "S: 221 Bye",
    );
    expect(told(session).slice(-2)).toEqual(["BDAT 250,250", "QUIT 221"]);
  });

  it("has a relative in SMTP: with PRDR, 353 announces a reply a recipient and a last one", () => {
    const session = sessionOf(
      ...HELLO,
      "C: MAIL FROM:<a@example.org> PRDR",
      "S: 250 Ok",
      "C: RCPT TO:<b@example.com>",
      "S: 250 Ok",
      "C: RCPT TO:<c@example.com>",
      "S: 250 Ok",
      "C: DATA",
      "S: 354 Go",
      "C: .",
      "S: 353 Replies follow",
      "S: 250 b",
      "S: 550 c",
      "S: 250 done",
      "C: QUIT",
      "S: 221 Bye",
    );
    expect(told(session).slice(-2)).toEqual([". 353,250,550,250", "QUIT 221"]);
  });
});

describe("chunks", () => {
  it("are read by their size, whatever their lines look like", () => {
    const session = sessionOf(
      ...HELLO,
      "C: MAIL FROM:<a@example.org>",
      "S: 250 Ok",
      "C: RCPT TO:<b@example.com>",
      "S: 250 Ok",
      "C: BDAT 9",
      "C: QUIT",
      "C: .",
      "S: 250 9 octets",
      "C: BDAT 0 LAST",
      "S: 250 Ok: queued as 4F2A1B",
      "C: QUIT",
      "S: 221 Bye",
    );
    expect(told(session).slice(2)).toEqual(["MAIL 250", "RCPT 250", "BDAT 250", "BDAT 250", "QUIT 221"]);
    const data = session.transactions[0]?.data;
    expect(data).toMatchObject({ kind: "BDAT", shown: true });
    expect(data?.lines.map(({ text }) => text)).toEqual(["QUIT", "."]);
    expect(data?.end?.command?.argument).toBe("0 LAST");
    expect(session.transactions[0]?.outcome).toBe("accepted");
  });

  it("count octets, not characters", () => {
    const session = sessionOf(
      ...HELLO,
      "C: MAIL FROM:<a@b>",
      "S: 250 Ok",
      "C: RCPT TO:<c@d>",
      "S: 250 Ok",
      "C: BDAT 6 LAST",
      "C: éé",
      "C: NOOP",
      "S: 250 Ok",
      "S: 250 Ok",
    );
    expect(told(session).slice(-2)).toEqual(["BDAT 250", "NOOP 250"]);
  });

  it("that are refused end where the server says so", () => {
    const session = sessionOf(...HELLO, "C: BDAT 1000000", "S: 503 Need MAIL", "C: QUIT", "S: 221 Bye");
    expect(told(session).slice(2)).toEqual(["BDAT 503", "QUIT 221"]);
  });
});

describe("STARTTLS", () => {
  it("forgets what was known before, and needs a new EHLO", () => {
    const session = sessionOf(
      "S: 220 mx.example.com",
      "C: EHLO c",
      "S: 250-mx.example.com",
      "S: 250 STARTTLS",
      "C: STARTTLS",
      "S: 220 Go",
      "C: EHLO c",
      "S: 250-mx.example.com",
      "S: 250 AUTH PLAIN",
      "C: QUIT",
      "S: 221 Bye",
    );
    const again = session.exchanges[3]?.before;
    expect([again?.tls, again?.hello, again?.extensions]).toEqual([true, undefined, undefined]);
    const quit = session.exchanges[4]?.before;
    expect([quit?.extensions?.has("STARTTLS"), quit?.extensions?.has("AUTH")]).toEqual([false, true]);
    expect(session.tls).toBe("started");
  });

  it("discards what was sent along with it", () => {
    const session = sessionOf(
      ...HELLO,
      "C: STARTTLS",
      "C: MAIL FROM:<evil@example.org>",
      "S: 220 Go",
      "C: EHLO c",
      "S: 250 x",
      "C: QUIT",
      "S: 221 Bye",
    );
    expect(told(session).slice(2)).toEqual(["STARTTLS 220", "MAIL -", "EHLO 250", "QUIT 221"]);
    expect(session.transactions).toEqual([]);
  });

  it("that is refused leaves the session as it was", () => {
    const session = sessionOf(...HELLO, "C: STARTTLS", "S: 454 Not now", "C: NOOP", "S: 250 Ok");
    expect(session.tls).toBe("refused");
    expect(session.exchanges[3]?.before.extensions?.has("PIPELINING")).toBe(true);
  });
});

describe("AUTH", () => {
  const log = (...lines: readonly string[]) => sessionOf(...HELLO, ...lines, "C: QUIT", "S: 221 Bye");

  it("takes what follows 334 as responses, never as commands", () => {
    const session = log(
      "C: AUTH LOGIN",
      "S: 334 VXNlcm5hbWU6",
      "C: QUIT",
      "S: 334 UGFzc3dvcmQ6",
      "C: RSET",
      "S: 235 Ok",
    );
    expect(told(session).slice(2)).toEqual(["AUTH 334", "= 334", "= 235", "QUIT 221"]);
    expect(session.auth[0]).toMatchObject({ mechanism: "LOGIN", outcome: "success" });
    expect(session.end.authenticated).toBe(true);
  });

  it("is one exchange with an initial response", () => {
    const session = log("C: AUTH PLAIN AGFsaWNlAHNlY3JldA==", "S: 535 5.7.8 No");
    expect(session.auth[0]).toMatchObject({ mechanism: "PLAIN", user: "alice", outcome: "failure" });
    expect(session.end.authenticated).toBe(false);
  });

  it("can be given up with an asterisk", () => {
    const session = log("C: AUTH PLAIN", "S: 334 ", "C: *", "S: 501 5.7.0 Cancelled");
    expect(session.auth[0]?.outcome).toBe("cancelled");
    expect(told(session).slice(2)).toEqual(["AUTH 334", "= 501", "QUIT 221"]);
  });

  it("may be tried again, each attempt on its own", () => {
    const session = log(
      "C: AUTH PLAIN AAA=",
      "S: 535 No",
      "C: auth cram-md5",
      "S: 334 PDFAeD4=",
      "C: YQ==",
      "S: 235 Ok",
    );
    expect(session.auth.map(({ mechanism, outcome }) => `${mechanism} ${outcome}`)).toEqual([
      "PLAIN failure",
      "CRAM-MD5 success",
    ]);
  });
});

describe("messages", () => {
  it("end at the lone dot only", () => {
    const session = sessionOf(
      ...HELLO,
      ...ENVELOPE,
      "C: QUIT",
      "C: ..",
      "C: . ",
      "C: 250 Ok",
      "C: .",
      "S: 250 Ok",
      "C: QUIT",
      "S: 221 Bye",
    );
    expect(session.transactions[0]?.data?.lines.map(({ text }) => text)).toEqual(["QUIT", "..", ". ", "250 Ok"]);
    expect(told(session).slice(-2)).toEqual([". 250", "QUIT 221"]);
  });

  it("do not begin where DATA is refused", () => {
    const session = sessionOf(...HELLO, "C: DATA", "S: 503 No recipients", "C: NOOP", "S: 250 Ok");
    expect(told(session).slice(2)).toEqual(["DATA 503", "NOOP 250"]);
  });

  it("whose end nobody answered are uncertain: they may have been delivered", () => {
    const session = sessionOf(...HELLO, ...ENVELOPE, "C: Hi", "C: .");
    expect(session.transactions[0]).toMatchObject({ outcome: "uncertain", decidedBy: undefined });
  });

  it("whose dot is missing are incomplete", () => {
    expect(sessionOf(...HELLO, ...ENVELOPE, "C: Hi").transactions[0]?.outcome).toBe("incomplete");
  });
});

describe("a lone dot between bare line ends", () => {
  const wire = (speaker: Speaker, text: string, wireEnd: WireEnd = "crlf"): WireLine =>
    said(speaker, text, 0, { wireEnd });
  /** A message with such a dot inside and what would be a second one behind it, then the given number of replies. */
  const smuggled = (end: WireEnd, replies: number): Session | undefined =>
    buildSessions(
      [
        wire("server", "220 x"),
        ...["EHLO c", "MAIL FROM:<a@b>", "RCPT TO:<c@d>"].flatMap((text) => [
          wire("client", text),
          wire("server", "250 Ok"),
        ]),
        wire("client", "DATA"),
        wire("server", "354 Go"),
        wire("client", "Hi", end),
        wire("client", ".", end),
        wire("client", "MAIL FROM:<evil@b>"),
        wire("client", "."),
        ...Array.from({ length: replies }, () => wire("server", "250 Ok")),
      ],
      clientServer.traits,
    )[0];

  for (const end of ["lf", "cr"] as const) {
    it(`(${end}) is text where the server answered once`, () => {
      const session = smuggled(end, 1);
      expect(told(session).slice(4)).toEqual(["DATA 354", ". 250"]);
      expect(session?.transactions[0]?.data?.lines.map(({ text }) => text)).toEqual(["Hi", ".", "MAIL FROM:<evil@b>"]);
    });

    it(`(${end}) ends the message where the server answered what follows`, () => {
      expect(told(smuggled(end, 2)).slice(4, 7)).toEqual(["DATA 354", ". 250", "MAIL 250"]);
    });
  }

  it("with regular line ends always ends it", () => {
    expect(told(smuggled("crlf", 1)).slice(4, 7)).toEqual(["DATA 354", ". 250", "MAIL -"]);
  });
});

describe("transactions", () => {
  it("a MAIL inside another one is refused and changes nothing", () => {
    const session = sessionOf(
      ...HELLO,
      "C: MAIL FROM:<a@example.org>",
      "S: 250 Ok",
      "C: MAIL FROM:<other@example.org>",
      "S: 503 Nested MAIL",
      "C: RCPT TO:<b@example.com>",
      "S: 250 Ok",
    );
    expect(session.transactions).toHaveLength(1);
    expect(session.transactions[0]?.reversePath).toBe("a@example.org");
    expect(session.transactions[0]?.recipients).toHaveLength(1);
  });

  it("are given up by RSET, by EHLO and by QUIT", () => {
    for (const command of ["RSET", "EHLO again.example.org", "QUIT"]) {
      const session = sessionOf(...HELLO, ...ENVELOPE.slice(0, 4), `C: ${command}`, "S: 250 Ok");
      expect(session.transactions[0]?.outcome, command).toBe("aborted");
      expect(session.end.transaction, command).toBeUndefined();
    }
  });

  it("of one session follow each other", () => {
    const session = sessionOf(
      ...HELLO,
      ...ENVELOPE,
      "C: .",
      "S: 250 Ok",
      ...ENVELOPE,
      "C: .",
      "S: 451 Later",
      "C: QUIT",
      "S: 221 Bye",
    );
    expect(session.transactions.map(({ outcome }) => outcome)).toEqual(["accepted", "deferred"]);
  });

  it("are rejected where every recipient is", () => {
    const session = sessionOf(
      ...HELLO,
      "C: MAIL FROM:<>",
      "S: 250 Ok",
      "C: RCPT TO:<b@example.com>",
      "S: 550 No",
      "C: DATA",
      "S: 503 No recipients",
    );
    expect(session.transactions[0]).toMatchObject({ outcome: "rejected", reversePath: "" });
    expect(session.transactions[0]?.decidedBy?.code).toBe(550);
  });
});

describe("421", () => {
  const places: readonly [string, readonly string[]][] = [
    ["in place of the greeting", ["S: 421 Busy"]],
    ["as the reply to EHLO", ["S: 220 x", "C: EHLO c", "S: 421 Closing"]],
    ["as the reply to RCPT", [...HELLO, ...ENVELOPE.slice(0, 3), "S: 421 Closing"]],
    ["inside a message", [...HELLO, ...ENVELOPE, "C: Hi", "S: 421 Closing"]],
    ["without being asked", [...HELLO, "S: 421 Timeout"]],
    ["in an AUTH exchange", [...HELLO, "C: AUTH LOGIN", "S: 334 VXNlcm5hbWU6", "C: YQ==", "S: 421 Closing"]],
  ];
  for (const [name, lines] of places) {
    it(`${name} ends the session on the server's side`, () => {
      const session = sessionOf(...lines);
      expect(session.closedBy).toBe("server");
      expect(session.end.closed).toBe(true);
    });
  }

  it("inside a message defers it", () => {
    expect(sessionOf(...HELLO, ...ENVELOPE, "C: Hi", "S: 421 Closing").transactions[0]?.outcome).toBe("deferred");
  });

  it("for silence inside a message leaves it incomplete", () => {
    const session = sessionOf(...HELLO, ...ENVELOPE, "C: Hi", "S: 421 Error: timeout exceeded");
    expect(session.transactions[0]?.outcome).toBe("incomplete");
  });
});

describe("several connections in one text", () => {
  const one = [...HELLO, "C: QUIT", "S: 221 Bye"];

  it("are told apart by their greetings, with or without an empty line between", () => {
    expect(sessionsOf(...one, "", ...one).map(told)).toEqual([told(sessionOf(...one)), told(sessionOf(...one))]);
    expect(sessionsOf(...one, ...one)).toHaveLength(2);
  });

  it("are told apart where the first one just stops", () => {
    const sessions = sessionsOf(...HELLO, ...ENVELOPE.slice(0, 4), ...one);
    expect(sessions).toHaveLength(2);
    expect(sessions[0]?.transactions[0]?.outcome).toBe("incomplete");
    expect(sessions[1]?.closedBy).toBe("quit");
  });

  it("are not made of a 220 that answers STARTTLS", () => {
    expect(sessionsOf(...HELLO, "C: STARTTLS", "S: 220 Go", "C: EHLO c", "S: 250 x")).toHaveLength(1);
  });

  it("have indices and lines in order", () => {
    const sessions = sessionsOf(...one, ...one, ...one);
    expect(sessions.map(({ index, line, endLine }) => [index, line, endLine])).toEqual([
      [0, 0, 5],
      [1, 6, 11],
      [2, 12, 17],
    ]);
  });
});

describe("a transcript of one side", () => {
  it("of the client: what it went on with was taken", () => {
    const session = sessionOf(
      "C: EHLO c",
      "C: MAIL FROM:<a@b>",
      "C: RCPT TO:<c@d>",
      "C: DATA",
      "C: Hi",
      "C: .",
      "C: QUIT",
    );
    expect(told(session)).toEqual(["EHLO -", "MAIL -", "RCPT -", "DATA -", ". -", "QUIT -"]);
    expect(session.protocol).toBe("ESMTP");
    expect(session.transactions[0]?.data?.lines.map(({ text }) => text)).toEqual(["Hi"]);
    expect(session.transactions[0]?.outcome).toBe("uncertain");
  });

  it("of the server: the commands are known from the replies", () => {
    const session = sessionOf(
      "S: 220 x",
      "S: 250-x",
      "S: 250 SIZE",
      "S: 250 2.1.0 Ok",
      "S: 250 2.1.5 Ok",
      "S: 354 Go",
      "S: 250 Ok",
      "S: 221 Bye",
    );
    expect(told(session)).toEqual(["^ 220", "EHLO 250", "MAIL 250", "RCPT 250", "DATA 354", ". 250", "QUIT 221"]);
    expect(
      session.exchanges
        .slice(1)
        .every(({ wire, inferred, kind }) => wire === undefined && (inferred || kind === "end-of-data")),
    ).toBe(true);
  });
});

it("reads any lines without failing, in order and inside the text", () => {
  const random = seeded(2026);
  const words = [
    ...[
      "220 x",
      "250 Ok",
      "250-SIZE 1",
      "354 Go",
      "221 Bye",
      "421 Closing",
      "334 ",
      "235 Ok",
      "353 x",
      "550 5.1.1 No",
      "503 x",
      "abc",
      "250",
    ],
    ...[
      "EHLO c",
      "LHLO c",
      "HELO c",
      "MAIL FROM:<a@b> PRDR",
      "RCPT TO:<c@d>",
      "DATA",
      "BDAT 5",
      "BDAT 3 LAST",
      "BDAT 99999999999999999",
      ".",
      "..",
      "",
    ],
    ...[
      "RSET",
      "QUIT",
      "STARTTLS",
      "AUTH LOGIN",
      "AUTH PLAIN AGEAYg==",
      "*",
      "XCLIENT ADDR=1",
      "BURL x LAST",
      "\u{1F600}",
      "NOOP",
    ],
  ];
  for (let round = 0; round < 400; round++) {
    const text = Array.from(
      { length: 5 + random.below(60) },
      () => `${random.pick(["C: ", "S: ", "C: ", "S: ", ""])}${random.pick(words)}`,
    ).join(random.pick(["\n", "\r\n", "\r"]));
    const { sessions, source } = parseTranscript(text, random.pick(["client-server", "raw", undefined]));
    for (const session of sessions) {
      let before = -1;
      for (const wire of session.wire) {
        expect(wire.start).toBeGreaterThanOrEqual(before);
        expect(wire.end).toBeLessThanOrEqual(source.text.length);
        before = wire.start;
      }
      session.items.forEach((item, order) => {
        if (item.kind === "exchange") expect(item.exchange.order).toBe(order);
        if (item.kind === "reply") expect(item.reply.order).toBe(order);
      });
      for (const reply of session.replies) if (reply.exchange) expect(reply.exchange.replies).toContain(reply);
      const answers = session.exchanges.flatMap(({ replies }) => replies);
      expect(new Set(answers).size, JSON.stringify(text)).toBe(answers.length);
    }
  }
});
