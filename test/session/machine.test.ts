import { describe, expect, it } from "vitest";
import { Machine, replyLineState, startsWithVerb } from "../../server/src/session/machine.js";

/** A machine behind the greeting. */
function greeted(): Machine {
  const machine = new Machine();
  machine.reply(220);
  return machine;
}

/** A machine to which commands were said and answered: "MAIL 250". */
function past(...steps: readonly string[]): Machine {
  const machine = greeted();
  for (const step of steps) {
    const [verb = "", code] = step.split(" ");
    machine.command(verb, "");
    if (code) machine.reply(Number(code));
  }
  return machine;
}

describe("what a client line is", () => {
  it("depends on what was answered before", () => {
    expect(greeted().classify("Subject: x")).toBe("command");
    expect(past("DATA 354").classify("QUIT")).toBe("data");
    expect(past("DATA 354").classify(".")).toBe("end-of-data");
    expect(past("DATA 354").classify("..")).toBe("data");
    expect(past("DATA 503").classify("QUIT")).toBe("command");
    expect(past("AUTH 334").classify("QUIT")).toBe("auth-response");
    expect(past("AUTH 334").classify(".")).toBe("auth-response");
    expect(past("AUTH 235").classify("QUIT")).toBe("command");
  });

  it("is told by its verb while DATA waits for its answer", () => {
    expect(past("DATA").classify("Subject: x")).toBe("data");
    expect(past("DATA").classify(".")).toBe("end-of-data");
    expect(past("DATA").classify("QUIT")).toBe("command");
  });

  it("is message text for as many octets as a chunk has", () => {
    const machine = greeted();
    machine.command("BDAT", "10 LAST");
    expect(machine.classify("QUIT")).toBe("data");
    machine.data(6);
    expect(machine.classify(".")).toBe("data");
    machine.data(99);
    expect(machine.classify("QUIT")).toBe("command");
  });

  it("stays a command where the size of a chunk is no number", () => {
    for (const size of ["", "x", "-5", "99999999999999999999"]) {
      const machine = greeted();
      machine.command("BDAT", size);
      expect(Number.isSafeInteger(machine.chunk), size).toBe(true);
    }
  });
});

describe("what a reply answers", () => {
  it("is the greeting first, also where the client spoke first", () => {
    const machine = new Machine();
    machine.command("EHLO", "c");
    expect([machine.reply(220), machine.reply(250)]).toEqual(["", "EHLO"]);
  });

  it("is nothing where nothing waits", () => {
    expect(greeted().reply(250)).toBe("");
  });

  it("is the oldest command that waits", () => {
    const machine = past("MAIL", "RCPT", "DATA");
    expect([machine.reply(250), machine.reply(250), machine.reply(354)]).toEqual(["MAIL", "RCPT", "DATA"]);
    expect(machine.mode).toBe("data");
  });

  it("is found again by a code that only one command can get", () => {
    const machine = past("MAIL", "RCPT", "DATA");
    expect(machine.resync(354)).toBe(2);
    expect(machine.reply(354)).toBe("DATA");
    expect(past("NOOP", "QUIT").resync(221)).toBe(1);
    expect(past("NOOP").resync(354)).toBe(0);
    expect(past("NOOP", "DATA").resync(250)).toBe(0);
  });

  it("is the end of the data once, in LMTP once a recipient that was accepted", () => {
    const smtp = past("MAIL 250", "RCPT 250", "RCPT 250", "DATA 354");
    smtp.endOfData();
    expect([smtp.reply(250), smtp.reply(250)]).toEqual([".", ""]);
    const lmtp = past("LHLO 250", "MAIL 250", "RCPT 250", "RCPT 550", "RCPT 250", "DATA 354");
    lmtp.endOfData();
    expect([lmtp.reply(250), lmtp.reply(452), lmtp.reply(250)]).toEqual([".", ".", ""]);
  });

  it("is one reply in LMTP where no recipient was accepted", () => {
    const lmtp = past("LHLO 250", "MAIL 250", "RCPT 550", "DATA 354");
    lmtp.endOfData();
    expect([lmtp.reply(503), lmtp.reply(250)]).toEqual([".", ""]);
  });

  it("counts the recipients of one transaction only", () => {
    const lmtp = past("LHLO 250", "MAIL 250", "RCPT 250", "RCPT 250", "RSET 250", "MAIL 250", "RCPT 250", "DATA 354");
    lmtp.endOfData();
    expect([lmtp.reply(250), lmtp.reply(250)]).toEqual([".", ""]);
  });
});

describe("the end", () => {
  it("is 221 to QUIT, or 421 to anything", () => {
    expect(past("QUIT 221").mode).toBe("closed");
    expect(past("QUIT 500").mode).toBe("command");
    expect(past("RCPT 421").mode).toBe("closed");
    const unasked = greeted();
    unasked.reply(421);
    expect(unasked.mode).toBe("closed");
    const busy = new Machine();
    busy.reply(421);
    expect(busy.mode).toBe("closed");
  });
});

it("knows verbs by the whole word", () => {
  for (const text of ["MAIL FROM:<a>", "mail", " QUIT", "DATA\t", "RCPT:"])
    expect(startsWithVerb(text), text).toBe(true);
  for (const text of ["MAILBOX", "Date: x", "", ".", "DATABASE"]) expect(startsWithVerb(text), text).toBe(false);
});

it("knows whether a reply goes on", () => {
  expect(["250-x", "250 x", "250", "x"].map((line) => replyLineState(line))).toEqual([
    { code: 250, more: true },
    { code: 250, more: false },
    { code: 250, more: false },
    { code: null, more: false },
  ]);
});
