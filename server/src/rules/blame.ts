import { perSession } from "./lib/memo.js";
import { irregularEnds } from "./lib/smuggling.js";
import { isPositive, isRefusal, isSyntaxRefusal } from "./support.js";
import type { Exchange, Reply, Session } from "./types.js";
import { foreignProtocol, isKnownVerb, isPrivateVerb, takesNoArgument } from "./verbs.js";

/** Lines that were meant as message text but are read as commands, since a lone dot ended the message (RFC 5321 §4.5.2). */
export interface PrematureEnd {
  /** The dot that ended the message. */
  readonly end: Exchange;
  /** What follows it and was meant as text, in order; the dot that was meant as the end is the last of them where it is there. */
  readonly strays: readonly Exchange[];
}

/** Message text that was sent although DATA was refused (RFC 5321 §3.3). */
export interface UnwantedText {
  /** The DATA command. */
  readonly data: Exchange;
  /** The lines of text, in order, read as commands. */
  readonly strays: readonly Exchange[];
}

/** What in a session is the consequence of another mistake. */
interface Blame {
  readonly unwantedTexts: readonly UnwantedText[];
  readonly consequences: ReadonlySet<Exchange | Reply>;
  readonly prematureEnds: readonly PrematureEnd[];
}

const blameOf = perSession((session: Session): Blame => {
  const consequences = new Set<Exchange | Reply>();
  const prematureEnds = findPrematureEnds(session);
  for (const { strays } of prematureEnds) for (const stray of strays) mark(consequences, stray);
  const unwantedTexts = findUnwantedTexts(session);
  for (const { strays } of unwantedTexts) for (const stray of strays) mark(consequences, stray);
  markSmuggled(session, consequences);
  markForeign(session, consequences);
  markPipelined(session, consequences);
  markBehindClose(session, consequences);
  return { consequences, prematureEnds, unwantedTexts };
});

/**
 * What in a session is the consequence of another mistake that has its own finding: lines read as commands behind a
 * premature end of data, the rest of an HTTP request, a batch that was under way when a refusal came, lines behind the
 * close.
 */
export function consequencesOf(session: Session): ReadonlySet<Exchange | Reply> {
  return blameOf(session).consequences;
}

/** The ends of data that came too early, in order. Empty where the message is not shown, or shown without its dots. */
export function prematureEnds(session: Session): readonly PrematureEnd[] {
  return blameOf(session).prematureEnds;
}

/** Texts sent behind a refused DATA, in order. */
export function unwantedTexts(session: Session): readonly UnwantedText[] {
  return blameOf(session).unwantedTexts;
}

function findUnwantedTexts(session: Session): UnwantedText[] {
  const texts: UnwantedText[] = [];
  const { exchanges } = session;
  for (let at = 0; at < exchanges.length; at++) {
    const data = exchanges[at] as Exchange;
    if (data.verb !== "DATA" || !isRefusal(data.reply)) continue;
    const strays: Exchange[] = [];
    for (let next = at + 1; next < exchanges.length; next++) {
      const exchange = exchanges[next] as Exchange;
      if (exchange.kind !== "command" || !exchange.wire || exchange.before.closed) break;
      if (readsLikeCommand(exchange)) break;
      strays.push(exchange);
      if (exchange.wire.text === ".") break;
    }
    if (strays.some((stray) => readsLikeText(stray.wire?.text ?? ""))) {
      texts.push({ data, strays });
      at += strays.length;
    }
  }
  return texts;
}

function mark(set: Set<Exchange | Reply>, exchange: Exchange): void {
  set.add(exchange);
  for (const reply of exchange.replies) set.add(reply);
}

function findPrematureEnds(session: Session): PrematureEnd[] {
  if (session.traits.body !== "stuffed") return [];
  const ends: PrematureEnd[] = [];
  const { exchanges } = session;
  for (let at = 0; at < exchanges.length; at++) {
    const end = exchanges[at] as Exchange;
    if (end.kind !== "end-of-data" || !end.wire || end.wire.text.trim() !== ".") continue;
    const strays = straysBehind(exchanges, at);
    if (strays.length > 0) {
      ends.push({ end, strays });
      at += strays.length;
    }
  }
  return ends;
}

/**
 * The run of lines behind an end of data that were meant as text. A lone dot with no message open proves it for all lines
 * before it; without one the lines must show it: they came in one go with the dot, or they read like text.
 */
function straysBehind(exchanges: readonly Exchange[], endAt: number): Exchange[] {
  const end = exchanges[endAt] as Exchange;
  const run: Exchange[] = [];
  let lastDot = -1;
  let plainRun = 0;
  let proof = false;
  for (let at = endAt + 1; at < exchanges.length; at++) {
    const exchange = exchanges[at] as Exchange;
    if (exchange.kind !== "command" || !exchange.wire || !exchange.command || exchange.before.closed) break;
    if (isCommandTakenAsSuch(exchange)) break;
    run.push(exchange);
    if (exchange.wire.text === ".") {
      lastDot = run.length;
    } else if (plainRun === run.length - 1 && !readsLikeCommand(exchange)) {
      plainRun = run.length;
      proof ||= exchange.batch === end.batch || readsLikeText(exchange.wire.text);
    }
  }
  if (lastDot > 0) return run.slice(0, lastDot);
  if (run.slice(0, plainRun).every(({ wire }) => wire?.text.trim() === "")) return [];
  return proof ? run.slice(0, plainRun) : [];
}

