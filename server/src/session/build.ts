import type { DialectTraits, WireLine } from "../dialects/types.js";
import { SessionBuilder } from "./builder.js";
import { Lookahead } from "./lookahead.js";
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
  const around = new Lookahead(lines);
  for (let k = 0; k < lines.length; k++) {
    const line = lines[k] as WireLine;
    around.at = k;
    if (builder.take(line, around)) continue;
    const session = builder.finish();
    if (session) sessions.push(session);
    builder = new SessionBuilder(sessions.length, traits, channel);
    builder.take(line, around);
  }
  const session = builder.finish();
  if (session) sessions.push(session);
}
