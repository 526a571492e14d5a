import type { DateProblem } from "../../message/date.js";
import type { Field } from "../../message/header.js";
import { messageRule, replaceIn, rfc, sample, short } from "./support.js";
import type { MessageContext } from "./types.js";

/** Dates and message identifiers. */

function dateProblems(
  context: MessageContext,
  kinds: readonly DateProblem["kind"][],
): { field: Field; problem: DateProblem }[] {
  const out: { field: Field; problem: DateProblem }[] = [];
  for (const field of context.fields) {
    if ((field.key !== "date" && field.key !== "resent-date") || field.text === "") continue;
    for (const problem of context.date(field).problems) if (kinds.includes(problem.kind)) out.push({ field, problem });
  }
  return out;
}

export const hdrBadDate = messageRule({
  id: "hdr-bad-date",
  severity: "warning",
  outbound: "error",
  references: [rfc(5322, "3.3")],
  title: "A date that cannot be read",
  messages: {
    default:
      "This is no date as mail writes it. Readers show the time of arrival instead; write “Mon, 23 Nov 2026 10:00:00 +0000”.",
    impossible: "There is no such day or time. Readers guess or show nothing; correct it.",
  },
  why: "A date that cannot be read sorts the message wrongly and counts as a sign of spam.",
  fix: "Use the date function of a mail library; formats of the local language do not fit.",
  elsewhere: "SpamAssassin INVALID_DATE",
  wrong: sample("Date: 23/11/26"),
  right: sample("Date: Mon, 23 Nov 2026 10:00:00 +0000"),
  check(context) {
    for (const { field, problem } of dateProblems(context, ["invalid", "impossible"]))
      context.report({
        at: field.value.spanOf(problem.range),
        message: problem.kind === "impossible" ? "impossible" : "default",
      });
  },
});

export const weekday = messageRule({
  id: "eml-date-weekday",
  severity: "information",
  outbound: "warning",
  references: [rfc(5322, "3.3")],
  title: "The day of the week does not fit the date",
  messages: {
    default: "That day is a {right}. The day of the week must fit the date; correct it or leave it out.",
    fix: "Write {right}",
  },
  why: "Programs that build a date by hand get it wrong first here. Filters look for it.",
  fix: "Compute the day of the week, or leave it out.",
  fixable: true,
  wrong: sample("Date: Tue, 23 Nov 2026 10:00:00 +0000"),
  right: sample("Date: Mon, 23 Nov 2026 10:00:00 +0000"),
  check(context) {
    for (const { field, problem } of dateProblems(context, ["wrong-weekday"])) {
      const right = problem.suggestion ?? "";
      const fix = { ...replaceIn(field, problem.range, right), data: { right } };
      context.report({ at: field.value.spanOf(problem.range), data: { right }, fix });
    }
  },
});

export const obsoleteYear = messageRule({
  id: "eml-date-year",
  severity: "information",
  outbound: "warning",
  references: [rfc(5322, "4.3")],
  title: "A year of two or three digits",
  messages: { default: "The year has too few digits; this is an obsolete form. Write {right}.", fix: "Write {right}" },
  why: "Which century is meant has to be guessed.",
  fix: "Write four digits.",
  fixable: true,
  wrong: sample("Date: Mon, 23 Nov 26 10:00:00 +0000"),
  right: sample("Date: Mon, 23 Nov 2026 10:00:00 +0000"),
  check(context) {
    for (const { field, problem } of dateProblems(context, ["obsolete-year"])) {
      const right = problem.suggestion ?? "";
      const fix = { ...replaceIn(field, problem.range, right), data: { right } };
      context.report({ at: field.value.spanOf(problem.range), data: { right }, fix });
    }
  },
});

export const zone = messageRule({
  id: "eml-date-zone",
  severity: "information",
  outbound: "warning",
  references: [rfc(5322, "3.3"), rfc(5322, "4.3")],
  title: "A time zone that is not written as +hhmm",
  messages: {
    default: "This name of a time zone is obsolete. Write {right}.",
    unknown: "Nobody knows which offset this zone name means. Write it as +hhmm.",
    missing: "There is no time zone, so the time is uncertain by hours. Add it as +hhmm.",
    range: "No place on Earth has this offset. Correct it.",
    fix: "Write {right}",
  },
  why: "Zone names are ambiguous: CST is used on three continents.",
  fix: "Write the offset as +hhmm or -hhmm.",
  fixable: true,
  elsewhere: "SpamAssassin INVALID_TZ_*",
  wrong: sample("Date: Mon, 23 Nov 2026 10:00:00 EST"),
  right: sample("Date: Mon, 23 Nov 2026 10:00:00 -0500"),
  check(context) {
    const kinds = ["obsolete-zone", "gmt-zone", "unknown-zone", "missing-zone", "zone-out-of-range"] as const;
    const keys = { "unknown-zone": "unknown", "missing-zone": "missing", "zone-out-of-range": "range" } as const;
    for (const { field, problem } of dateProblems(context, kinds)) {
      const right = problem.suggestion;
      const fix = right === undefined ? undefined : { ...replaceIn(field, problem.range, right), data: { right } };
      const message = problem.kind in keys ? keys[problem.kind as keyof typeof keys] : "default";
      const at = problem.kind === "missing-zone" ? field.valueSpan : field.value.spanOf(problem.range);
      context.report({
        at,
        message,
        data: { right: right ?? "" },
        fix,
        severity: problem.kind === "gmt-zone" ? "hint" : undefined,
      });
    }
  },
});

