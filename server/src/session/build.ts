import type { DialectTraits, WireLine } from "../dialects/types.js";
import { type LineContext, SessionBuilder } from "./builder.js";
import { replyLineState } from "./machine.js";
import type { Session } from "./model.js";

/**
 * Folds wire lines into sessions: one a connection, told apart by channel, by the tool's own notes and by greetings.
 * Sessions come in the order of their first line.
 */
export function buildSessions(wire: readonly WireLine[], traits: DialectTraits): Session[] {
  const sessions: Session[] = [];
  for (const [channel, lines] of byChannel(wire)) foldChannel(lines, traits, channel, sessions);
  sessions.sort((a, b) => a.line - b.line);
  return sessions.map((session, index) => (session.index === index ? session : { ...session, index }));
}

function byChannel(wire: readonly WireLine[]): Map<string | undefined, readonly WireLine[]> {
  if (!wire.some((line) => line.channel !== undefined)) return new Map([[undefined, wire]]);
  const channels = new Map<string | undefined, WireLine[]>();
  for (const line of wire) {
    const known = channels.get(line.channel);
    if (known) known.push(line);
    else channels.set(line.channel, [line]);
  }
  return channels;
}

function foldChannel(
  lines: readonly WireLine[],
  traits: DialectTraits,
  channel: string | undefined,
  sessions: Session[],
): void {
  let builder = new SessionBuilder(sessions.length, traits, channel);
  const context = new Lookahead(lines);
  for (let k = 0; k < lines.length; k++) {
    const line = lines[k] as WireLine;
    context.at = k;
    if (builder.take(line, context)) continue;
    const session = builder.finish();
    if (session) sessions.push(session);
    builder = new SessionBuilder(sessions.length, traits, channel);
    builder.take(line, context);
  }
  const session = builder.finish();
  if (session) sessions.push(session);
}

/** Answers what lies ahead of the current line, only when asked. */
class Lookahead implements LineContext {
  at = 0;

  constructor(readonly lines: readonly WireLine[]) {}

  get lastOfRun(): boolean {
    for (let k = this.at + 1; k < this.lines.length; k++) {
      const { speaker } = this.lines[k] as WireLine;
      if (speaker !== "tool") return speaker !== "client";
    }
    return true;
  }

  dotAhead(): boolean {
    for (let k = this.at; k < this.lines.length && this.lines[k]?.speaker !== "server"; k++) {
      const line = this.lines[k] as WireLine;
      if (line.speaker === "client" && line.text === ".") return true;
    }
    return false;
  }

  goesOn(): boolean {
    for (let k = this.at + 1; k < this.lines.length; k++) {
      const line = this.lines[k] as WireLine;
      if (line.speaker !== "server") continue;
      const { code } = replyLineState(line.text);
      if (code === 220) return false;
      if (code !== null && code !== 221 && code < 400) return true;
    }
    return false;
  }

  repliesAhead(): number {
    let k = this.at + 1;
    while (k < this.lines.length && this.lines[k]?.speaker !== "server") k++;
    let replies = 0;
    for (; k < this.lines.length && this.lines[k]?.speaker !== "client"; k++) {
      const line = this.lines[k] as WireLine;
      if (line.speaker === "server" && !replyLineState(line.text).more) replies++;
    }
    return replies;
  }
}
