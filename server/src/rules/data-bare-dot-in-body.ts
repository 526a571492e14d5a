import type { SourceText } from "../text/source.js";
import { type PrematureEnd, prematureEnds } from "./blame.js";
import { EXAMPLE_HEADER, exampleMessage } from "./lib/example.js";
import { replyStandsAlone } from "./lib/message.js";
import { lineLike, replaceIn, replyWire, shorten, standsAlone } from "./support.js";
import type { Edit, Fix, Related, Reply, Rule, RuleContext, Session, WireLine } from "./types.js";

/** More related places than this help nobody; the message says how many lines there are. */
const MOST_RELATED = 60;

/** A lone dot inside the text ended the message; the rest was read as commands. */
export const dataBareDotInBody: Rule = {
  id: "data-bare-dot-in-body",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [
    { document: "RFC 5321", section: "4.5.2" },
    { document: "RFC 5321", section: "4.1.1.4" },
  ],
  topic: "data",
  title: "A line with only a dot inside the text ended the message",
  messages: {
    default:
      "This dot ends the message: the server read what follows as commands (lines: {count}), and the text behind the dot is lost. Send a text line that is only a dot as two dots.",
    read: "Meant as text, read as a command: {line}",
    answer: "The server's answer to that line: {code}",
    ended: "The dot that was meant as the end; the server had stopped reading the message before.",
    accepted: "Reply to the message that was cut short: {code}",
    fix: "Double the dot (..) so that it stays text",
    fixReplies: "Double the dot (..) and drop the answers to the misread lines",
  },
  why: "A line with a single dot is the end of the mail data (RFC 5321 §4.1.1.4). A client that sends such a line as part of the text cuts its own message off: the recipient gets half of it, and the server answers every further line with 500. Worse, text that looks like a command is carried out.",
  fix: "Before sending, put one more dot in front of every text line that begins with a dot (RFC 5321 §4.5.2); the server takes it away again. Mail libraries do this by themselves: use their message call instead of writing lines to the socket.",
  elsewhere: "No analyser names the cause; Zeek reports the lines behind it as smtp_unmatched_end_of_data.",
  wrong: exampleMessage(
    [],
    ...EXAMPLE_HEADER,
    "C: The list so far:",
    "C: .",
    "S: 250 2.0.0 Ok: queued as 9Bq1xY2",
    "C: There is nothing on it yet.",
    "S: 500 5.5.2 Error: command not recognized",
    "C: .",
    "S: 500 5.5.2 Error: command not recognized",
    "C: MAIL FROM:<alice@example.org>",
    "S: 250 2.1.0 Ok",
    "C: RCPT TO:<bob@example.com>",
    "S: 250 2.1.5 Ok",
    "C: DATA",
    "S: 354 End data with <CR><LF>.<CR><LF>",
    ...EXAMPLE_HEADER,
    "C: Second message.",
    "C: .",
  ),
  right: exampleMessage(
    [],
    ...EXAMPLE_HEADER,
    "C: The list so far:",
    "C: ..",
    "C: There is nothing on it yet.",
    "C: .",
  ),
  fixable: true,
  check(session: Session, context: RuleContext): void {
    for (const early of prematureEnds(session)) {
      const { wire } = early.end;
      if (!wire || early.strays.length === 0) continue;
      const meant = early.strays.filter((stray) => stray.wire?.text !== ".").length;
      context.report({
        at: { wire },
        data: { count: Math.max(1, meant) },
        related: relatedOf(early),
        fix: fixOf(early, wire, context),
      });
    }
  },
};

function relatedOf({ end, strays }: PrematureEnd): Related[] {
  const related: Related[] = [];
  const reply = end.reply && replyWire(end.reply);
  if (end.reply && reply)
    related.push({ at: { wire: reply }, message: "accepted", data: { code: end.reply.code ?? "?" } });
  const last = strays[strays.length - 1];
  for (const stray of strays) {
    if (related.length >= MOST_RELATED) break;
    const { wire } = stray;
    if (!wire) continue;
    if (stray === last && wire.text === ".") related.push({ at: { wire }, message: "ended" });
    else related.push({ at: { wire }, message: "read", data: { line: shorten(wire.text) } });
    const answer = stray.reply && replyWire(stray.reply);
    if (answer) related.push({ at: { wire: answer }, message: "answer", data: { code: stray.reply?.code ?? "?" } });
  }
  return related;
}

/** Doubles the dots, and where replies are shown leaves one: the reply to the message, behind the true end. */
function fixOf(early: PrematureEnd, dot: WireLine, context: RuleContext): Fix {
  const { source } = context.transcript;
  const stuffing = [replaceIn(dot, 0, 0, "."), ...stuffStrays(early)];
  const replies = [early.end, ...early.strays].flatMap((exchange) => exchange.replies);
  const lastStray = early.strays[early.strays.length - 1]?.wire;
  if (!lastStray || !standsAlone(context.transcript, lastStray))
    return { title: "fix", kind: "structure", edits: stuffing };
  const ending = lastStray.text === "." ? "" : lineLike(source, lastStray, ".");
  const movable = replies.length > 0 && replies.every((reply) => replyStandsAlone(context, reply));
  const moved = movable ? moveReply(early, replies, lastStray, ending, source) : endingEdit(source, lastStray, ending);
  return {
    title: movable && replies.length > 1 ? "fixReplies" : "fix",
    kind: "structure",
    edits: [...stuffing, ...moved],
  };
}

/** The other lines that must be doubled: dots in between, and lines that begin with one dot. */
function stuffStrays({ strays }: PrematureEnd): Edit[] {
  const edits: Edit[] = [];
  strays.forEach((stray, k) => {
    const text = stray.wire?.text ?? "";
    const isEnd = k === strays.length - 1 && text === ".";
    if (stray.wire && text.startsWith(".") && !text.startsWith("..") && !isEnd)
      edits.push(replaceIn(stray.wire, 0, 0, "."));
  });
  return edits;
}

function moveReply(
  early: PrematureEnd,
  replies: readonly Reply[],
  last: WireLine,
  ending: string,
  source: SourceText,
): Edit[] {
  const kept = early.end.reply;
  const behind = source.lineStart(source.lineAt(last.end) + 1);
  const keptWire = kept && replyWire(kept);
  const alreadyBehind = keptWire !== undefined && keptWire.start >= behind;
  const edits: Edit[] = [];
  for (const reply of replies) {
    if (reply === kept && alreadyBehind) continue;
    for (const { wire } of reply.lines) {
      const line = source.lineAt(wire.start);
      edits.push({ start: source.lineStart(line), end: source.lineStart(line + 1), text: "" });
    }
  }
  const text = kept && !alreadyBehind ? kept.lines.map(({ wire }) => lineLike(source, wire, wire.text)).join("") : "";
  if (ending + text !== "") edits.push({ start: behind, end: behind, text: atEnd(source, behind) + ending + text });
  return edits;
}

function endingEdit(source: SourceText, last: WireLine, ending: string): Edit[] {
  if (ending === "") return [];
  const behind = source.lineStart(source.lineAt(last.end) + 1);
  return [{ start: behind, end: behind, text: atEnd(source, behind) + ending }];
}

/** A text without a line end at its end needs one before a line can be added. */
function atEnd(source: SourceText, offset: number): string {
  return offset === source.text.length && offset > 0 && !/[\r\n]$/.test(source.text) ? "\n" : "";
}
