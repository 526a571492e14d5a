import type { Lookahead } from "./lookahead.js";
import { startsWithVerb } from "./machine.js";

/** What the first line of a recording that begins in the middle of a session belongs to; undefined for a command. */
export type Beginning = "data" | "auth" | undefined;

/** Replies that nothing but AUTH gets (RFC 4954 §4, §6). */
const AUTH_ONLY = new Set([235, 334, 432, 534, 535, 538]);
/** How many lines ahead the reply to the first line is looked for. */
const FAR = 100;
const BASE64 = /^[A-Za-z0-9+/]{4,}={0,2}$/;

/**
 * Tells whether a recording begins inside a message or inside AUTH, by the lines of the client up to the next reply and by
 * that reply. To be asked for the first line of a session of which nothing was seen before.
 * @param dotShown the dialect prints the dot that ends a message.
 */
export function beginningOf(text: string, around: Lookahead, dotShown: boolean): Beginning {
  const run = around.clientRun();
  if (beginsInsideData(text, run, dotShown)) return "data";
  const reply = run.length === 1 && !startsWithVerb(text) ? around.nextReply(FAR) : undefined;
  if (!reply || reply.code === null) return undefined;
  if (AUTH_ONLY.has(reply.code)) return "auth";
  return reply.code >= 400 && BASE64.test(text) && /\bauth|base64|decod/i.test(reply.text) ? "auth" : undefined;
}

/** Text up to a lone dot, without the DATA that would open the message among it. */
function beginsInsideData(text: string, run: readonly string[], dotShown: boolean): boolean {
  const dot = run.lastIndexOf(".");
  if (dot === -1) return !dotShown && run.length > 1 && !startsWithVerb(text);
  if (!startsWithVerb(text)) return true;
  const before = run.slice(0, dot);
  return !before.some((line) => /^(?:DATA|BDAT \d.*)$/i.test(line)) && !before.every(startsWithVerb);
}

/** True if a refusal, as the first thing that a recording shows of the server, is its greeting and not the reply to a command. */
export function refusesConnection(code: number, text: string, around: Lookahead): boolean {
  if (code === 421) return true;
  // Names an address, or is about one (RFC 3463 §3.2).
  if (/<[^<>\s]*@[^<>\s]*>/.test(text) || /^\d{3}[ -][45]\.1\./.test(text)) return false;
  const next = around.nextCommand();
  if (next !== undefined && !/^(?:EHLO|HELO|LHLO|QUIT)\b/i.test(next)) return false;
  if (code === 521 || code === 554) return true;
  // 500 to 504 to EHLO is what HELO follows.
  return !(code >= 500 && code <= 504 && /^HELO\b/i.test(next ?? "")) && !around.goesOn();
}
