import { readAuthentication } from "../../message/authentication.js";
import { readAuthResults } from "../../message/authres.js";
import { readBounce } from "../../message/bounce.js";
import { formatDate } from "../../message/date.js";
import { allFields, firstField } from "../../message/header.js";
import { type Hop, readReceived, readRoute } from "../../message/received.js";
import type { Message } from "../../message/tree.js";
import { decodeWords } from "../../message/words.js";
import { hideSecrets } from "../secrets.js";
import type { Locale } from "../types.js";
import { delayText } from "./hoverTrace.js";
import { longTime } from "./hoverValues.js";
import { decodedSize, partName, sizeText } from "./partLabel.js";
import { tell, tellAbout } from "./texts.js";
import { entryName, tnefListing } from "./tnefParts.js";

/** A table of a summary. Cells are text as the message has it: whoever prints them makes them safe. */
export interface SummarySection {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** A sentence below the table, in the reader's language. */
  readonly note: string;
}

/** Parts that are listed. */
const MOST_PARTS = 200;

/** What a message tells of its way, its authentication, its delivery and its parts; sections without content are left out. */
export function summaryOf(message: Message, locale: Locale): SummarySection[] {
  const sections = [
    bounce(message, locale),
    route(message, locale),
    authentication(message, locale),
    parts(message, locale),
  ];
  return sections
    .filter(({ rows }) => rows.length > 0)
    .map((section) => ({ ...section, rows: section.rows.map((cells) => cells.map((cell) => hideSecrets(cell))) }));
}

/** The subject as a person reads it, cut to 200 characters; "" where there is none. */
export function subjectOf(message: Message): string {
  return hideSecrets(decodeWords(firstField(message.root.header, "subject")?.text ?? "").text.slice(0, 200));
}

/** One line for a lens: how long the message took, and what the topmost Authentication-Results says; "" without both. */
export function summaryLine(message: Message, locale: Locale): string {
  const hops = hopsOf(message);
  const pieces = hops.length > 1 ? [totalText(hops, locale)] : [];
  const top = firstField(message.root.header, "authentication-results");
  for (const { method, result } of top === undefined ? [] : readAuthResults(top.value).results.slice(0, 6))
    pieces.push(`${method} ${result}`);
  return pieces.join(" · ");
}

function hopsOf(message: Message): Hop[] {
  return readRoute(allFields(message.root.header, "received").map((field) => readReceived(field.value))).reverse();
}

/** "3 steps, 5 minutes": from the first time that is known to the last. */
function totalText(hops: readonly Hop[], locale: Locale): string {
  const times = hops.map(({ time }) => time).filter((time) => time !== undefined);
  const first = times[0];
  const last = times[times.length - 1];
  const steps = tell(locale, "route.steps", { count: hops.length });
  return first === undefined || last === undefined || last < first || times.length < 2
    ? steps
    : `${steps}, ${longTime(last - first, locale)}`;
}

function route(message: Message, locale: Locale): SummarySection {
  const hops = hopsOf(message);
  const longest = Math.max(...hops.map(({ delay }) => delay ?? 0), 0);
  const rows = hops.map(({ received, time, delay }) => {
    const { from, ip, by, with: protocol, tls } = received;
    const secure = tls === undefined ? "" : (tls.version ?? "TLS");
    const slow = delay !== undefined && delay > 0 && delay === longest && hops.length > 2;
    return [
      [from?.value, ip === undefined || from?.value.includes(ip) ? undefined : `[${ip}]`].filter(Boolean).join(" ") ||
        "–",
      by?.value ?? "–",
      [protocol?.value, secure].filter(Boolean).join(", "),
      time === undefined ? "" : formatDate(time),
      [delayText(delay, locale), slow ? tell(locale, "route.longest") : undefined].filter(Boolean).join(" – "),
    ];
  });
  return {
    title: tell(locale, "outline.route"),
    head: (["received.from", "received.by", "received.with", "received.time", "received.delay"] as const).map((key) =>
      tell(locale, key),
    ),
    rows,
    note: rows.length > 1 ? totalText(hops, locale) : "",
  };
}

function authentication(message: Message, locale: Locale): SummarySection {
  const found = readAuthentication(message);
  const rows: string[][] = [];
  const agrees = (alignment: "strict" | "relaxed" | "none"): string => tell(locale, `dkim.alignment.${alignment}`);
  for (const { signature, alignment, bodyHash } of found.signatures) {
    const body = `${tell(locale, "dkim.body")} ${tell(locale, `dkim.body.${bodyHash}`)}`;
    rows.push(["DKIM-Signature", body, `${signature.domain} (${signature.selector}) – ${agrees(alignment)}`]);
  }
  if (found.returnPathDomain !== "")
    rows.push(["Return-Path", "", `${found.returnPathDomain} – ${agrees(found.returnPathAlignment)}`]);
  for (const recorded of found.recorded) {
    for (const { method, result, properties } of recorded.results) {
      const said = tellAbout(locale, "auth.result", result);
      const about = properties.map(
        ({ type, property, value }) => `${type === "" ? "" : `${type}.`}${property}=${value}`,
      );
      rows.push([method, said === undefined ? result : `${result} – ${said}`, [recorded.server, ...about].join(" ")]);
    }
  }
  if (rows.length > 0 && found.fromDomain !== "") rows.unshift(["From", "", found.fromDomain]);
  return {
    title: tell(locale, "summary.authentication"),
    head: (["auth.method", "auth.result", "auth.about"] as const).map((key) => tell(locale, key)),
    rows,
    note: found.recorded.length > 0 ? tell(locale, "auth.trust") : "",
  };
}

function bounce(message: Message, locale: Locale): SummarySection {
  const rows = (readBounce(message)?.recipients ?? []).slice(0, MOST_PARTS).map((item) => {
    const verdict = item.permanent === undefined ? "unknown" : item.permanent ? "permanent" : "temporary";
    const status = [item.code, item.status].filter((piece) => piece !== undefined).join(" ");
    return [item.address, status, tell(locale, `lens.bounce.${verdict}`), item.server ?? "", item.text.slice(0, 300)];
  });
  return { title: tell(locale, "summary.bounce"), head: ["", "", "", "", ""], rows, note: "" };
}

function parts(message: Message, locale: Locale): SummarySection {
  const rows: string[][] = [];
  for (const part of message.parts.slice(0, MOST_PARTS)) {
    if (part.kind === "multipart") rows.push([part.path || "–", part.type, "", ""]);
    else {
      const name = partName(part);
      const size = sizeText(decodedSize(message.lines, part), locale);
      rows.push([part.path || "–", part.type, name === part.type ? "" : name, size]);
      for (const entry of tnefListing(message.lines, part)?.entries ?? [])
        rows.push([`${part.path}#${entry.path}`, entry.type ?? "", entryName(entry), sizeText(entry.size, locale)]);
    }
  }
  return { title: tell(locale, "summary.parts"), head: ["", "", "", ""], rows, note: "" };
}
