import { describe, expect, it } from "vitest";
import {
  compareCodes,
  comparisonMarkdown,
  comparisonText,
  explainCode,
  explanationMarkdown,
  explanationText,
  findCodes,
  readCodes,
} from "../../server/src/reference/index.js";

describe("explaining a reply where it stands", () => {
  it("does not send a 451 at RCPT and a 451 after the dot to the same cause", () => {
    expect(explainCode(451, null, { after: "RCPT" })?.cause).toMatch(/greylisting/);
    expect(explainCode(451, null, { after: "DATA-END" })?.cause).toMatch(/read in full/);
  });
  it("knows that Postfix's 454 at RCPT is no delay", () => {
    const relay = explainCode(454, "4.7.1", { after: "RCPT", text: "<a@b.example>: Relay access denied" });
    expect(relay?.retry.kind).toBe("fix-first");
    expect(relay?.actors[0]).toBe("sender-admin");
    expect(explainCode(454, "4.7.0", { after: "AUTH" })?.retry.kind).toBe("later");
  });
  it.each(["en", "ja", "zh-cn"] as const)("gives only advice for the command that was answered, in %s", (locale) => {
    const text = explanationText(explainCode(454, "4.7.0", { after: "AUTH", locale })!);
    expect(text).toMatch(/AUTH[:：]/);
    expect(text).not.toMatch(/(?:STARTTLS|RCPT)[:：]/);
  });
  it("lets the enhanced code decide who must act", () => {
    expect(explainCode(550, "5.1.1", { after: "RCPT" })?.actors[0]).toBe("sender");
    expect(explainCode(550, "5.7.26", { after: "DATA-END" })?.actors[0]).toBe("sender-admin");
    expect(explainCode(552, "5.2.2", { after: "RCPT" })?.actors[0]).toBe("recipient");
    expect(explainCode(452, "4.5.3", { after: "RCPT" })?.actors[0]).toBe("sender-admin");
  });
  it("says that no retry helps with SendGrid's 403", () => {
    expect(explainCode(403, null, { after: "DATA-END" })?.retry.kind).toBe("fix-first");
  });
  it("reads how long to wait", () => {
    const text = explanationText(explainCode(450, "4.2.0", { text: "Greylisted, try again in 300 seconds" })!);
    expect(text).toContain("The text asks to wait 5 minutes.");
  });
  it("goes by the first digit where a code is in no list", () => {
    const unknown = explainCode(499, null);
    expect(unknown?.retry.kind).toBe("later");
    expect(unknown?.notes[0]).toContain("in no list");
    expect(explainCode(532, null)?.notes.join(" ")).toContain("FTP");
  });
  it("notices an enhanced code of another class", () => {
    expect(explainCode(550, "4.7.1")?.notes.join(" ")).toContain("does not fit");
    expect(explainCode(550, "4.7.1")?.retry.kind).toBe("no");
  });
  it("explains a vendor's detail by class and subject", () => {
    expect(explainCode(550, "5.7.606")?.enhanced).toMatchObject({ known: false, subject: "Security and policy" });
  });
  it("refuses what is no code", () => {
    expect(explainCode(42)).toBeUndefined();
    expect(explainCode(null, "9.9.9")).toBeUndefined();
    expect(explainCode(Number.NaN)).toBeUndefined();
  });
  it("never repeats the text of the transcript", () => {
    const markdown = explanationMarkdown(explainCode(550, "5.1.1", { text: "[evil](command:x) no such user" })!);
    expect(markdown).not.toContain("evil");
  });
});

