import { describe, expect, it } from "vitest";
import { allProviders, matchProvider, retryAfter, textsFor } from "../../server/src/reference/index.js";

describe("replies of providers", () => {
  it("names Gmail by its own words", () => {
    const match = matchProvider("The email account that you tried to reach does not exist. … gsmtp", {
      code: 550,
      enhanced: "5.1.1",
    });
    expect(match?.provider).toBe("Gmail");
    expect(match?.data.text).toBe("no-such-user");
  });
  it("does not name a provider by common words alone", () => {
    expect(matchProvider("mailbox unavailable", { code: 550, enhanced: "5.5.0" })).toBeUndefined();
    expect(matchProvider("mailbox unavailable", { code: 550, greetingHost: "mx.outlook.com" })?.provider).toBe(
      "Outlook / Exchange Online",
    );
    expect(matchProvider("4.2.0 Greylisted", { code: 450 })?.provider).toBeUndefined();
    expect(matchProvider("4.2.0 Greylisted", { code: 450 })?.data.text).toBe("greylisting");
  });
  it("does not take a refusal for a delay", () => {
    expect(matchProvider("Relay access denied", { code: 250 })).toBeUndefined();
  });
  it("reads ranges of enhanced codes", () => {
    const match = matchProvider("Access denied, banned sending IP [192.0.2.1]", { code: 550, enhanced: "5.7.620" });
    expect(match?.data.text).toBe("ms-banned-ip");
  });
  it.each([
    ["IB508 Invalid SPF", 550, "spf-fail"],
    ["AUP#1130 reverse DNS", 421, "no-ptr"],
    ["OFR004_416 [416]", 550, "no-such-user"],
    ["LPN007_402", 550, "dkim-missing"],
    ["554-No SMTP service 554-Bad DNS PTR resource record.", 554, "no-ptr"],
  ])("says what a provider's own code means, not the whole list: %s", (text, code, expected) => {
    expect(matchProvider(text, { code })?.data.text).toBe(expected);
  });
  it("has a text for every entry and an entry for every text", () => {
    const keys = new Set(allProviders().map((entry) => entry.text));
    expect([...keys].sort()).toEqual(Object.keys(textsFor("en").providers).sort());
  });
  it("stays quick on long and hostile text", () => {
    const hostile = ["header value ".repeat(2000), "AUP#".repeat(5000), "OFR_".repeat(5000), "[".repeat(20000)];
    const start = performance.now();
    for (const text of hostile) matchProvider(text, { code: 550 });
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe("the time a reply asks to wait", () => {
  it.each([
    ["Greylisted, please try again in 300 seconds", 300],
    ["4.7.1 Try again later in 5 minutes", 300],
    ["please retry after 1 hour 30 minutes", 5400],
    ["Greylisted for 00:05:00, see our page", 300],
    ["Resend in 2h", 7200],
    ["please wait 10 mins and try again", 600],
  ])("reads %j", (text, seconds) => {
    expect(retryAfter(text)).toBe(seconds);
  });
  it.each(["Mailbox full", "Message older than 5 days", "try again later", "Try again in 0 seconds"])(
    "finds none in %j",
    (text) => {
      expect(retryAfter(text)).toBeUndefined();
    },
  );
});
