import { sourceSpan } from "../dialects/wire.js";
import { firstWhere } from "../text/search.js";
import type { SourceText } from "../text/source.js";
import type { Transcript } from "../transcript.js";
import { perSession } from "./lib/memo.js";
import type { Edit, Exchange, Fix, Reply, Report, RuleContext, Session, Severity, WireLine } from "./types.js";

/** True for a positive reply, 2yz or 3yz (RFC 5321 §4.2.1). */
export function isPositive(reply: Reply | undefined): boolean {
  return reply?.code !== undefined && reply.code !== null && reply.code >= 200 && reply.code < 400;
}

/** True for a refusal, 4yz or 5yz (RFC 5321 §4.2.1). */
export function isRefusal(reply: Reply | undefined): boolean {
  return reply?.code !== undefined && reply.code !== null && reply.code >= 400 && reply.code < 600;
}

const BLAMES_LINE = new Set([500, 501, 502, 503, 504, 555]);

/** True for a reply that blames the command line itself: 500 to 504, 555, and 553 with text about syntax (RFC 5321 §4.2.4). */
export function isSyntaxRefusal(reply: Reply | undefined): boolean {
  if (!reply || reply.code === null) return false;
  if (BLAMES_LINE.has(reply.code)) return true;
  return (
    isRefusal(reply) &&
    (/\b(?:syntax|malformed|invalid address|bad address)\b/i.test(reply.text) || syntaxStatus(reply))
  );
}

/** Enhanced codes X.5.x are about the protocol, X.1.3 and X.1.7 about the syntax of an address (RFC 3463 §3.2, §3.6). */
function syntaxStatus(reply: Reply): boolean {
  const enhanced = reply.enhanced;
  if (!enhanced) return false;
  return enhanced.subject === 5 || (enhanced.subject === 1 && (enhanced.detail === 3 || enhanced.detail === 7));
}

const ABOUT_MORE =
  /\brelay|\buser unknown\b|\bunknown user\b|\bno such user\b|\bmailbox\b|\bgr[ae]y-?list|\bblocked\b|\bspam\b/i;

/**
 * True for a refusal that shows that the line was understood: it is about the address, the mailbox, policy or load (RFC 3463
 * §3.2 to §3.8), not about the line.
 */
function understood(reply: Reply | undefined): boolean {
  if (!isRefusal(reply) || isSyntaxRefusal(reply)) return false;
  return (reply?.enhanced != null && reply.enhanced.subject > 0) || ABOUT_MORE.test(reply?.text ?? "");
}

/**
 * Severity by the outcome: what the other side accepted, or refused for another reason, sinks to `accepted`, what a refusal of the line names rises to
 * `refused`; without a reply it stays `unseen`.
 */
export function severityByOutcome(
  reply: Reply | undefined,
  by: { readonly accepted: Severity; readonly refused: Severity; readonly unseen: Severity },
): Severity {
  if (isPositive(reply) || understood(reply)) return by.accepted;
  return isSyntaxRefusal(reply) ? by.refused : by.unseen;
}

/** A command exchange whose line is shown as it was sent. */
export type ShownCommand = Exchange & {
  readonly wire: WireLine;
  readonly command: NonNullable<Exchange["command"]>;
};

/** The commands of a session that can be judged: shown, not inferred, not masked, not sent behind the close. */
export const commandsOf: (session: Session) => readonly ShownCommand[] = perSession((session: Session) =>
  session.exchanges.filter(isShownCommand).filter((exchange) => !exchange.before.closed),
);

/** True for a command whose line is printed unmasked. */
export function isShownCommand(exchange: Exchange): exchange is ShownCommand {
  return (
    exchange.kind === "command" &&
    exchange.wire !== undefined &&
    exchange.command !== undefined &&
    !exchange.inferred &&
    !exchange.wire.masked
  );
}

const NONE: readonly ShownCommand[] = [];

/** The commands of `commandsOf` with a verb, in order. */
export function commandsWith(session: Session, verb: string): readonly ShownCommand[] {
  return indexByVerb(session).get(verb) ?? NONE;
}

const indexByVerb = perSession((session: Session): ReadonlyMap<string, readonly ShownCommand[]> => {
  const index = new Map<string, ShownCommand[]>();
  for (const exchange of commandsOf(session)) {
    const list = index.get(exchange.verb);
    if (list) list.push(exchange);
    else index.set(exchange.verb, [exchange]);
  }
  return index;
});

function commandsAmong(...verbs: readonly string[]): (session: Session) => readonly ShownCommand[] {
  return perSession((session: Session) => commandsOf(session).filter(({ verb }) => verbs.includes(verb)));
}

