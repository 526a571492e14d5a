import { type Explanation, explainCode } from "../../reference/index.js";
import type { Session } from "../../session/model.js";
import type { Transcript } from "../../transcript.js";
import { explainReply } from "../hover/reply.js";
import type { Locale } from "../types.js";

/** A refusal and what is known of it. */
export interface Cause {
  /** Source lines from 0 on which the same was said; never empty. */
  readonly lines: number[];
  readonly explanation: Explanation;
}

/** At most this many causes are told; the rest is in the lines. */
const MOST_CAUSES = 8;

/**
 * What failed in a transcript, each cause once: refusals of sessions, and failed deliveries of logs and reports. A reply
 * that only follows from an earlier refusal of its session is left out, and so is what `told` names.
 * @param told source lines from 0 that a finding speaks about already
 */
export function causesOf(transcript: Transcript, locale: Locale, told: ReadonlySet<number>): Cause[] {
  const causes = new Map<string, Cause>();
  const add = (line: number, explanation: Explanation | undefined): void => {
    if (!explanation) return;
    const key = [explanation.cause ?? explanation.meaning, explanation.actors[0], explanation.retry.kind].join("|");
    const known = causes.get(key);
    if (known) known.lines.push(line);
    else if (causes.size < MOST_CAUSES) causes.set(key, { lines: [line], explanation });
  };
  for (const session of transcript.sessions) {
    for (const { line, explanation } of refusalsOf(session, locale, told)) add(line, explanation);
  }
  for (const delivery of transcript.deliveries) {
    if (delivery.status === "sent" || told.has(delivery.line)) continue;
    const { code, enhanced, stage, text, relay } = delivery;
    const known = { after: stage ?? undefined, locale, text: text ?? undefined, greetingHost: relay ?? undefined };
    add(delivery.line, explainCode(code, enhanced, known));
  }
  return [...causes.values()];
}

function* refusalsOf(session: Session, locale: Locale, told: ReadonlySet<number>) {
  let refused = false;
  for (const reply of session.replies) {
    const line = reply.lines[reply.lines.length - 1]?.wire.line;
    if (reply.code === null || reply.code < 400 || line === undefined) continue;
    const follows = refused && isConsequence(reply.code, reply.exchange?.verb);
    refused = true;
    const command = reply.exchange?.wire?.line;
    if (follows || told.has(line) || (command !== undefined && told.has(command))) continue;
    yield { line, explanation: explainReply(reply, session, locale) };
  }
}

/** "Bad sequence" and "no valid recipients" say after an earlier refusal only that the client went on all the same. */
function isConsequence(code: number, verb: string | undefined): boolean {
  return code === 503 || (code === 554 && (verb === "DATA" || verb === "BDAT"));
}
