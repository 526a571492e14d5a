import { describe, expect, it } from "vitest";
import {
  allReplies,
  enhancedEntry,
  enhancedRetry,
  expectedReplies,
  extensionEntry,
  label,
  leftOutReason,
  limit,
  localeOf,
  parameterEntry,
  replyEntry,
  textsFor,
  verbEntry,
} from "../../server/src/reference/index.js";

describe("look-up", () => {
  it("finds a reply code with its text", () => {
    expect(replyEntry(451)).toMatchObject({
      status: "standard",
      retry: "later",
      actors: ["recipient-admin", "sender-admin"],
    });
    expect(textsFor("en").replies["354"]?.meaning).toMatch(/^The server is ready for the message\./);
    expect(replyEntry(999)).toBeUndefined();
  });
  it("says why a code is left out", () => {
    expect(leftOutReason(532)).toBe("ftp");
    expect(leftOutReason(550)).toBeUndefined();
  });
  it("takes enhanced codes apart, also unknown ones", () => {
    expect(enhancedEntry("5.1.1")).toMatchObject({ key: "X.1.1", class: "5", subject: "1", detail: "1" });
    expect(enhancedEntry("5.7.606")).toMatchObject({ key: "X.7.606", entry: undefined });
    expect(enhancedEntry("5.07.001")?.entry?.code).toBe("X.7.1");
    expect(enhancedEntry("3.1.1")).toBeUndefined();
    expect(enhancedEntry("5.1.1.1")).toBeUndefined();
    expect(enhancedRetry(enhancedEntry("4.7.12")!)).toBe("fix-first");
    expect(enhancedRetry(enhancedEntry("4.9.9")!)).toBe("later");
    expect(enhancedRetry(enhancedEntry("5.1.1")!)).toBe("no");
  });
  it("does not care about case", () => {
    expect(extensionEntry("pipelining")?.keyword).toBe("PIPELINING");
    expect(extensionEntry("AUTH=LOGIN")?.keyword).toBe("AUTH");
    expect(verbEntry("mail")?.verb).toBe("MAIL");
    expect(parameterEntry("Notify")?.commands).toEqual(["RCPT"]);
    expect(expectedReplies("data-end")?.success).toEqual([250]);
    expect(limit("command-line")?.value).toBe(512);
  });
  it("chooses a language from what a client says", () => {
    expect(localeOf("pt_BR.UTF-8")).toBe("pt-br");
    expect(localeOf("ar-EG")).toBe("ar");
    expect(localeOf("zh-Hans-CN")).toBe("zh-cn");
    expect(localeOf("zh-TW")).toBe("en");
    expect(localeOf("tlh")).toBe("en");
    expect(localeOf(undefined)).toBe("en");
  });
  it("fills the holes of a sentence", () => {
    expect(label(textsFor("en"), "label.compare", { code: "451" })).toBe("Compare with 451");
    expect(label(textsFor("en"), "no.such.key")).toBe("no.such.key");
  });
  it("has a text for every reply code and a code for every text", () => {
    const codes = allReplies().map((entry) => String(entry.code));
    expect(Object.keys(textsFor("en").replies)).toEqual(codes);
  });
});
