import { describe, expect, it } from "vitest";
import { clockTime, isoTime, stampTime, syslogHead } from "../../server/src/dialects/log-head.js";
import { parseTranscript } from "../../server/src/transcript.js";

const NOON = Date.UTC(2026, 10, 23, 12, 0, 0);
const CLOCK = 12 * 3_600_000;

describe("a time stamp", () => {
  it.each([
    ["2026-11-23T12:00:00", NOON],
    ["2026-11-23 12:00:00", NOON],
    ["2026/11/23 12:00:00.250", NOON + 250],
    ["[2026-11-23 12:00:00,250]", NOON + 250],
    ["2026-11-23T12:00:00Z", NOON],
    ["2026-11-23T13:00:00+01:00", NOON],
    ["2026-11-23T17:30:00.5+0530", NOON + 500],
    ["2026-11-23 07:00:00 -0500", NOON],
    ["2026-11-24T00:30:00+12:30", NOON],
    ["12:00:00", CLOCK],
    ["[12:00:00.25]", CLOCK + 250],
    ["noon", undefined],
    ["", undefined],
  ])("is read with its zone: %s", (stamp, time) => expect(stampTime(stamp)).toBe(time));
  it("takes no number behind it for a zone", () => {
    expect(isoTime("2026-11-23 12:00:00 +123456")).toBe(NOON);
    expect(isoTime("2026-11-23 12:00:00 -- next")).toBe(NOON);
  });
  it("has either a date or none", () => {
    expect(isoTime("12:00:00")).toBeUndefined();
    expect(clockTime("2026-11-23 12:00:00")).toBeUndefined();
    expect(syslogHead("2026-11-23T13:00:00+01:00 mx postfix/smtpd[1]: connect")?.time).toBe(NOON);
  });
});

describe("lines written as C: and S:", () => {
  it.each([
    ["2026-11-23T12:59:58+01:00 S: 220 mx", "2026-11-23T12:00:00Z C: QUIT", 2_000],
    ["[2026-11-23 06:59:58 -0500] S: 220 mx", "[2026-11-23 12:00:00 +0000] C: QUIT", 2_000],
    ["11:59:58 S: 220 mx", "12:00:00.5 C: QUIT", 2_500],
  ])("keep the true distance of times in different zones: %s", (first, second, distance) => {
    const { wire, detection } = parseTranscript(`${first}\n${second}\n`);
    expect(detection.dialect.id).toBe("client-server");
    expect(wire.map(({ text }) => text)).toEqual(["220 mx", "QUIT"]);
    expect((wire[1]?.time ?? 0) - (wire[0]?.time ?? 0)).toBe(distance);
  });
});