const DAY = 86_400_000;

export const dateOff = messageRule({
  id: "eml-date-far-from-receipt",
  severity: "hint",
  level: "practice",
  references: [rfc(5322, "3.6.1")],
  title: "The date is far from when the message was received",
  messages: {
    default:
      "The message was received {time} after its date. A wrong clock, a long queue, or mail written before it was sent.",
    future:
      "The date is {time} after the message was received. The clock of the author's computer is wrong, or the date was forged.",
  },
  why: "Spam sets the date to the future to stay on top of the list.",
  fix: "Set the clock of the sending computer.",
  elsewhere: "SpamAssassin DATE_IN_PAST_*, DATE_IN_FUTURE_*",
  wrong: sample("Received: by b.example; Mon, 23 Nov 2026 10:00:00 +0000\nDate: Fri, 27 Nov 2026 10:00:00 +0000"),
  right: sample("Received: by b.example; Mon, 23 Nov 2026 10:00:00 +0000"),
  check(context) {
    const field = context.first("date");
    const time = field === undefined ? undefined : context.date(field).time;
    const hops = context.route.flatMap((hop) => (hop.time === undefined ? [] : [hop.time]));
    if (field === undefined || time === undefined || hops.length === 0) return;
    const oldest = Math.min(...hops);
    if (Math.abs(time - oldest) <= DAY) return;
    const days = Math.round(Math.abs(time - oldest) / DAY);
    const data = { time: `${days} d` };
    context.report({ at: field.valueSpan, message: time > oldest ? "future" : "default", data });
  },
});

export const hdrBadMessageId = messageRule({
  id: "hdr-bad-message-id",
  severity: "information",
  outbound: "warning",
  references: [rfc(5322, "3.6.4")],
  title: "A Message-ID that is not <left@right>",
  messages: {
    default: "{text} is no message identifier; it looks like <left@right>. Gmail refuses some of these.",
    space: "There is white space inside the identifier. Replies that quote it will not match; remove it.",
    fix: "Remove the white space",
  },
  why: "Threads, duplicates and replies are found by comparing these identifiers letter for letter.",
  fix: "Use `<random@your-domain>`.",
  fixable: true,
  elsewhere: "SpamAssassin INVALID_MSGID",
  wrong: sample("Message-ID: <1 @a.example>"),
  right: sample(""),
  check(context) {
    for (const field of context.all("message-id")) {
      const text = field.text;
      if (text === "") continue;
      if (
        /^<[^<>\s@"]{1,400}@[^<>\s@]{1,400}>(?:\s{0,5}\([^()]{0,200}\))?$/.test(text) ||
        /^<"[^"]{1,300}"@[^<>\s@]{1,400}>$/.test(text)
      )
        continue;
      const space = /^<[^<>@]{1,400}@[^<>@]{1,400}>$/.test(text) && /\s/.test(text);
      const fix =
        space && field.endLine === field.line + 1
          ? { title: "fix", kind: "spelling" as const, edits: [{ ...field.valueSpan, text: text.replace(/\s+/g, "") }] }
          : undefined;
      context.report({ at: field.valueSpan, message: space ? "space" : "default", data: { text: short(text) }, fix });
    }
  },
});

export const selfReference = messageRule({
  id: "eml-answers-itself",
  severity: "information",
  references: [rfc(5322, "3.6.4")],
  title: "A message that answers itself",
  messages: { default: "{name} names this message itself. Threads become loops; remove it." },
  why: "Some readers hide the whole thread, or never finish building it.",
  fix: "Name the message that is answered.",
  wrong: sample("Message-ID: <1@a.example>\nIn-Reply-To: <1@a.example>"),
  right: sample("In-Reply-To: <0@a.example>"),
  check(context) {
    const own = context.first("message-id")?.text;
    if (own === undefined || own === "") return;
    for (const field of [...context.all("in-reply-to"), ...context.all("references")]) {
      const at = field.value.text.indexOf(own);
      if (at >= 0) context.report({ at: field.value.span(at, at + own.length), data: { name: field.name } });
    }
  },
});

export const datesAndIds = [hdrBadDate, weekday, obsoleteYear, zone, dateOff, hdrBadMessageId, selfReference];
