import type { MailData } from "../session/model.js";
import { EXAMPLE_ENVELOPE, EXAMPLE_HEADER, exampleMessage, exampleSession } from "./lib/example.js";
import { messagesOf, replyStandsAlone } from "./lib/message.js";
import {
  deleteLine,
  insertBefore,
  isPositive,
  isRefusal,
  lineLike,
  relatedReply,
  serverModel,
  standsAlone,
} from "./support.js";
import type { Fix, Reply, Rule, RuleContext, Session, WireLine } from "./types.js";

/** The client went on with commands without having ended the message. */
export const dataMissingTerminator: Rule = {
  id: "data-missing-terminator",
  severity: "error",
  party: "client",
  level: "MUST",
  references: [{ document: "RFC 5321", section: "4.1.1.4" }],
  topic: "data",
  title: "The message is not ended by a line with a dot",
  messages: {
    default:
      "The message was not ended before this command, so it is still text of the message. Send a line with only a dot first.",
    end: "No line with a dot ends the message before this reply. The server keeps waiting for one until it gives up.",
    swallowed: "Also read as text of the message.",
    reply: "The reply that followed: {code}",
    fix: "Insert the line with the dot",
  },
  why: "After 354 the server reads everything as text until a line holds only a dot (RFC 5321 §4.1.1.4). QUIT or MAIL without that dot become part of the message: nothing is delivered, and both sides wait for each other until one times out.",
  fix: "End the message with CR LF, a dot, CR LF, and wait for the reply before the next command.",
  elsewhere: "The reverse of Zeek's smtp_unmatched_end_of_data",
  wrong: exampleSession([], ...EXAMPLE_ENVELOPE, ...EXAMPLE_HEADER, "C: Until tomorrow."),
  right: exampleMessage([], ...EXAMPLE_HEADER, "C: Until tomorrow.", "C: ."),
  fixable: true,
  check(session: Session, context: RuleContext): void {
    if (session.traits.body !== "stuffed" || !session.traits.endOfDataShown) return;
    for (const { data } of messagesOf(session, context, "DATA")) {
      if (data.end?.wire || hasDotWithBlank(data)) continue;
      const from = swallowedCommands(data.lines);
      const reply = data.end?.reply;
      const first = data.lines[from];
      const gaveUp = reply ? undefined : timeoutBehind(session, data);
      // A transcript or connection that simply ends is cut, not wrong; a refusal ends the data from the server's side.
      if (!first) {
        const last = data.lines[data.lines.length - 1];
        if (gaveUp && last)
          context.report({ at: { wire: last }, message: "end", related: relatedReply(gaveUp, "reply") });
        else if (reply?.code != null && reply.code < 400 && session.traits.origin === "handwritten" && last) {
          const fix = insertBehind(context, last);
          context.report({ at: { wire: last }, message: "end", related: relatedReply(reply, "reply"), fix });
        }
        continue;
      }
      const recorded = session.traits.origin === "recorded";
      if (recorded && !reply && !gaveUp && !session.end.closed) continue;
      context.report({
        at: { wire: first },
        related: [
          ...data.lines
            .slice(from + 1)
            .filter(({ text }) => text !== "")
            .map((wire) => ({ at: { wire }, message: "swallowed" })),
          ...relatedReply(reply, "reply"),
        ],
        fix: insertDot(session, context, data, first),
      });
    }
  },
};

const TIMEOUT = /\btime(?:d)?[ -]?out\b|\bidle\b/i;

/** The reply by which a server gives up waiting for the end of a message (RFC 5321 §3.8, §4.5.3.2). */
function timeoutBehind(session: Session, data: MailData): Reply | undefined {
  const last = data.lines[data.lines.length - 1];
  const next = last && session.replies.find(({ lines }) => (lines[0]?.wire.start ?? -1) > last.start);
  return next?.code === 421 && next.exchange === undefined && TIMEOUT.test(next.text) ? next : undefined;
}

const QUITS = /^QUIT[ \t]*$/i;
const COMMANDS = /^(?:MAIL FROM:|RCPT TO:|(?:DATA|RSET|NOOP|QUIT)[ \t]*$|(?:EHLO|HELO|LHLO) \S+[ \t]*$)/i;

/** Index of the first of the commands that stand at the end of the text; the number of lines where there are none. */
function swallowedCommands(lines: readonly WireLine[]): number {
  let end = lines.length;
  // Empty lines at the end of the file are read as text too.
  while (end > 0 && (lines[end - 1] as WireLine).text === "") end--;
  let at = end;
  while (at > 0 && COMMANDS.test((lines[at - 1] as WireLine).text)) at--;
  const tail = lines.slice(at, end);
  // A text that ends in words of SMTP may be meant so; QUIT or an envelope shows the client's intent.
  const meant = tail.some(({ text }) => QUITS.test(text) || /^MAIL FROM:/i.test(text));
  return meant ? at : lines.length;
}

/** ". " is the better explanation where it is there (data-dot-with-blank). */
function hasDotWithBlank(data: MailData): boolean {
  return data.lines.some(({ text }) => text !== "." && text.trim() === ".");
}

/** Inserts the dot, and where a reply must be read before the next command, the reply that came or a usual one. */
function insertDot(session: Session, context: RuleContext, data: MailData, command: WireLine): Fix | undefined {
  const { source } = context.transcript;
  const model = data.lines.find((line) => standsAlone(context.transcript, line));
  if (!model || !standsAlone(context.transcript, command)) return undefined;
  const reply = data.end?.reply;
  const answered = reply !== undefined && isPositive(reply) && reply.code !== 221 && replyStandsAlone(context, reply);
  const server = serverModel(context, session);
  let answer = "";
  if (answered) answer = reply.lines.map(({ wire }) => lineLike(source, wire, wire.text)).join("");
  else if (server && !isRefusal(reply)) answer = lineLike(source, server, "250 2.0.0 Ok");
  return {
    title: "fix",
    kind: "structure",
    edits: [
      insertBefore(source, command, lineLike(source, model, ".") + answer),
      ...(answered ? reply.lines.map(({ wire }) => deleteLine(source, wire)) : []),
    ],
  };
}

function insertBehind(context: RuleContext, last: WireLine): Fix | undefined {
  const { source } = context.transcript;
  if (!standsAlone(context.transcript, last)) return undefined;
  const start = source.lineStart(source.lineAt(last.end) + 1);
  return { title: "fix", kind: "structure", edits: [{ start, end: start, text: lineLike(source, last, ".") }] };
}
