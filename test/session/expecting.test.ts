import { describe, expect, it } from "vitest";
import { clientServer } from "../../server/src/dialects/client-server.js";
import type { WireLine } from "../../server/src/dialects/types.js";
import { buildSessions } from "../../server/src/session/build.js";
import { createExpecting } from "../../server/src/session/expecting.js";
import { octetLength } from "../../server/src/text/octets.js";
import { seeded } from "../kit/random.js";
import { said } from "./kit.js";

/** What is expected after each of some lines such as `C: DATA`. */
function expectations(...lines: readonly string[]): string[] {
  const expecting = createExpecting();
  return lines.map((line) => {
    expecting.saw(line.startsWith("C") ? "client" : "server", line.slice(3));
    return expecting.next;
  });
}

describe("what may come next", () => {
  it("is the greeting first, and again after a reset", () => {
    const expecting = createExpecting();
    expect(expecting.next).toBe("greeting");
    expecting.saw("server", "220 x");
    expecting.reset();
    expect(expecting.next).toBe("greeting");
  });

  it("follows a delivery line by line", () => {
    expect(
      expectations(
        "S: 220-x",
        "S: 220 x",
        "C: EHLO c",
        "S: 250-x",
        "S: 250 x",
        "C: MAIL FROM:<a>",
        "S: 250 Ok",
        "C: DATA",
        "S: 354 Go",
        "C: QUIT",
        "C: .",
        "S: 250 Ok",
        "C: QUIT",
        "S: 221 Bye",
      ),
    ).toEqual([
      "reply-more",
      "command",
      "reply",
      "reply-more",
      "command",
      "reply",
      "command",
      "reply",
      "data",
      "data",
      "reply",
      "command",
      "reply",
      "closed",
    ]);
  });

  it("follows an AUTH exchange", () => {
    expect(
      expectations(
        "S: 220 x",
        "C: AUTH LOGIN",
        "S: 334 VXNlcm5hbWU6",
        "C: YQ==",
        "S: 334 UGFzc3dvcmQ6",
        "C: Yg==",
        "S: 235 Ok",
      ),
    ).toEqual(["command", "reply", "auth", "reply", "auth", "reply", "command"]);
  });

  it("waits for all replies of a batch, and for each recipient's in LMTP", () => {
    expect(expectations("S: 220 x", "C: MAIL FROM:<a>", "C: RCPT TO:<b>", "S: 250 Ok", "S: 250 Ok").slice(-2)).toEqual([
      "reply",
      "command",
    ]);
    expect(
      expectations(
        "S: 220 x",
        "C: LHLO c",
        "S: 250 x",
        "C: MAIL FROM:<a>",
        "S: 250 Ok",
        "C: RCPT TO:<b>",
        "S: 250 Ok",
        "C: RCPT TO:<c>",
        "S: 250 Ok",
        "C: DATA",
        "S: 354 Go",
        "C: .",
        "S: 250 Ok",
        "S: 250 Ok",
      ).slice(-3),
    ).toEqual(["reply", "reply", "command"]);
  });

  it("is message text inside a chunk", () => {
    expect(expectations("S: 220 x", "C: BDAT 8", "C: abc", "C: d", "S: 250 Ok").slice(1)).toEqual([
      "data",
      "data",
      "reply",
      "command",
    ]);
  });
});

it("reads random dialogues as the session does: what it took for data is data there", () => {
  const random = seeded(5);
  const server = ["220 x", "250 Ok", "354 Go", "334 ", "503 x", "235 Ok"];
  const client = ["EHLO c", "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "DATA", "AUTH PLAIN", "Hello", ".", "RSET"];
  for (let round = 0; round < 300; round++) {
    const expecting = createExpecting();
    const wire: WireLine[] = [said("server", "220 x", 0)];
    expecting.saw("server", "220 x");
    const data: string[] = [];
    for (let k = 1; k < 30; k++) {
      const speaker = expecting.next === "data" || random.oneIn(2) ? "client" : "server";
      const text = speaker === "client" ? random.pick(client) : random.pick(server.slice(1));
      if (speaker === "client" && expecting.next === "data" && text !== ".") data.push(text);
      expecting.saw(speaker, text);
      wire.push(said(speaker, text, k));
    }
    const read = buildSessions(wire, clientServer.traits).flatMap(({ items }) =>
      items.flatMap((item) => (item.kind === "data" ? item.data.lines : [])),
    );
    expect(read.map(({ text }) => text)).toEqual(expect.arrayContaining(data));
  }
});

it("measures octets as UTF-8", () => {
  expect(["", "abc", "é", "€", "\u{1F600}"].map(octetLength)).toEqual([0, 3, 2, 3, 4]);
});