/** MAIL and RCPT commands, in order. */
export const envelopeCommands = commandsAmong("MAIL", "RCPT");

/** EHLO, HELO and LHLO commands, in order. */
export const helloCommands = commandsAmong("EHLO", "HELO", "LHLO");

/** VRFY and EXPN commands, in order. */
export const lookupCommands = commandsAmong("VRFY", "EXPN");

/** The complete list of extensions known at this exchange; undefined where none or only a cut one was seen. */
export function offered(exchange: Exchange): Exchange["before"]["extensions"] {
  const extensions = exchange.before.extensions;
  return extensions?.complete ? extensions : undefined;
}

/** The wire line where a reply begins. */
export function replyWire(reply: Reply): WireLine | undefined {
  return reply.lines[0]?.wire;
}

/** Related information on a reply, where the reply has a line; spread into `related`. */
export function relatedReply(
  reply: Reply | undefined,
  message: string,
  data?: Report["data"],
): NonNullable<Report["related"]> {
  const wire = reply && replyWire(reply);
  return wire ? [{ at: { wire }, message, data: { code: reply.code ?? "?", ...data } }] : [];
}

/** An edit that replaces columns `from` to `to` of a wire line's content. */
export function replaceIn(wire: WireLine, from: number, to: number, text: string): Edit {
  return { ...sourceSpan(wire, from, to), text };
}

/** True where a wire line stands alone on its source line as it is, so that lines like it can be added next to it. */
export function standsAlone(transcript: Transcript, wire: WireLine): boolean {
  const { source } = transcript;
  if (source.text.slice(wire.start, wire.end) !== wire.text) return false;
  const line = source.lineAt(wire.start);
  if (wire.end > source.lineEnd(line)) return false;
  const index = indexOfWire(transcript.wire, wire);
  return transcript.wire[index - 1]?.line !== wire.line && transcript.wire[index + 1]?.line !== wire.line;
}

function indexOfWire(list: readonly WireLine[], wire: WireLine): number {
  return firstWhere(0, list.length - 1, (at) => (list[at] as WireLine).start >= wire.start);
}

/** The line break to use in a file: that of its first line, LF in a text of one line. */
export function lineBreakOf(source: SourceText): string {
  return source.lineBreak(0) || "\n";
}

/**
 * A new source line that prints `text` the way the line of `model` is printed: same prefix, same tail, with a line break.
 * Call only for lines that stand alone.
 */
export function lineLike(source: SourceText, model: WireLine, text: string): string {
  const line = source.lineAt(model.start);
  const head = source.text.slice(source.lineStart(line), model.start);
  const tail = source.text.slice(model.end, source.lineEnd(line));
  return head + text + tail + (source.lineBreak(line) || lineBreakOf(source));
}

/** An insertion of whole lines in front of the source line of a wire line. */
export function insertBefore(source: SourceText, wire: WireLine, lines: string): Edit {
  const start = source.lineStart(source.lineAt(wire.start));
  return { start, end: start, text: lines };
}

/** An edit that deletes the source line of a wire line, its line break included. */
export function deleteLine(source: SourceText, wire: WireLine): Edit {
  const line = source.lineAt(wire.start);
  return { start: source.lineStart(line), end: source.lineStart(line + 1), text: "" };
}

/** The last server line before an offset that stands alone, as the model for an added reply. */
export function serverModel(context: RuleContext, session: Session): WireLine | undefined {
  return session.wire.find((wire) => wire.speaker === "server" && standsAlone(context.transcript, wire));
}

/** A piece of the transcript for a message: one line, at most 60 characters. */
export function shorten(text: string, limit = 60): string {
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd").trim();
  return plain.length > limit ? `${plain.slice(0, limit - 1)}…` : plain;
}

/** One change of a wire line's content: columns and the new text. */
export type Change = readonly [from: number, to: number, text: string];

/**
 * A fix inside one wire line. None where the dialect escapes the content and the new text holds a character that would
 * need escaping too.
 */
export function fixIn(
  context: RuleContext,
  wire: WireLine,
  title: string,
  changes: readonly Change[],
  data?: Report["data"],
): Fix | undefined {
  const verbatim = context.transcript.source.text.slice(wire.start, wire.end) === wire.text;
  if (!verbatim && changes.some(([, , text]) => /[<>&"'\\]/.test(text))) return undefined;
  return { title, data, kind: "spelling", edits: changes.map(([from, to, text]) => replaceIn(wire, from, to, text)) };
}

/** True if a session shows how it began, so that what is missing before its first commands was really not sent. */
export function showsStart(session: Session): boolean {
  return session.greeting !== undefined;
}
