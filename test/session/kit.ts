import { PlacedLine } from "../../server/src/dialects/placed-line.js";
import type { Speaker, WireExtras, WireLine } from "../../server/src/dialects/types.js";
import type { Exchange, Session } from "../../server/src/session/model.js";
import { parseTranscript } from "../../server/src/transcript.js";

/** The sessions of lines such as `C: QUIT`. */
export function sessionsOf(...lines: readonly string[]): readonly Session[] {
  return parseTranscript(`${lines.join("\n")}\n`, "client-server").sessions;
}

/** The only session of some lines. */
export function sessionOf(...lines: readonly string[]): Session {
  const sessions = sessionsOf(...lines);
  if (sessions.length !== 1) throw new Error(`${sessions.length} sessions`);
  return sessions[0] as Session;
}

/** An exchange in short: `RCPT 250`, `. 250,452` for the end of data, `=` for a SASL response, `^` for the greeting. */
export function short({ kind, verb, replies }: Exchange): string {
  const name = kind === "greeting" ? "^" : kind === "end-of-data" ? "." : kind === "auth-response" ? "=" : verb;
  return `${name} ${replies.map((reply) => reply.code).join(",") || "-"}`;
}

/** All exchanges of a session in short. */
export function told(session: Session | undefined): string[] {
  return (session?.exchanges ?? []).map(short);
}

/** The beginning of most sessions. */
export const HELLO = [
  "S: 220 mx.example.com ESMTP",
  "C: EHLO c.example.org",
  "S: 250-mx.example.com",
  "S: 250 PIPELINING",
];

/** The envelope of one message to one recipient, and 354. */
export const ENVELOPE = [
  "C: MAIL FROM:<a@example.org>",
  "S: 250 2.1.0 Ok",
  "C: RCPT TO:<b@example.com>",
  "S: 250 2.1.5 Ok",
  "C: DATA",
  "S: 354 Go ahead",
];

/** A wire line without a text around it, on line `line` (from 0). */
export function said(speaker: Speaker, text: string, line: number, extras?: WireExtras): WireLine {
  return new PlacedLine(speaker, text, { line: 0, offset: 0 }, line, 0, 0, undefined, extras);
}
