import { readAuthResults } from "../../message/authres.js";
import { messageRule, rfc, sample, short } from "./support.js";

/** The route and what receivers wrote down. */

const HOP = (time: string, by = "b.example"): string => `Received: from a.example by ${by}; ${time}`;

export const receivedDate = messageRule({
  id: "eml-received-date",
  severity: "hint",
  outbound: "warning",
  party: "server",
  references: [rfc(5321, "4.4")],
  title: "A Received field without a readable date",
  messages: {
    default: "This step has no date behind a semicolon, so its delay cannot be known.",
    bad: "The date of this step cannot be read.",
  },
  why: "Loops and delays are found by these dates.",
  fix: "Correct the server's template of the field.",
  wrong: sample("Received: from a.example by b.example"),
  right: sample(HOP("Mon, 23 Nov 2026 10:00:01 +0000")),
  check(context) {
    const fields = context.all("received");
    context.route.forEach((hop, k) => {
      const field = fields[k];
      if (field === undefined || hop.time !== undefined) return;
      context.report({ at: field.nameSpan, message: hop.received.date === undefined ? "default" : "bad" });
    });
  },
});

export const timeTravel = messageRule({
  id: "eml-received-time-travel",
  severity: "hint",
  party: "server",
  level: "practice",
  references: [rfc(5321, "4.4")],
  title: "A step that is earlier than the one before it",
  messages: {
    default:
      "This server received the message {time} before the server below sent it. One of the two clocks is wrong, or the lower field was forged.",
  },
  why: "Clocks that are off make delays unreadable. Forged Received fields often show themselves this way.",
  fix: "Run NTP on the servers.",
  wrong: sample(`${HOP("Mon, 23 Nov 2026 10:00:00 +0000")}\n${HOP("Mon, 23 Nov 2026 11:00:00 +0000", "a.example")}`),
  right: sample(`${HOP("Mon, 23 Nov 2026 10:00:02 +0000")}\n${HOP("Mon, 23 Nov 2026 10:00:00 +0000", "a.example")}`),
  check(context) {
    const fields = context.all("received");
    context.route.forEach((hop, k) => {
      const field = fields[k];
      if (field === undefined || hop.delay === undefined || hop.delay > -30_000) return;
      const severity = hop.delay <= -300_000 ? "information" : undefined;
      context.report({ at: field.nameSpan, data: { time: duration(-hop.delay) }, severity });
    });
  },
});

export const slowHop = messageRule({
  id: "eml-received-slow",
  severity: "hint",
  party: "server",
  level: "practice",
  references: [],
  title: "A step that took long",
  messages: { default: "The message needed {time} to get here. Greylisting, a queue, or a server that was down." },
  why: "This is where to look when mail arrives late.",
  fix: "Look in the log of the server below for this message.",
  wrong: sample(`${HOP("Mon, 23 Nov 2026 12:00:00 +0000")}\n${HOP("Mon, 23 Nov 2026 10:00:00 +0000", "a.example")}`),
  right: sample(`${HOP("Mon, 23 Nov 2026 10:00:02 +0000")}\n${HOP("Mon, 23 Nov 2026 10:00:00 +0000", "a.example")}`),
  check(context) {
    const fields = context.all("received");
    context.route.forEach((hop, k) => {
      const field = fields[k];
      if (field !== undefined && hop.delay !== undefined && hop.delay > 300_000)
        context.report({ at: field.nameSpan, data: { time: duration(hop.delay) } });
    });
  },
});