describe("comparing two codes", () => {
  it("works out what separates 354 and 451", () => {
    const comparison = compareCodes(354, 451)!;
    const text = comparison.differences.join("\n");
    expect(text).toContain("“Go on”");
    expect(text).toContain("“Not now”");
    expect(text).toContain("not a result");
    expect(comparison.use).toHaveLength(2);
    expect(comparisonMarkdown(comparison)).toContain("| Try again | Nothing to retry | Yes, later |");
  });
  it("says why a nonsense pair has little in common", () => {
    const comparison = compareCodes(220, 552)!;
    expect(comparison.unrelated).toBe(true);
    expect(comparison.differences[0]).toContain("little to do with each other");
    expect(comparison.use).toEqual([]);
  });
  it.each([
    ["354", "5.7.26"],
    ["220", "221"],
    ["250", "5.1.1"],
  ])("does not set %s and %s side by side as if one had to choose", (first, second) => {
    const comparison = compareCodes(first, second)!;
    expect(comparison.unrelated).toBe(true);
    expect(comparison.differences).toHaveLength(1);
    expect(comparisonText(comparison)).not.toContain("Who must act");
    expect(comparisonText(comparison)).not.toContain("at any time");
  });
  it("prints a code that is compared with itself once", () => {
    expect(comparisonText(compareCodes(250, 250)!).match(/The command worked/g)).toHaveLength(1);
  });
  it("says what tells two codes of one class apart", () => {
    expect(compareCodes("5.1.1", "5.1.2")?.differences.slice(0, 2)).toEqual([
      "`5.1.1`: No such mailbox",
      "`5.1.2`: No such domain",
    ]);
    expect(compareCodes(550, "5.1.1")?.differences[0]).toContain("an enhanced code that can stand behind it");
  });
  it("compares enhanced codes and mixed ones", () => {
    expect(compareCodes("5.1.1", "5.7.1")?.differences.join()).toContain("Security and policy");
    expect(compareCodes("550 5.1.1", 450)?.a.code).toBe("550 5.1.1");
    expect(compareCodes("451", "451")?.differences).toEqual(["Both are the same code."]);
    expect(compareCodes("hello", 451)).toBeUndefined();
  });
  it("gives plain text for a terminal", () => {
    expect(comparisonText(compareCodes(450, 451)!)).not.toContain("`");
  });
});

describe("finding codes", () => {
  const ids = (query: string): string[] => findCodes(query).hits.map((hit) => hit.id);
  it.each([
    ["mailbox full", ["452", "552", "X.2.2"]],
    ["greylist", ["450", "451", "greylisting"]],
    ["relay denied", ["454", "550"]],
    ["too many recipients", ["452", "X.5.3"]],
    ["wrong password", ["535"]],
    ["too many connections", ["421", "too-many-connections"]],
    ["spf fail", ["X.7.23", "spf-fail"]],
    ["certificate expired", ["dane-failed"]],
    ["timeout", ["421", "client-idle"]],
    ["blocked", ["550", "554"]],
    ["user unknown", ["550", "no-such-user"]],
    ["message too large", ["552", "too-big"]],
  ])("by words: %s", (query, expected) => {
    expect(ids(query).slice(0, 5)).toEqual(expect.arrayContaining(expected));
  });
  it("puts codes of the standard before codes that are only in lists", () => {
    expect(ids("mailbox full").slice(0, 6)).not.toContain("422");
    expect(ids("timeout")[0]).toBe("421");
  });
  it("by number", () => {
    expect(ids("451")[0]).toBe("451");
    expect(ids("5.7.26")[0]).toBe("5.7.26");
  });
  it("by a pasted bounce line", () => {
    const line =
      "<a@b.example>: host mx.example[192.0.2.250] said: 554 5.7.1 <x@y.example>: Relay access denied (in reply to RCPT TO command)";
    const found = findCodes(line);
    expect(found.codes).toEqual({ code: 554, enhanced: "5.7.1" });
    expect(found.provider?.data.text).toBe("relay-denied");
    expect(found.hits[0]?.id).toBe("554");
  });
  it.each([
    ["connect to mx.example.com[192.0.2.1]:25: Connection refused", "4.4.1"],
    ["conversation with mx.example.com[192.0.2.1] timed out while sending RCPT TO", "4.4.2"],
    ["lost connection with mx.example.com[192.0.2.1] while receiving the initial server greeting", "4.4.2"],
    ["Host or domain name not found. Name service error for name=example.com type=MX", "5.4.4"],
  ])("by what a client says when no server answers: %s", (line, code) => {
    expect(ids(line)[0]).toBe(code);
  });
  it("does not take addresses, times and versions for codes", () => {
    expect(readCodes("connect to 203.0.113.250:25")).toEqual({ code: null, enhanced: null });
    expect(readCodes("Nov 24 18:45:03 postfix/smtpd[451]: 192.0.2.5")).toEqual({ code: null, enhanced: null });
    expect(readCodes("Exim 4.96.1 ready").code).toBeNull();
  });
  it("finds nothing for nothing", () => {
    expect(findCodes("").hits).toEqual([]);
    expect(findCodes("zzqqxx").hits).toEqual([]);
  });
});