const SETTLES = new Set(["MAIL", "RCPT", "DATA", "BDAT", "EHLO", "HELO", "LHLO", "STARTTLS", "AUTH", "RSET", "QUIT"]);

/** A well-formed command that the server took: what came before is over. */
function isCommandTakenAsSuch(exchange: Exchange): boolean {
  if (!SETTLES.has(exchange.verb) || !readsLikeCommand(exchange)) return false;
  return isPositive(exchange.reply) || exchange.reply === undefined;
}

/** True for a known verb with an argument of the right shape. Body text such as "Data follow below" is none. */
export function readsLikeCommand(exchange: Exchange): boolean {
  const { command, verb } = exchange;
  if (!command) return false;
  if (!isKnownVerb(verb)) return isPrivateVerb(verb) && /^X[A-Z0-9-]{2,}$/.test(verb);
  if (takesNoArgument(verb)) return command.argument === "";
  if (verb === "MAIL") return /^FROM\b/i.test(command.argument);
  if (verb === "RCPT") return /^TO\b/i.test(command.argument);
  if (verb === "EHLO" || verb === "HELO" || verb === "LHLO") return !/\s/.test(command.argument);
  if (verb === "BDAT") return /^\d/.test(command.argument);
  return command.argument.split(/\s+/).length <= 2;
}

/** True for a line that no one types as a command: empty, a header field, several words, or odd first characters. */
function readsLikeText(line: string): boolean {
  const text = line.trim();
  if (text === "" || /^[^A-Za-z]/.test(text)) return true;
  if (/^[A-Za-z][\w-]*:\s/.test(text)) return true;
  return text.split(/\s+/, 4).length >= 3;
}

/** What came in one go behind an irregular end of data that the server took: commands out of the text of a message. */
function markSmuggled(session: Session, consequences: Set<Exchange | Reply>): void {
  for (const { data } of session.transactions) {
    const end = data?.end;
    if (!end || !irregularEnds(session, data).some(({ ended }) => ended)) continue;
    for (const other of session.exchanges) {
      if (other.batch === end.batch && other.order > end.order) mark(consequences, other);
    }
  }
}

/** The lines of an HTTP request behind its first one, up to the next command. */
function markForeign(session: Session, consequences: Set<Exchange | Reply>): void {
  let inside = false;
  for (const exchange of session.exchanges) {
    if (exchange.kind !== "command" || !exchange.wire) continue;
    if (foreignProtocol(exchange.wire.text) !== null) {
      if (inside) mark(consequences, exchange);
      inside = true;
    } else if (inside && !readsLikeCommand(exchange)) {
      mark(consequences, exchange);
    } else {
      inside = false;
    }
  }
}

/** RCPT behind a refused MAIL and DATA or BDAT behind refused recipients, sent before the refusal was read (RFC 2920 §3.1). */
function markPipelined(session: Session, consequences: Set<Exchange | Reply>): void {
  const loose = session.traits.order === "loose";
  let group = emptyGroup(-1);
  for (const exchange of session.exchanges) {
    const { verb, reply } = exchange;
    // Where the order is not that of the wire, replies stand next to their commands even if they came in one go; what
    // they say of syntax or order is about their own command then.
    const counts = isRefusal(reply) && !(loose && isSyntaxRefusal(reply));
    const goesOn = exchange.batch === group.batch || (loose && verb !== "MAIL");
    if (!goesOn) group = emptyGroup(exchange.batch);
    group.batch = exchange.batch;
    if (verb === "MAIL") {
      group = emptyGroup(exchange.batch);
      group.mailRefused = counts;
    } else if (verb === "RCPT") {
      if (group.mailRefused) mark(consequences, exchange);
      if (counts) group.refused++;
      else if (!isRefusal(reply)) group.accepted++;
    } else if (verb === "DATA" || verb === "BDAT") {
      if (group.mailRefused || (group.refused > 0 && group.accepted === 0)) mark(consequences, exchange);
    } else if (exchange.kind === "command") {
      group = emptyGroup(exchange.batch);
    }
  }
}

/** What is refused in the batch under way. */
function emptyGroup(batch: number): { batch: number; mailRefused: boolean; accepted: number; refused: number } {
  return { batch, mailRefused: false, accepted: 0, refused: 0 };
}

function markBehindClose(session: Session, consequences: Set<Exchange | Reply>): void {
  if (!session.end.closed) return;
  for (const exchange of session.exchanges) if (exchange.before.closed) mark(consequences, exchange);
  // What stands behind the goodbye is no reply of the server any more.
  let gone = false;
  for (const reply of session.replies) {
    if (gone && !reply.exchange) consequences.add(reply);
    gone ||= reply.code === 421 || reply.code === 221;
  }
}