/** "2 h 5 min" for milliseconds. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d`;
}

export const hdrLoop = messageRule({
  id: "hdr-loop",
  severity: "information",
  party: "network",
  level: "SHOULD",
  references: [rfc(5321, "6.3")],
  title: "A mail loop",
  messages: {
    default:
      "The server {by} handled this message {count} times. It probably goes in a circle; look at forwards and aliases.",
    many: "There are {count} Received fields. Servers take 100 for a loop and return the message.",
  },
  why: "A loop ends when a server counts enough Received fields; until then it doubles load and mail.",
  fix: "Find the forward or alias that leads back.",
  wrong: sample(Array.from({ length: 6 }, () => HOP("Mon, 23 Nov 2026 10:00:00 +0000")).join("\n")),
  right: sample(HOP("Mon, 23 Nov 2026 10:00:01 +0000")),
  check(context) {
    const fields = context.all("received");
    const count = fields.length;
    if (count >= 100)
      context.report({
        at: (fields[0] as (typeof fields)[number]).nameSpan,
        message: "many",
        data: { count },
        severity: "warning",
      });
    const seen = new Map<string, number>();
    context.route.forEach((hop, k) => {
      const by = hop.received.by?.value.toLowerCase() ?? "";
      // Filters hand the message back to their own server once or twice.
      if (by === "" || by === "localhost" || !by.includes(".")) return;
      const times = (seen.get(by) ?? 0) + 1;
      seen.set(by, times);
      if (times === 6)
        context.report({ at: (fields[k] as (typeof fields)[number]).nameSpan, data: { by: short(by), count: times } });
    });
  },
});

export const hdrReceivedOrder = messageRule({
  id: "hdr-received-order",
  severity: "off",
  outbound: "hint",
  party: "server",
  references: [rfc(5321, "4.4")],
  title: "A Received field below the author's fields",
  messages: { default: "Servers add Received on top. Below {name} it was put in the wrong place or forged." },
  why: "The order of these fields is the route; one in the wrong place makes it unreadable.",
  fix: "Configure the program to put its field on top.",
  wrong: `${sample("").replace("\n\nHello\n", "")}\n${HOP("Mon, 23 Nov 2026 10:00:01 +0000")}\n\nHello\n`,
  right: `${HOP("Mon, 23 Nov 2026 10:00:01 +0000")}\n${sample("")}`,
  check(context) {
    const from = context.fields.findIndex((field) => field.key === "from");
    if (from < 0) return;
    // Some senders write From on top of everything; then nothing can be said.
    const firstTrace = context.fields.findIndex((field) => field.key === "received");
    if (firstTrace > from) {
      const field = context.fields[firstTrace] as (typeof context.fields)[number];
      context.report({ at: field.nameSpan, data: { name: "From" } });
    }
  },
});

const METHODS: ReadonlySet<string> = new Set([
  "auth",
  "dkim",
  "dkim-adsp",
  "dkim-atps",
  "dmarc",
  "domainkeys",
  "dnswl",
  "iprev",
  "rrvs",
  "sender-id",
  "smime",
  "spf",
  "vbr",
  "arc",
  "bimi",
  "dara",
  "compauth",
  "x-tls",
]);

export const authresSyntax = messageRule({
  id: "eml-authentication-results",
  severity: "hint",
  party: "server",
  references: [rfc(8601, "2.2")],
  title: "Authentication-Results that do not follow the grammar",
  messages: {
    default: "This is no `method=result`. Programs that read the field stop here or skip it.",
    server: "The name of the server that checked is missing. Nobody can tell whose word this is.",
  },
  why: "ARC and DMARC reports are built from this field.",
  fix: "Write `server; method=result property=value; …`.",
  wrong: sample("Authentication-Results: mx.b.example; dkim pass"),
  right: sample("Authentication-Results: mx.b.example; dkim=pass header.d=a.example"),
  check(context) {
    for (const field of context.all("authentication-results")) {
      const read = readAuthResults(field.value);
      if (read.server === "") context.report({ at: field.valueSpan, message: "server" });
      for (const range of read.malformed) context.report({ at: field.value.spanOf(range) });
    }
  },
});

export const authresFail = messageRule({
  id: "eml-authentication-failed",
  severity: "information",
  level: "practice",
  references: [rfc(8601, "2.7")],
  title: "A receiver recorded a failed check",
  messages: {
    default:
      "{server} recorded {method}={result}. This is what the receiver found, not a defect of the message's form.",
    unnamed: "The receiver recorded {method}={result}. This is what it found, not a defect of the message's form.",
  },
  why: "It tells why a message went to spam. Lists and forwards break SPF and DKIM on purpose or not.",
  fix: "Look at the domain's SPF, DKIM and DMARC records and at what changed the message on its way.",
  wrong: sample("Authentication-Results: mx.b.example; dmarc=fail header.from=a.example"),
  right: sample("Authentication-Results: mx.b.example; dmarc=pass header.from=a.example"),
  check(context) {
    const field = context.first("authentication-results");
    if (field === undefined) return;
    const read = readAuthResults(field.value);
    for (const item of read.results) {
      if (!METHODS.has(item.method) || !/^(?:fail|permerror|hardfail)$/.test(item.result)) continue;
      const at = field.value.span(item.methodRange.from, item.resultRange.to);
      context.report({
        at,
        message: read.server === "" ? "unnamed" : "default",
        data: { server: short(read.server), method: item.method, result: item.result },
      });
    }
  },
});

export const trace = [receivedDate, timeTravel, slowHop, hdrLoop, hdrReceivedOrder, authresSyntax, authresFail];
